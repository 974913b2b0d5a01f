import type { LoadedSample } from "../protocol/loader-messages.ts";
import { seamFrames } from "../protocol/seam.ts";
import { type ByteSource, MAX_READ_BYTES } from "../source/byte-source.ts";
import { CHECKSUM_BYTES } from "./checksum.ts";
import { isMetadata } from "./entry-metadata.ts";
import { hasKeys, isCount } from "./entry-values.ts";

/** The description of a sample, besides its frames. */
export interface EntryDescription
	extends Pick<LoadedSample, "frames" | "channels" | "edgeFrames" | "warnings" | "recorded"> {
	/** The entry's own name, so that a misnamed file is detected. */
	readonly name: string;
}

/** The parts of an entry according to its head. */
export interface EntryLayout {
	readonly description: EntryDescription;
	/** Offset of the interleaved f32 frames, the sample's own first, then its edges; a multiple of 4. */
	readonly pcmOffset: number;
	readonly pcmBytes: number;
}

/** "FLPC" in the file. */
const MAGIC = 0x43504c46;
const PREFIX_BYTES = 8;
const SAMPLE_BYTES = 4;

/**
 * The first bytes of an entry: magic, length of the description, description as JSON in UTF-16. The frames and a
 * checksum follow.
 *
 * @returns null if the description exceeds its maximum length.
 */
export function writeHead(description: EntryDescription): Uint8Array | null {
	const text = JSON.stringify(description);
	// Whole 32-bit words, so that the frames are aligned in place.
	const units = text.length + (text.length % 2);
	if (PREFIX_BYTES + 2 * units > MAX_READ_BYTES) return null;
	const head = new Uint8Array(PREFIX_BYTES + 2 * units);
	const view = new DataView(head.buffer);
	view.setUint32(0, MAGIC, true);
	view.setUint32(4, 2 * units, true);
	for (let index = 0; index < units; index++) {
		const unit = index < text.length ? text.charCodeAt(index) : 0x20;
		view.setUint16(PREFIX_BYTES + 2 * index, unit, true);
	}
	return head;
}

/**
 * Reads an entry's head without trusting it: the result fits the entry's length, but is only valid if the checksum
 * matches.
 *
 * @param name - the name under which the entry was found
 * @returns null if it is not the head of that entry.
 */
export function readHead(bytes: ByteSource, name: string): EntryLayout | null {
	const prefix = viewOf(bytes.read(0, PREFIX_BYTES));
	if (prefix.byteLength < PREFIX_BYTES || prefix.getUint32(0, true) !== MAGIC) return null;
	const textBytes = prefix.getUint32(4, true);
	const pcmOffset = PREFIX_BYTES + textBytes;
	if (textBytes % SAMPLE_BYTES !== 0 || pcmOffset > Math.min(MAX_READ_BYTES, bytes.byteLength)) return null;
	const description = parseDescription(textOf(viewOf(bytes.read(PREFIX_BYTES, textBytes))));
	if (description === null || description.name !== name) return null;
	const pcmBytes = keptFrames(description) * description.channels * SAMPLE_BYTES;
	if (pcmOffset + pcmBytes + CHECKSUM_BYTES !== bytes.byteLength) return null;
	return { description, pcmOffset, pcmBytes };
}

/** Frames in an entry: the sample's own and its edges. */
export function keptFrames({ frames, edgeFrames }: Pick<EntryDescription, "frames" | "edgeFrames">): number {
	return frames + seamFrames(frames, edgeFrames);
}

function viewOf(bytes: Uint8Array): DataView {
	return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function textOf(view: DataView): string {
	const units = Array.from({ length: view.byteLength >> 1 }, (_, index) => view.getUint16(2 * index, true));
	return units.map((unit) => String.fromCharCode(unit)).join("");
}

function parseDescription(text: string): EntryDescription | null {
	try {
		const value: unknown = JSON.parse(text);
		return isDescription(value) ? value : null;
	} catch {
		return null;
	}
}

function isDescription(value: unknown): value is EntryDescription {
	return (
		hasKeys(value, "name", "frames", "channels", "edgeFrames", "warnings", "recorded") &&
		typeof value.name === "string" &&
		isCount(value.frames) &&
		(value.channels === 1 || value.channels === 2) &&
		(value.edgeFrames === 0 || isCount(value.edgeFrames)) &&
		Array.isArray(value.warnings) &&
		value.warnings.every((warning) => typeof warning === "string") &&
		isRecorded(value.recorded)
	);
}

function isRecorded(value: unknown): value is LoadedSample["recorded"] {
	return (
		hasKeys(value, "format", "sampleRate", "channels", "frames", "metadata") &&
		typeof value.format === "string" &&
		isCount(value.sampleRate) &&
		isCount(value.channels) &&
		isCount(value.frames) &&
		isMetadata(value.metadata, value.frames)
	);
}
