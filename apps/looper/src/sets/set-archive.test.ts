import { createHash } from "node:crypto";
import * as fc from "fast-check";
import { zipSync } from "fflate";
import { expect, test } from "vitest";
import { emptyPad } from "../instrument/pad-state.ts";
import { defaultSetSettings } from "../instrument/set-settings.ts";
import { parseSet } from "./parse-set.ts";
import { type ArchiveTools, type ImportedSet, readArchive, writeArchive } from "./set-archive.ts";
import { filesOf, formatSet, type SetDocument } from "./set-document.ts";
import { SetFileError } from "./set-file-error.ts";

const SEED = 13;

const tools: ArchiveTools = {
	digest: (algorithm, bytes) => crypto.subtle.digest(algorithm, bytes),
	makeBlob: (parts) => new Blob([...parts] as Blob[]),
};

const contents = ["kick", "bell".repeat(100)].map((text) => new TextEncoder().encode(text));
const hashes = contents.map((content) => createHash("sha256").update(content).digest("hex"));

const set: SetDocument = {
	name: "Live",
	settings: { ...defaultSetSettings, tempo: 97.5 },
	pads: ["Kick", "Bell", "Kick again"].map((title, pad) => ({
		pad,
		sample: {
			sha256: hashes[pad % 2]!,
			bytes: contents[pad % 2]!.length,
			name: `../${title}:1.wav`,
			title,
			color: null,
		},
		settings: { ...emptyPad.settings, gainDecibels: pad },
	})),
};

async function archive(document: SetDocument = set): Promise<Uint8Array<ArrayBuffer>> {
	const parts: Uint8Array[] = [];
	const samples = new Map(hashes.map((hash, index) => [hash, new Blob([contents[index]!])]));
	await writeArchive({ document, samples }, tools, (bytes) => parts.push(Uint8Array.from(bytes)));
	return Uint8Array.from(Buffer.concat(parts));
}

function read(bytes: Uint8Array<ArrayBuffer>): Promise<ImportedSet> {
	return readArchive(new Blob([bytes]), tools);
}

/** The set as another program would zip it, with one file changed. */
function zipped(change: (files: Record<string, Uint8Array>) => void): Uint8Array<ArrayBuffer> {
	const files: Record<string, Uint8Array> = { "set.json": new TextEncoder().encode(formatSet(set)) };
	for (const [index, hash] of hashes.entries()) files[`samples/${hash}/any name`] = contents[index]!;
	change(files);
	return Uint8Array.from(zipSync(files, { level: 6 }));
}

test("entries for folders, as most programs write them, are left alone", async () => {
	const bytes = zipped((files) => {
		const content = { ...files };
		for (const name of Object.keys(files)) delete files[name];
		files["samples/"] = new Uint8Array();
		for (const hash of hashes) files[`samples/${hash}/`] = new Uint8Array();
		Object.assign(files, content);
	});
	const { problems, samples } = await read(bytes);
	expect([problems, samples.size]).toEqual([[], 2]);
});

test("a set that is exported is imported as it was, each file once and stored as it is", async () => {
	const bytes = await archive();
	const { document, problems, samples } = await read(bytes);
	expect({ document, problems }).toEqual({ document: set, problems: [] });
	expect([...samples.keys()]).toEqual(hashes);
	for (const [index, hash] of hashes.entries()) {
		expect(new Uint8Array(await samples.get(hash)!.arrayBuffer())).toEqual(contents[index]);
		expect(Buffer.from(bytes).includes(Buffer.from(contents[index]!))).toBe(true);
	}
});

test("files keep their names, but for what some system would refuse", async () => {
	const text = Buffer.from(await archive()).toString("latin1");
	expect(text).toContain(`samples/${hashes[0]}/_Kick_1.wav`);
	expect(text).not.toContain("samples/..");
	expect(text).not.toContain(`${hashes[0]}/..`);
});

test("a set that another program has compressed is imported", async () => {
	const { document, problems, samples } = await read(zipped(() => {}));
	expect({ document, problems, files: samples.size }).toEqual({ document: set, problems: [], files: 2 });
});

test("a sample that is missing, damaged or of another length is left out and named on each of its pads", async () => {
	const changes = [
		[(files: Record<string, Uint8Array>) => delete files[`samples/${hashes[0]}/any name`], "its file is missing"],
		[
			(files: Record<string, Uint8Array>) => {
				files[`samples/${hashes[0]}/any name`] = new TextEncoder().encode("kicx");
			},
			"its file is damaged, the SHA-256 differs",
		],
		[
			(files: Record<string, Uint8Array>) => {
				files[`samples/${hashes[0]}/any name`] = new TextEncoder().encode("kic");
			},
			"its file has 3 bytes instead of 4",
		],
	] as const;
	for (const [change, reason] of changes) {
		const { document, problems, samples } = await read(zipped(change));
		expect(problems).toEqual([
			`The sound “Kick” of pad 1 is left out: ${reason}.`,
			`The sound “Kick again” of pad 3 is left out: ${reason}.`,
		]);
		expect(document.pads.map(({ sample }) => sample?.title)).toEqual([undefined, "Bell", undefined]);
		expect(document.pads.map(({ settings }) => settings.gainDecibels)).toEqual([0, 1, 2]);
		expect([...samples.keys()]).toEqual([hashes[1]]);
	}
});

