import { MAX_POINTS, NO_METADATA, type SampleMetadata } from "../../protocol/sample-metadata.ts";
import type { ByteSource } from "../../source/byte-source.ts";
import { labelText } from "../metadata/label-text.ts";
import { chunkView, type MetadataReader } from "../metadata/metadata-chunks.ts";
import { type Chunk, fourCharacters, readUint64 } from "../pcm/chunk-reader.ts";

const MARKERS_OFFSET = 8;
const MARKER_BYTES = 28;
const STRING_BYTES = 12;
const LOOP_BEGIN = "slbg";
const LOOP_END = "slen";

interface Marker {
	readonly type: string;
	readonly frame: number;
	readonly id: number;
}

/**
 * Reads `mark`, its names in `strg`, and the base note of `inst`. Two markers of type `slbg` and `slen` are the sustain loop.
 *
 * Thread: loader.
 * Source: Apple, "Core Audio Format Specification 1.0" (2011), marker, strings and instrument chunks.
 */
export class CafMetadata implements MetadataReader {
	#markers: readonly Marker[] = [];
	#names: ReadonlyMap<number, string> = new Map();
	#rootKey: number | null = null;

	take(source: ByteSource, chunk: Chunk): void {
		const view = ["mark", "strg", "inst"].includes(chunk.id) ? chunkView(source, chunk) : null;
		if (view === null || view.byteLength < MARKERS_OFFSET) return;
		if (chunk.id === "inst") this.#rootKey = view.getFloat32(0);
		if (chunk.id === "mark") this.#markers = readMarkers(view);
		if (chunk.id === "strg") this.#names = readNames(view);
	}

	get metadata(): SampleMetadata {
		const frameOf = (wanted: string): number | undefined => this.#markers.find(({ type }) => type === wanted)?.frame;
		const [startFrame, endFrame] = [frameOf(LOOP_BEGIN), frameOf(LOOP_END)];
		const isLoop = startFrame !== undefined && endFrame !== undefined;
		return {
			...NO_METADATA,
			loops: isLoop ? [{ startFrame, endFrame, type: "forward" }] : [],
			cuePoints: this.#markers
				.filter(({ type }) => type !== LOOP_BEGIN && type !== LOOP_END)
				.map(({ frame, id }) => ({ frame, label: this.#names.get(id) ?? null })),
			rootKey: this.#rootKey,
		};
	}
}

function readMarkers(view: DataView): Marker[] {
	const room = Math.floor((view.byteLength - MARKERS_OFFSET) / MARKER_BYTES);
	return Array.from({ length: Math.min(view.getUint32(4), room, MAX_POINTS) }, (_, index) => {
		const offset = MARKERS_OFFSET + index * MARKER_BYTES;
		// Frames are doubles.
		const frame = Math.round(view.getFloat64(offset + 4));
		return { type: fourCharacters(view, offset), frame, id: view.getUint32(offset + 12) };
	});
}

function readNames(view: DataView): Map<number, string> {
	const declared = view.getUint32(0);
	const count = Math.min(declared, Math.floor((view.byteLength - 4) / STRING_BYTES), MAX_POINTS);
	const textOffset = 4 + declared * STRING_BYTES;
	const names = new Map<number, string>();
	for (let index = 0; index < count; index++) {
		const offset = 4 + index * STRING_BYTES;
		const start = textOffset + readUint64(view, offset + 4, false);
		if (start >= view.byteLength) continue;
		names.set(
			view.getUint32(offset),
			labelText(new Uint8Array(view.buffer, view.byteOffset + start, view.byteLength - start)),
		);
	}
	return names;
}
