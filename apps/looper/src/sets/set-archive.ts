import { strFromU8, strToU8 } from "fflate";
import { crc32 } from "./crc32.ts";
import { type Digest, hashBlob } from "./hash-blob.ts";
import { mostSetCharacters, type ParsedSet, parseSet } from "./parse-set.ts";
import type { ReadableBlob } from "./readable-blob.ts";
import { filesOf, formatSet, type SetDocument, type SetSample } from "./set-document.ts";
import { SetFileError } from "./set-file-error.ts";
import { writeZip, type ZippedFile } from "./write-zip.ts";
import { readZipDirectory, type ZipEntry } from "./zip-directory.ts";
import { type MakeBlob, openZipEntry } from "./zip-entry.ts";

/** A set that was exported, as far as it is whole. */
export interface ImportedSet extends ParsedSet {
	/** The files of its samples by their SHA-256, all of them checked. */
	readonly samples: ReadonlyMap<string, ReadableBlob>;
}

/** What archives need of the platform. */
export interface ArchiveTools {
	readonly digest: Digest;
	readonly makeBlob: MakeBlob;
}

/** The document's place in the zip file; the samples are beside it. */
const documentName = "set.json";
const sampleFolder = "samples";
/** Zip files have 32 bits for every length and place. */
const mostBytes = 2 ** 32 - 2 ** 24;
const mostFileNameCharacters = 100;

/**
 * Writes a set and the files of its samples into one zip file.
 *
 * @param samples - the files by their SHA-256
 * @param emit - takes its bytes, piece by piece
 * @throws SetFileError when it would be too long, or a file cannot be read
 */
export async function writeArchive(
	set: { readonly document: SetDocument; readonly samples: ReadonlyMap<string, ReadableBlob> },
	{ makeBlob }: Pick<ArchiveTools, "makeBlob">,
	emit: (bytes: Uint8Array) => void,
): Promise<void> {
	const files = new Map<string, ZippedFile>();
	files.set(documentName, {
		name: documentName,
		content: makeBlob([Uint8Array.from(strToU8(formatSet(set.document)))]),
	});
	for (const { sample } of set.document.pads) {
		if (sample === null || !("sha256" in sample)) continue;
		const content = set.samples.get(sample.sha256);
		const name = `${sampleFolder}/${sample.sha256}/${plainFileName(sample.name)}`;
		if (content !== undefined && !files.has(sample.sha256)) files.set(sample.sha256, { name, content });
	}
	const bytes = [...files.values()].reduce((sum, { content }) => sum + content.size, 0);
	if (bytes > mostBytes) throw new SetFileError("Its sounds have more than the 4 GiB that a zip file holds.");
	try {
		await writeZip([...files.values()], emit);
	} catch (error) {
		if (!isUnreadable(error)) throw error;
		throw new SetFileError(
			"Files of its sounds cannot be read any more: they were moved, or the browser has cleared them. Load those sounds again.",
		);
	}
}

/** Whether an error says that a file is gone or has changed since it was chosen. */
function isUnreadable(error: unknown): boolean {
	return error instanceof Error && (error.name === "NotFoundError" || error.name === "NotReadableError");
}

