// @ts-check
import { writeFile } from "node:fs/promises";
import { whiteNoise } from "./synthesis/noise.mjs";
import { at } from "./synthesis/signal.mjs";
import { SAMPLE_RATE } from "./synthesis/units.mjs";

/** @typedef {import("./synthesis/signal.mjs").Channels} Channels */

const HEADER_BYTES = 44;
const PCM_FORMAT = 1;

/**
 * Writes a WAV file of integers at the kit's rate.
 *
 * @param {string} path
 * @param {Channels} channels
 * @param {16 | 24} bits - per sample
 */
export async function writeWav(path, channels, bits) {
	await writeFile(path, encodeWav(channels, bits));
}

/**
 * The bytes of a WAV file of integers at the kit's rate, with triangular dither; digital silence stays silence.
 *
 * Source: Microsoft and IBM, "Multimedia Programming Interface and Data Specifications 1.0" (1991), chapter 3;
 * S. Lipshitz, R. Wannamaker, J. Vanderkooy, "Quantization and dither: a theoretical survey" (1992).
 *
 * @param {Channels} channels
 * @param {16 | 24} bits - per sample
 */
export function encodeWav(channels, bits) {
	const frames = channels[0]?.length ?? 0;
	const frameBytes = (channels.length * bits) / 8;
	const bytes = Buffer.alloc(HEADER_BYTES + frames * frameBytes);
	bytes.write("RIFF", 0);
	bytes.writeUInt32LE(bytes.length - 8, 4);
	bytes.write("WAVEfmt ", 8);
	bytes.writeUInt32LE(16, 16);
	bytes.writeUInt16LE(PCM_FORMAT, 20);
	bytes.writeUInt16LE(channels.length, 22);
	bytes.writeUInt32LE(SAMPLE_RATE, 24);
	bytes.writeUInt32LE(SAMPLE_RATE * frameBytes, 28);
	bytes.writeUInt16LE(frameBytes, 32);
	bytes.writeUInt16LE(bits, 34);
	bytes.write("data", 36);
	bytes.writeUInt32LE(frames * frameBytes, 40);

	const scale = 2 ** (bits - 1);
	const noise = whiteNoise(bits);
	let byteOffset = HEADER_BYTES;
	for (let frame = 0; frame < frames; frame++) {
		for (const signal of channels) {
			const sample = at(signal, frame);
			const dither = sample === 0 ? 0 : (noise() + noise()) / 2;
			const integer = Math.max(-scale, Math.min(scale - 1, Math.round(sample * scale + dither)));
			byteOffset = bytes.writeIntLE(integer, byteOffset, bits / 8);
		}
	}
	return bytes;
}
