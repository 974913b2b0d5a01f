import { LooperError, MalformedAudioError } from "../../errors.ts";
import type { ByteSource } from "../../source/byte-source.ts";
import { type Box, findBox, findPath, readBody, readBoxes } from "./boxes.ts";
import { readDecoderConfig } from "./esds.ts";

/** The coding of a track's sound. */
export interface SoundDescription {
	readonly coding: "aac" | "alac";
	/** AudioSpecificConfig for AAC, magic cookie for ALAC. */
	readonly config: Uint8Array<ArrayBuffer>;
	readonly byteOffset: number;
}

/** Bytes before the first entry: flags and a count. */
const HEAD_BYTES = 8;
/** Bytes of an entry before its child boxes; QuickTime has longer versions. */
const ENTRY_BYTES = 28;
const LONGER_ENTRY_BYTES = [ENTRY_BYTES, ENTRY_BYTES + 16, ENTRY_BYTES + 36] as const;
const VERSION_OFFSET = 8;

const codecNames: ReadonlyMap<string, string> = new Map([
	["ac-3", "AC-3 (Dolby Digital)"],
	["ec-3", "E-AC-3 (Dolby Digital Plus)"],
	["ac-4", "AC-4 (Dolby)"],
	["mha1", "MPEG-H"],
	["mhm1", "MPEG-H"],
	["Opus", "Opus"],
	["fLaC", "FLAC"],
	["samr", "AMR"],
	["sawb", "AMR-WB"],
	["dtsc", "DTS"],
	[".mp3", "MP3"],
	["ima4", "IMA ADPCM"],
	["lpcm", "PCM"],
	["sowt", "PCM"],
	["twos", "PCM"],
	["in24", "PCM"],
	["fl32", "PCM"],
	["ipcm", "PCM"],
	["fpcm", "PCM"],
	["enca", "copy-protected"],
]);

/**
 * Reads the coding of a track's sound from its first description.
 *
 * Source: ISO/IEC 14496-12:2022, section 12.2.3, and Apple, "QuickTime File Format", sound sample descriptions.
 *
 * @param sampleTable - the track's `stbl` box
 * @throws LooperError `unsupported-format` naming the codec; MalformedAudioError without a description.
 */
export function readSoundDescription(source: ByteSource, sampleTable: Box): SoundDescription {
	const table = findPath(source, sampleTable, ["stsd"]);
	const start = table === null ? 0 : table.bodyOffset + HEAD_BYTES;
	const [entry] = table === null ? [] : readBoxes(source, start, table.end);
	if (entry === undefined) {
		throw new MalformedAudioError(
			sampleTable.byteOffset,
			"The MP4 file does not describe the coding of its sound. Export it again.",
		);
	}
	const { type } = entry;
	if (type !== "mp4a" && type !== "alac") throw unsupported(codecNames.get(type) ?? `"${type}"`);
	const version = source.read(entry.bodyOffset + VERSION_OFFSET, 2)[1] ?? 0;
	const within = { start: entry.bodyOffset + (LONGER_ENTRY_BYTES[version] ?? ENTRY_BYTES), end: entry.end };
	const wave = findBox(source, within, "wave");
	const inner = wave === null ? within : { start: wave.bodyOffset, end: wave.end };
	const box = findBox(source, inner, type === "alac" ? "alac" : "esds");
	if (box === null) {
		throw new MalformedAudioError(entry.byteOffset, "The MP4 file has no decoder configuration. Export it again.");
	}
	const body = new Uint8Array(readBody(source, box).buffer).slice(4);
	return { ...readConfig(type, body, box.byteOffset), byteOffset: box.byteOffset };
}

function readConfig(
	type: "mp4a" | "alac",
	body: Uint8Array<ArrayBuffer>,
	byteOffset: number,
): Omit<SoundDescription, "byteOffset"> {
	if (type === "alac") return { coding: "alac", config: body };
	const { objectType, config } = readDecoderConfig(body);
	if (config !== null && AAC_OBJECT_TYPES.includes(objectType)) return { coding: "aac", config };
	if (MP3_OBJECT_TYPES.includes(objectType)) throw unsupported("MP3");
	const what = `coding ${objectType} and ${config === null ? "no" : "a"} configuration`;
	throw new MalformedAudioError(
		byteOffset,
		`The MP4 file's sound has ${what}; it is damaged or not AAC. Export it again.`,
	);
}

/** MPEG-4 AAC, and the three profiles of MPEG-2 AAC. */
const AAC_OBJECT_TYPES: readonly number[] = [0x40, 0x66, 0x67, 0x68];
const MP3_OBJECT_TYPES: readonly number[] = [0x69, 0x6b];

function unsupported(codec: string): LooperError {
	return new LooperError(
		"unsupported-format",
		`This MP4 file holds ${codec} audio, which cannot be loaded. Convert it to WAV or FLAC.`,
	);
}