test.each([
	["an empty file", () => new Uint8Array(), "It is not a zip file, or its end is missing."],
	["a text", () => new TextEncoder().encode("no zip at all, but some text"), "It is not a zip file"],
	[
		"a zip file without a set",
		() => Uint8Array.from(zipSync({ "a.txt": new Uint8Array(3) })),
		"It contains no set.json.",
	],
	[
		"a set of a newer program",
		() =>
			zipped(
				(files) =>
					(files["set.json"] = new TextEncoder().encode(formatSet(set).replace('"version": 1', '"version": 9'))),
			),
		"It has version 9, but this program reads version 1.",
	],
])("%s is refused with the reason and what to choose", async (_what, bytes, reason) => {
	await expect(read(bytes())).rejects.toThrow(reason);
	await expect(read(bytes())).rejects.toThrow("Choose a file that was exported from a set, or export it again.");
	await expect(read(bytes())).rejects.toBeInstanceOf(SetFileError);
});

test("a document that was changed in the zip file is refused by its checksum", async () => {
	const bytes = Buffer.from(await archive());
	bytes[bytes.indexOf('"tempo": 97.5') + '"tempo": '.length] = "8".charCodeAt(0);
	await expect(read(Uint8Array.from(bytes))).rejects.toThrow("Its set.json is damaged: the checksum differs.");
});

test("sounds that are longer than those of any set are refused before any is unpacked", async () => {
	const bytes = 2 ** 31;
	const pads = set.pads.map((pad) => ({ ...pad, sample: pad.sample && { ...pad.sample, bytes } }));
	const document = formatSet({ ...set, pads });
	await expect(read(zipped((files) => (files["set.json"] = new TextEncoder().encode(document))))).rejects.toThrow(
		"Its sounds have more than the 4 GiB that a set can have.",
	);
});

test("what unpacks to much is handed over in parts, and is whole", async () => {
	const content = new Uint8Array(3 * 2 ** 23).fill(1);
	const sha256 = createHash("sha256").update(content).digest("hex");
	const sample = { sha256, bytes: content.length, name: "long.wav", title: "Long", color: null };
	const document = { ...set, pads: [{ pad: 0, sample, settings: emptyPad.settings }] };
	const zip = zipped((files) => {
		files["set.json"] = new TextEncoder().encode(formatSet(document));
		files[`samples/${sha256}/long.wav`] = content;
	});
	expect(zip.length).toBeLessThan(content.length / 50);
	const lengths: number[] = [];
	const makeBlob: ArchiveTools["makeBlob"] = (parts) => {
		lengths.push(parts.reduce((sum, part) => sum + (part instanceof Uint8Array ? part.length : 0), 0));
		return tools.makeBlob(parts);
	};
	const { problems, samples } = await readArchive(new Blob([zip]), { ...tools, makeBlob });
	expect(problems).toEqual([]);
	expect(samples.get(sha256)?.size).toBe(content.length);
	expect(Math.max(...lengths)).toBeLessThan(2 ** 24);
});

/** What must hold of everything that is not refused. */
async function checkWhole({ document, samples }: ImportedSet): Promise<void> {
	expect(parseSet(formatSet(document))).toEqual({ document, problems: [] });
	expect(new Set(samples.keys())).toEqual(new Set(filesOf(document).keys()));
	for (const [hash, sample] of samples) {
		const content = new Uint8Array(await sample.arrayBuffer());
		expect(createHash("sha256").update(content).digest("hex")).toBe(hash);
	}
}

/** Reads what may be damaged. @returns whether it was read */
async function tryRead(bytes: Uint8Array<ArrayBuffer>): Promise<boolean> {
	try {
		await checkWhole(await read(bytes));
		return true;
	} catch (error) {
		if (!(error instanceof SetFileError)) throw error;
		return false;
	}
}

const share = fc.nat(1_000_000).map((parts) => parts / 1_000_000);
const mutation = fc.record({ at: share, byte: fc.nat(255) });
const cut = fc.oneof({ weight: 4, arbitrary: fc.constant(1) }, share);

function mutated(
	bytes: Uint8Array<ArrayBuffer>,
	mutations: readonly { readonly at: number; readonly byte: number }[],
	length: number,
): Uint8Array<ArrayBuffer> {
	const copy = Uint8Array.from(bytes);
	for (const { at, byte } of mutations) copy[Math.min(copy.length - 1, Math.floor(at * copy.length))] = byte;
	return copy.slice(0, Math.floor(length * copy.length));
}

for (const [kind, make] of [
	["stored", archive],
	["compressed", () => Promise.resolve(zipped(() => {}))],
] as const) {
	test(`a mutated ${kind} set is refused, or all that is read of it is whole`, async () => {
		const bytes = await make();
		let readCount = 0;
		let refusedCount = 0;
		const property = fc.asyncProperty(
			fc.array(mutation, { minLength: 1, maxLength: 6 }),
			cut,
			async (mutations, length) => {
				if (await tryRead(mutated(bytes, mutations, length))) readCount++;
				else refusedCount++;
			},
		);
		await fc.assert(property, { seed: SEED, numRuns: 500 });
		expect(Math.min(readCount, refusedCount)).toBeGreaterThan(20);
	});
}

test("mutated headers and directories of zip files neither hang nor half-load", async () => {
	const bytes = await archive();
	const directory = Buffer.from(bytes).indexOf("PK\u0001\u0002", 0, "latin1") / bytes.length;
	const near = fc.record({ at: share.map((place) => directory + place * (1 - directory)), byte: fc.nat(255) });
	const property = fc.asyncProperty(fc.array(near, { minLength: 1, maxLength: 4 }), async (mutations) => {
		expect(await tryRead(mutated(bytes, mutations, 1))).toBeTypeOf("boolean");
	});
	await fc.assert(property, { seed: SEED, numRuns: 1000 });
});
