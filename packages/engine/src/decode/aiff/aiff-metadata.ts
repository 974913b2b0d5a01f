import { keyField } from "../../protocol/musical-key.ts";
import { MAX_POINTS, NO_METADATA, type SampleMetadata } from "../../protocol/sample-metadata.ts";
import type { ByteSource } from "../../source/byte-source.ts";
import { readId3Music } from "../id3/id3-music.ts";
import { labelText } from "../metadata/label-text.ts";
import { chunkView, type MetadataReader } from "../metadata/metadata-chunks.ts";
import type { Chunk } from "../pcm/chunk-reader.ts";
import type { TaggedMusic } from "../tags/tagged-music.ts";

const INSTRUMENT_BYTES = 20;
const SUSTAIN_LOOP_OFFSET = 8;
const RELEASE_LOOP_OFFSET = 14;
const MARK_BYTES = 7;
const LOOP_TYPES = [null, "forward", "alternating"] as const;

interface InstrumentLoop {
	readonly type: "forward" | "alternating" | null;
	readonly begin: number;
	readonly end: number;
}

interface Instrument {
	readonly rootKey: number;
	readonly sustain: InstrumentLoop;
	readonly release: InstrumentLoop;
}

/**
 * Reads `INST` and `MARK`: the sustain loop, the base note, and the markers that begin or end no loop; and the tempo and the key of `ID3 `.
 *
 * Thread: loader.
 * Source: Apple, "Audio Interchange File Format AIFF-C", draft (1991), marker and instrument chunks.
 */
export class AiffMetadata implements MetadataReader {
	#instrument: Instrument | null = null;
	#tag: TaggedMusic | null = null;
	#marks: ReadonlyMap<number, { readonly frame: number; readonly label: string }> | null = null;

	take(source: ByteSource, chunk: Chunk): void {
		if (chunk.id === "INST") this.#instrument ??= readInstrument(chunkView(source, chunk));
		if (chunk.id === "MARK") this.#marks ??= readMarks(chunkView(source, chunk));
		if (chunk.id === "ID3 ")
			this.#tag ??= readId3Music(source, { start: chunk.bodyOffset, end: chunk.bodyOffset + chunk.bodyBytes });
	}

	get metadata(): SampleMetadata {
		const marks = this.#marks ?? new Map();
		const { rootKey = null, sustain, release } = this.#instrument ?? {};
		const startFrame = marks.get(sustain?.begin ?? 0)?.frame;
		const endFrame = marks.get(sustain?.end ?? 0)?.frame;
		const type = sustain?.type ?? null;
		const isLoop = type !== null && startFrame !== undefined && endFrame !== undefined;
		const ends = [sustain, release].flatMap((loop) => (loop?.type ? [loop.begin, loop.end] : []));
		return {
			...NO_METADATA,
			loops: isLoop ? [{ startFrame, endFrame, type }] : [],
			cuePoints: [...marks].filter(([id]) => !ends.includes(id)).map(([, mark]) => mark),
			rootKey,
			tempo: this.#tag?.tempo ?? null,
			...keyField(this.#tag?.key),
		};
	}
}

function readInstrument(view: DataView): Instrument | null {
	if (view.byteLength < INSTRUMENT_BYTES) return null;
	return {
		// The player's correction, in cents: of a recording that is sharp it is negative.
		rootKey: view.getInt8(0) - view.getInt8(1) / 100,
		sustain: readLoop(view, SUSTAIN_LOOP_OFFSET),
		release: readLoop(view, RELEASE_LOOP_OFFSET),
	};
}

function readLoop(view: DataView, offset: number): InstrumentLoop {
	const type = LOOP_TYPES[view.getUint16(offset)] ?? null;
	return { type, begin: view.getUint16(offset + 2), end: view.getUint16(offset + 4) };
}

function readMarks(view: DataView): Map<number, { frame: number; label: string }> | null {
	if (view.byteLength < 2) return null;
	const marks = new Map<number, { frame: number; label: string }>();
	const count = Math.min(view.getUint16(0), MAX_POINTS);
	for (let index = 0, offset = 2; index < count && offset + MARK_BYTES <= view.byteLength; index++) {
		const length = view.getUint8(offset + 6);
		const end = Math.min(offset + MARK_BYTES + length, view.byteLength);
		const name = new Uint8Array(view.buffer, view.byteOffset + offset + MARK_BYTES, end - offset - MARK_BYTES);
		marks.set(view.getUint16(offset), { frame: view.getUint32(offset + 2), label: labelText(name) });
		// The name and its length are padded to an even number of bytes.
		offset = end + ((length + 1) % 2);
	}
	return marks;
}
