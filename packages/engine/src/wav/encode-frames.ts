import type { OwnedBytes, OwnedFloats } from "../protocol/platform-types.ts";

/** Sample coding of a WAV file that is written: 32-bit floating point, or 24-bit integers. */
export type WavFormat = "f32" | "s24";

const FULL_SCALE_24 = 2 ** 23;

/** Bytes of one frame, all channels. */
export function frameBytes(format: WavFormat, channels: number): number {
	return channels * (format === "f32" ? 4 : 3);
}

/**
 * The samples of a WAV file. Floats are written as they are. Integers are rounded to the nearest, those beyond full scale are clamped;
 * there is no dither: at 24 bits the error is below −144 dB.
 *
 * @returns the bytes; for "f32" a view of the samples' own.
 */
export function encodeFrames(interleaved: OwnedFloats, format: WavFormat): OwnedBytes {
	if (format === "f32") return new Uint8Array(interleaved.buffer, interleaved.byteOffset, interleaved.byteLength);
	const bytes = new Uint8Array(3 * interleaved.length);
	let offset = 0;
	for (const sample of interleaved) {
		const integer = Math.max(-FULL_SCALE_24, Math.min(FULL_SCALE_24 - 1, Math.round(sample * FULL_SCALE_24)));
		bytes[offset++] = integer;
		bytes[offset++] = integer >> 8;
		bytes[offset++] = integer >> 16;
	}
	return bytes;
}

/** How many samples "s24" clamps. */
export function clippedSamples(samples: Float32Array): number {
	let clipped = 0;
	for (const sample of samples) {
		const rounded = Math.round(sample * FULL_SCALE_24);
		if (rounded < -FULL_SCALE_24 || rounded >= FULL_SCALE_24) clipped += 1;
	}
	return clipped;
}
