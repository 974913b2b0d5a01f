import { keyField } from "../../protocol/musical-key.ts";
import { MAX_POINTS, NO_METADATA, type SampleLoop, type SampleMetadata } from "../../protocol/sample-metadata.ts";
import type { ByteSource } from "../../source/byte-source.ts";
import { readId3Music } from "../id3/id3-music.ts";
import { labelText } from "../metadata/label-text.ts";
import { chunkView, type MetadataReader } from "../metadata/metadata-chunks.ts";
import { type Chunk, fourCharacters } from "../pcm/chunk-reader.ts";
import type { TaggedMusic } from "../tags/tagged-music.ts";

const SAMPLER_BYTES = 36;
const LOOP_BYTES = 24;
const CUE_BYTES = 24;
const ACID_BYTES = 24;
const ACID_ONE_SHOT = 1;
const ACID_ROOT_KEY = 2;
const MIDDLE_C = 60;
const LOOP_TYPES: readonly (SampleLoop["type"] | undefined)[] = ["forward", "alternating", "backward"];

interface Sampler {
	readonly rootKey: number;
	readonly loops: readonly SampleLoop[];
}

type Acid = Pick<SampleMetadata, "tempo" | "beats" | "meter" | "isOneShot" | "rootKey">;

/**
 * Reads `smpl`, `cue `, `LIST adtl`, `acid` and the tempo and the key of an `id3 ` chunk, the first of each; labels may be in several lists.
 *
 * Thread: loader.
 * Source: Microsoft, "New Multimedia Data Types and Data Techniques" (1994), `smpl`, `cue ` and `adtl`; `acid`, which is not documented,
 * as libsndfile reads it.
 */
export class WavMetadata implements MetadataReader {
	readonly #isLittleEndian: boolean;
	#sampler: Sampler | null = null;
	#cues: readonly { readonly id: number; readonly frame: number }[] | null = null;
	readonly #labels: Map<number, string> = new Map();
	#acid: Acid | null = null;
	#tag: TaggedMusic | null = null;

	constructor(isLittleEndian: boolean) {
		this.#isLittleEndian = isLittleEndian;
	}

	take(source: ByteSource, chunk: Chunk): void {
		switch (chunk.id) {
			case "smpl":
				this.#sampler ??= this.#readSampler(chunkView(source, chunk));
				break;
			case "cue ":
				this.#cues ??= this.#readCues(chunkView(source, chunk));
				break;
			case "LIST":
				this.#readLabels(chunkView(source, chunk));
				break;
			case "acid":
				this.#acid ??= this.#readAcid(chunkView(source, chunk));
				break;
			case "id3 ":
			case "ID3 ":
				this.#tag ??= readId3Music(source, { start: chunk.bodyOffset, end: chunk.bodyOffset + chunk.bodyBytes });
				break;
			default:
		}
	}

	get metadata(): SampleMetadata {
		return {
			...NO_METADATA,
			...this.#acid,
			// 0 says "unknown".
			tempo: this.#acid?.tempo || (this.#tag?.tempo ?? null),
			...keyField(this.#tag?.key),
			rootKey: this.#rootKey(),
			loops: this.#sampler?.loops ?? [],
			cuePoints: (this.#cues ?? []).map(({ id, frame }) => ({ frame, label: this.#labels.get(id) ?? null })),
		};
	}

	/** `smpl` knows fractions, but no word for "unknown": beside an `acid` chunk that sets no key, 60 is what its writer had to put. */
	#rootKey(): number | null {
		const key = this.#sampler?.rootKey;
		if (key === undefined) return this.#acid?.rootKey ?? null;
		return key === MIDDLE_C && this.#acid !== null ? this.#acid.rootKey : key;
	}

	#readSampler(view: DataView): Sampler | null {
		if (view.byteLength < SAMPLER_BYTES) return null;
		const word = (offset: number): number => view.getUint32(offset, this.#isLittleEndian);
		const loops: SampleLoop[] = [];
		for (const offset of entries(view, SAMPLER_BYTES, LOOP_BYTES, word(28))) {
			const type = LOOP_TYPES[word(offset + 4)];
			// The end is the loop's last frame.
			if (type !== undefined) loops.push({ startFrame: word(offset + 8), endFrame: word(offset + 12) + 1, type });
		}
		return { rootKey: word(12) + word(16) / 2 ** 32, loops };
	}

	#readCues(view: DataView): { id: number; frame: number }[] | null {
		if (view.byteLength < 4) return null;
		const word = (offset: number): number => view.getUint32(offset, this.#isLittleEndian);
		return [...entries(view, 4, CUE_BYTES, word(0))].map((offset) => ({ id: word(offset), frame: word(offset + 20) }));
	}

	#readLabels(view: DataView): void {
		if (fourCharacters(view, 0) !== "adtl") return;
		for (let offset = 4; offset + 12 <= view.byteLength && this.#labels.size < MAX_POINTS; ) {
			const bytes = view.getUint32(offset + 4, this.#isLittleEndian);
			const end = Math.min(offset + 8 + bytes, view.byteLength);
			const cue = view.getUint32(offset + 8, this.#isLittleEndian);
			if (fourCharacters(view, offset) === "labl" && end > offset + 12 && !this.#labels.has(cue))
				this.#labels.set(cue, labelText(new Uint8Array(view.buffer, view.byteOffset + offset + 12, end - offset - 12)));
			offset += 8 + bytes + (bytes % 2);
		}
	}

	#readAcid(view: DataView): Acid | null {
		if (view.byteLength < ACID_BYTES) return null;
		const flags = view.getUint32(0, this.#isLittleEndian);
		return {
			isOneShot: (flags & ACID_ONE_SHOT) !== 0,
			rootKey: (flags & ACID_ROOT_KEY) === 0 ? null : view.getUint16(4, this.#isLittleEndian),
			beats: view.getUint32(12, this.#isLittleEndian),
			meter: {
				numerator: view.getUint16(18, this.#isLittleEndian),
				denominator: view.getUint16(16, this.#isLittleEndian),
			},
			tempo: view.getFloat32(20, this.#isLittleEndian),
		};
	}
}

/** Offsets of a chunk's entries, as many as it declares and holds. */
function* entries(view: DataView, start: number, bytes: number, declared: number): Generator<number> {
	const count = Math.min(declared, Math.floor((view.byteLength - start) / bytes), MAX_POINTS);
	for (let index = 0; index < count; index++) yield start + index * bytes;
}
