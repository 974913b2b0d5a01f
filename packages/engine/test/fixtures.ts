import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * Seeded random numbers, uniform in 0..1 (1 excluded). Neighbouring seeds are uncorrelated from the first number on.
 *
 * Source: G. Marsaglia, "Xorshift RNGs" (2003), the 32-bit generator with shifts 13, 17, 5, its state mixed by the
 * finaliser of A. Appleby's MurmurHash3 (2011).
 */
export function seededRandom(seed: number): () => number {
	let state = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b);
	state = Math.imul(state ^ (state >>> 13), 0xc2b2ae35);
	state = state ^ (state >>> 16) || 1;
	return () => {
		state ^= state << 13;
		state ^= state >>> 17;
		state ^= state << 5;
		return (state >>> 0) / 2 ** 32;
	};
}

/** Random bytes. */
export function randomBytes(length: number, random: () => number): Uint8Array<ArrayBuffer> {
	return Uint8Array.from({ length }, () => Math.floor(random() * 256));
}

/** Interleaved uniform noise in -amplitude..amplitude. */
export function noise(frames: number, channels: number, options: { seed: number; amplitude?: number }): Float32Array {
	const random = seededRandom(options.seed);
	const amplitude = options.amplitude ?? 0.5;
	return Float32Array.from({ length: frames * channels }, () => (2 * random() - 1) * amplitude);
}

/** Interleaved sines, one frequency in hertz per channel. */
export function sines(frames: number, sampleRate: number, frequencies: readonly number[]): Float32Array {
	const channels = frequencies.length;
	const samples = new Float32Array(frames * channels);
	for (let frame = 0; frame < frames; frame++) {
		for (let channel = 0; channel < channels; channel++) {
			const phase = (2 * Math.PI * frequencies[channel]! * frame) / sampleRate;
			samples[frame * channels + channel] = 0.5 * Math.sin(phase);
		}
	}
	return samples;
}

/** A swept tone with noise, different per channel: close enough to music to exercise every coding tool. */
export function music(frames: number, sampleRate: number, channels: number, seed = 1): Float32Array {
	const random = seededRandom(seed);
	const samples = new Float32Array(frames * channels);
	for (let frame = 0; frame < frames; frame++) {
		const seconds = frame / sampleRate;
		const beat = Math.exp(-8 * (seconds % 0.25));
		for (let channel = 0; channel < channels; channel++) {
			const tone = Math.sin(2 * Math.PI * (220 + 110 * channel + 300 * seconds) * seconds);
			samples[frame * channels + channel] = 0.35 * tone + 0.3 * beat * (2 * random() - 1);
		}
	}
	return samples;
}

/** Sample codings of a WAV file. */
export type WaveCoding = "u8" | "s16" | "s24" | "s32" | "f32" | "f64";

/** Options of `writeWave`. */
export interface WaveOptions {
	readonly sampleRate: number;
	readonly channels: number;
	readonly coding?: WaveCoding;
	/** Writes WAVE_FORMAT_EXTENSIBLE, with `validBits` in addition to the container's width. */
	readonly extensible?: boolean;
	readonly validBits?: number;
	/** Chunks between `fmt ` and `data`, and after it. */
	readonly before?: readonly (readonly [id: string, body: Uint8Array])[];
	readonly after?: readonly (readonly [id: string, body: Uint8Array])[];
	/** Replaces the sizes of `RIFF` and `data`. */
	readonly declaredRiffSize?: number;
	readonly declaredDataSize?: number;
}

const bytesOf: Record<WaveCoding, number> = { u8: 1, s16: 2, s24: 3, s32: 4, f32: 4, f64: 8 };

/** A RIFF/WAVE file of interleaved samples; integers are rounded and clipped. */
export function writeWave(samples: ArrayLike<number>, options: WaveOptions): Uint8Array<ArrayBuffer> {
	const coding = options.coding ?? "s16";
	const width = bytesOf[coding];
	const data = new Uint8Array(samples.length * width);
	const view = new DataView(data.buffer);
	for (let index = 0; index < samples.length; index++) writeSample(view, index * width, coding, samples[index]!);
	return writeWaveData(data, { ...options, coding });
}

/** A mostly silent WAV file of more than 16 MiB with the given samples in the middle: equally long ones share a fingerprint. */
export function writeLongWave(samples: ArrayLike<number>, options: WaveOptions): Uint8Array<ArrayBuffer> {
	const padding = ["JUNK", new Uint8Array(8.25 * 2 ** 20)] as const;
	return writeWave(samples, { ...options, before: [padding], after: [padding] });
}

/** A RIFF/WAVE file of encoded samples. */
export function writeWaveData(data: Uint8Array, options: WaveOptions): Uint8Array<ArrayBuffer> {
	const chunks = [
		chunk("fmt ", waveFormat(options)),
		...(options.before ?? []).map(([id, body]) => chunk(id, body)),
		chunk("data", data, options.declaredDataSize),
		...(options.after ?? []).map(([id, body]) => chunk(id, body)),
	];
	return chunk("RIFF", concat([ascii("WAVE"), ...chunks]), options.declaredRiffSize);
}