/** The file's name without what some system would refuse. */
function plainFileName(name: string): string {
	const plain = name.replaceAll(/[\p{Cc}\\/:*?"<>|]/gu, "_").replace(/^\.+/u, "");
	return plain === "" ? "sample" : plain.slice(-mostFileNameCharacters);
}

/**
 * Reads an exported set and checks the hash of every sample. Samples that are missing or damaged are left out and named.
 *
 * @param advance - called with the number of bytes that were checked, piece by piece
 * @throws SetFileError when it is no set at all
 */
export async function readArchive(
	file: ReadableBlob,
	tools: ArchiveTools,
	advance: (bytes: number) => void = () => {},
): Promise<ImportedSet> {
	const { entries, document, problems } = await readContents(file, tools);
	checkLength(document);
	const samples = new Map<string, ReadableBlob>();
	const failures = new Map<string, string>();
	const found = [...problems];
	for (const { pad, sample } of document.pads) {
		if (sample === null || !("sha256" in sample)) continue;
		const { sha256 } = sample;
		if (!samples.has(sha256) && !failures.has(sha256)) {
			const opened = await openSample(file, { sample, entries, advance }, tools);
			if (typeof opened === "string") failures.set(sha256, opened);
			else samples.set(sha256, opened);
		}
		const failure = failures.get(sha256);
		if (failure !== undefined) found.push(`The sound “${sample.title}” of pad ${pad + 1} is left out: ${failure}.`);
	}
	const pads = document.pads.map((pad) => {
		const isFailed = pad.sample !== null && "sha256" in pad.sample && failures.has(pad.sample.sha256);
		return isFailed ? { ...pad, sample: null } : pad;
	});
	return { document: { ...document, pads }, problems: found, samples };
}

/** Reads what a file contains and the set in it. @throws SetFileError that says what to choose instead */
async function readContents(
	file: ReadableBlob,
	tools: ArchiveTools,
): Promise<ParsedSet & { readonly entries: readonly ZipEntry[] }> {
	try {
		const entries = await readZipDirectory(file);
		return { entries, ...parseSet(await readDocument(file, entries, tools)) };
	} catch (error) {
		if (!(error instanceof SetFileError)) throw error;
		throw new SetFileError(`${error.message} Choose a file that was exported from a set, or export it again.`);
	}
}

/** A small file may unpack to any length. @throws SetFileError when its sounds are longer than those of any set */
function checkLength(document: SetDocument): void {
	const bytes = [...filesOf(document).values()].reduce((sum, sample) => sum + sample.bytes, 0);
	if (bytes > mostBytes) throw new SetFileError("Its sounds have more than the 4 GiB that a set can have.");
}

async function readDocument(
	file: ReadableBlob,
	entries: readonly ZipEntry[],
	{ makeBlob }: ArchiveTools,
): Promise<string> {
	const entry = entries.find(({ name }) => name === documentName);
	if (entry === undefined) throw new SetFileError(`It contains no ${documentName}.`);
	// Four bytes are the most that a character takes.
	if (entry.bytes > 4 * mostSetCharacters) throw new SetFileError(`Its ${documentName} is too long.`);
	const opened = await openZipEntry(file, entry, makeBlob);
	if (typeof opened === "string") throw new SetFileError(`Its ${documentName} cannot be read: ${opened}.`);
	const bytes = new Uint8Array(await opened.arrayBuffer());
	if (crc32(bytes) !== entry.crc32) throw new SetFileError(`Its ${documentName} is damaged: the checksum differs.`);
	return strFromU8(bytes);
}

/** @returns what is wrong, when it cannot be had */
async function openSample(
	file: ReadableBlob,
	{
		sample,
		entries,
		advance,
	}: {
		readonly sample: Extract<SetSample, { sha256: string }>;
		readonly entries: readonly ZipEntry[];
		readonly advance: (bytes: number) => void;
	},
	{ digest, makeBlob }: ArchiveTools,
): Promise<ReadableBlob | string> {
	const folder = `${sampleFolder}/${sample.sha256}/`;
	// Most programs write entries for folders, too.
	const entry = entries.find(({ name }) => name.startsWith(folder) && !name.endsWith("/"));
	if (entry === undefined) return "its file is missing";
	if (entry.bytes !== sample.bytes) return `its file has ${entry.bytes} bytes instead of ${sample.bytes}`;
	const opened = await openZipEntry(file, entry, makeBlob);
	if (typeof opened === "string") return opened;
	return (await hashBlob(opened, digest, advance)) === sample.sha256
		? opened
		: "its file is damaged, the SHA-256 differs";
}
