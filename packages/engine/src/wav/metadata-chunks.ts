import { checkObject, mustBe } from "../check-arguments.ts";
import { type CuePoint, NO_METADATA, type SampleMetadata, validMetadata } from "../protocol/sample-metadata.ts";
import { concatenate, createChunk, writeCharacters } from "./chunk.ts";

const LOOP_TYPES = ["forward", "alternating", "backward"] as const;
/** What sounds at the pitch it was recorded at, for readers that have no word for "unknown". */
const MIDDLE_C = 60;
const SAMPLER_BYTES = 36;
const LOOP_BYTES = 24;
const CUE_BYTES = 24;
const ACID_BYTES = 24;
const ACID_ONE_SHOT = 1;
const ACID_ROOT_KEY = 2;
/** Frames are 32-bit numbers in these chunks. */
const LAST_FRAME = 2 ** 32 - 1;

/**
 * The chunks `smpl`, `cue `, `LIST` and `acid`, as far as there is something to say. Points of no 32-bit frame are left out. Where `acid`
 * is needed at all, it says "not a one-shot" for an unknown flag and 4/4 for an unknown meter; `smpl` says 60 for an unknown root key.
 *
 * Source: Microsoft, "New Multimedia Data Types and Data Techniques" (1994), `smpl`, `cue ` and `adtl`; `acid` as libsndfile reads it.
 *
 * @param frames - of the file
 * @throws TypeError for what is no metadata
 */
export function metadataChunks(
	metadata: Partial<SampleMetadata>,
	{ sampleRate, frames }: { readonly sampleRate: number; readonly frames: number },
): readonly Uint8Array[] {
	checkMetadata(metadata);
	const valid = validMetadata({ ...NO_METADATA, ...metadata }, Math.min(frames, LAST_FRAME));
	const { loops, cuePoints, rootKey, tempo, beats, meter, isOneShot } = valid;
	return [
		...(loops.length > 0 || rootKey !== null ? [samplerChunk(valid, sampleRate)] : []),
		...(cuePoints.length > 0 ? [cueChunk(cuePoints)] : []),
		...labelChunks(cuePoints),
		...([tempo, beats, meter, isOneShot].some((field) => field !== null) ? [acidChunk(valid)] : []),
	];
}

function checkMetadata({ loops = [], cuePoints = [] }: Partial<SampleMetadata>): void {
	for (const [name, list] of Object.entries({ loops, cuePoints })) {
		if (!Array.isArray(list)) throw new TypeError(mustBe(`metadata.${name}`, "a list of objects", list));
		for (const [index, entry] of list.entries()) checkObject(`metadata.${name}[${index}]`, entry);
	}
	for (const [index, { label = null }] of cuePoints.entries()) {
		if (label === null || typeof label === "string") continue;
		throw new TypeError(mustBe(`metadata.cuePoints[${index}].label`, "a string or null", label));
	}
}

function samplerChunk({ loops, rootKey }: SampleMetadata, sampleRate: number): Uint8Array {
	const { bytes, body } = createChunk("smpl", SAMPLER_BYTES + loops.length * LOOP_BYTES);
	const key = rootKey ?? MIDDLE_C;
	body.setUint32(8, Math.round(1e9 / sampleRate), true);
	body.setUint32(12, Math.floor(key), true);
	body.setUint32(16, Math.floor((key % 1) * 2 ** 32), true);
	body.setUint32(28, loops.length, true);
	for (const [index, { startFrame, endFrame, type }] of loops.entries()) {
		const offset = SAMPLER_BYTES + index * LOOP_BYTES;
		body.setUint32(offset, index, true);
		body.setUint32(offset + 4, LOOP_TYPES.indexOf(type), true);
		body.setUint32(offset + 8, startFrame, true);
		// The last frame of the loop, not the one behind it.
		body.setUint32(offset + 12, endFrame - 1, true);
	}
	return bytes;
}

function cueChunk(cuePoints: readonly CuePoint[]): Uint8Array {
	const { bytes, body } = createChunk("cue ", 4 + cuePoints.length * CUE_BYTES);
	body.setUint32(0, cuePoints.length, true);
	for (const [index, { frame }] of cuePoints.entries()) {
		const offset = 4 + index * CUE_BYTES;
		body.setUint32(offset, index + 1, true);
		body.setUint32(offset + 4, frame, true);
		writeCharacters(bytes, body.byteOffset + offset + 8, "data");
		body.setUint32(offset + 20, frame, true);
	}
	return bytes;
}

function labelChunks(cuePoints: readonly CuePoint[]): readonly Uint8Array[] {
	const labels = cuePoints.flatMap(({ label }, index) => (label === null ? [] : [labelChunk(label, index + 1)]));
	if (labels.length === 0) return [];
	const list = concatenate(labels);
	const { bytes, body } = createChunk("LIST", 4 + list.length);
	writeCharacters(bytes, body.byteOffset, "adtl");
	bytes.set(list, body.byteOffset + 4);
	return [bytes];
}

function labelChunk(label: string, cue: number): Uint8Array {
	const characters = utf8(label);
	const { bytes, body } = createChunk("labl", 4 + characters.length + 1);
	body.setUint32(0, cue, true);
	writeCharacters(bytes, body.byteOffset + 4, characters);
	return bytes;
}

/** One character per byte. */
function utf8(text: string): string {
	const byte = (_: string, digits: string): string => String.fromCharCode(Number.parseInt(digits, 16));
	return encodeURIComponent(text).replaceAll(/%(..)/g, byte);
}

function acidChunk({ tempo, beats, meter, isOneShot, rootKey }: SampleMetadata): Uint8Array {
	const { bytes, body } = createChunk("acid", ACID_BYTES);
	body.setUint32(0, (isOneShot ? ACID_ONE_SHOT : 0) + (rootKey === null ? 0 : ACID_ROOT_KEY), true);
	body.setUint16(4, Math.floor(rootKey ?? MIDDLE_C), true);
	body.setUint16(6, 0x8000, true);
	body.setUint32(12, beats ?? 0, true);
	body.setUint16(16, meter?.denominator ?? 4, true);
	body.setUint16(18, meter?.numerator ?? 4, true);
	body.setFloat32(20, tempo ?? 0, true);
	return bytes;
}