function writeSample(view: DataView, offset: number, coding: WaveCoding, sample: number): void {
	if (coding === "f32") view.setFloat32(offset, sample, true);
	else if (coding === "f64") view.setFloat64(offset, sample, true);
	else {
		const bits = 8 * bytesOf[coding];
		const full = 2 ** (bits - 1);
		const integer = Math.max(-full, Math.min(full - 1, Math.round(sample * full)));
		if (coding === "u8") view.setUint8(offset, integer + 128);
		else if (coding === "s16") view.setInt16(offset, integer, true);
		else if (coding === "s32") view.setInt32(offset, integer, true);
		else {
			view.setUint16(offset, integer & 0xffff, true);
			view.setInt8(offset + 2, integer >> 16);
		}
	}
}

function waveFormat(options: WaveOptions): Uint8Array {
	const width = bytesOf[options.coding ?? "s16"];
	const isFloat = options.coding === "f32" || options.coding === "f64";
	const format = new DataView(new ArrayBuffer(options.extensible ? 40 : 16));
	format.setUint16(0, options.extensible ? 0xfffe : isFloat ? 3 : 1, true);
	format.setUint16(2, options.channels, true);
	format.setUint32(4, options.sampleRate, true);
	format.setUint32(8, options.sampleRate * options.channels * width, true);
	format.setUint16(12, options.channels * width, true);
	format.setUint16(14, 8 * width, true);
	if (options.extensible) {
		format.setUint16(16, 22, true);
		format.setUint16(18, options.validBits ?? 8 * width, true);
		format.setUint32(20, options.channels === 1 ? 4 : 3, true);
		format.setUint16(24, isFloat ? 3 : 1, true);
		new Uint8Array(format.buffer, 26).set([0, 0, 0, 0, 0x10, 0, 0x80, 0, 0, 0xaa, 0, 0x38, 0x9b, 0x71]);
	}
	return new Uint8Array(format.buffer);
}

function chunk(id: string, body: Uint8Array, declaredSize = body.length): Uint8Array<ArrayBuffer> {
	const bytes = new Uint8Array(8 + body.length + (body.length % 2));
	bytes.set(ascii(id));
	new DataView(bytes.buffer).setUint32(4, declaredSize, true);
	bytes.set(body, 8);
	return bytes;
}

/** The bytes of an ASCII text. */
export function ascii(text: string): Uint8Array<ArrayBuffer> {
	return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

/** Concatenates arrays. */
export function concat(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
	const bytes = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
	let offset = 0;
	for (const part of parts) {
		bytes.set(part, offset);
		offset += part.length;
	}
	return bytes;
}

/**
 * Converts a file with `ffmpeg`.
 *
 * @param options - extension of both files, and ffmpeg's options for the output
 */
export function convertWithFfmpeg(
	input: Uint8Array,
	options: { from: string; to: string; args?: readonly string[] },
): Uint8Array<ArrayBuffer> {
	const folder = mkdtempSync(join(tmpdir(), "looper-fixture-"));
	try {
		const source = join(folder, `in.${options.from}`);
		const target = join(folder, `out.${options.to}`);
		writeFileSync(source, input);
		const args = ["-nostdin", "-v", "error", "-y", "-i", source, ...(options.args ?? []), target];
		execFileSync("ffmpeg", args, { stdio: ["ignore", "ignore", "pipe"] });
		return new Uint8Array(readFileSync(target));
	} finally {
		rmSync(folder, { recursive: true });
	}
}

/** Interleaved samples of a file decoded by `ffmpeg`. */
export function decodeWithFfmpeg(input: Uint8Array, from: string): Float32Array {
	const bytes = convertWithFfmpeg(input, { from, to: "raw", args: ["-f", "f32le", "-c:a", "pcm_f32le"] });
	return new Float32Array(bytes.buffer, 0, bytes.length >> 2);
}

/** Root mean square of the difference of two signals over their common length, in decibels of full scale. */
export function differenceDecibels(one: ArrayLike<number>, other: ArrayLike<number>): number {
	const length = Math.min(one.length, other.length);
	let sum = 0;
	for (let index = 0; index < length; index++) sum += (one[index]! - other[index]!) ** 2;
	return 10 * Math.log10(sum / length);
}

/** The first difference of two signals in length or value, in words; null if they are equal. */
export function firstDifference(actual: ArrayLike<number>, expected: ArrayLike<number>): string | null {
	if (actual.length !== expected.length) return `${actual.length} samples instead of ${expected.length}`;
	for (let index = 0; index < actual.length; index++) {
		if (actual[index] !== expected[index]) return `sample ${index} is ${actual[index]} instead of ${expected[index]}`;
	}
	return null;
}
