import { MalformedAudioError } from "../../errors.ts";
import { atSecond, Damage } from "../damage.ts";
import type { DecodeContext, DecodedChunk, Decoder, RecordedFormat } from "../decoder.ts";
import { type Chunk, readChunks } from "./chunk-reader.ts";
import { decodeSamples } from "./sample-codings.ts";
import { readWaveFormat, type WaveFormat } from "./wave-format.ts";

const CHUNK_FRAMES = 65_536;
const RIFF_HEADER_BYTES = 12;
const UNKNOWN_SIZE = 0xffffffff;

/**
 * Opens a RIFF/WAVE file of integer or float PCM.
 *
 * Source: IBM and Microsoft, "Multimedia Programming Interface and Data Specifications 1.0" (1991), WAVE form.
 */
export async function openWav(bytes: Uint8Array, context: DecodeContext): Promise<Decoder> {
	const { format, data } = findChunks(bytes);
	const damage = new Damage(context.strict);
	const dataBytes = availableBytes(bytes, data);
	const frames = Math.floor(dataBytes / format.frameBytes);
	if (frames === 0) {
		throw new MalformedAudioError(data.bodyOffset, "The WAV file holds no audio: its data chunk is empty.");
	}
	if (data.declaredBytes > dataBytes && data.declaredBytes !== UNKNOWN_SIZE) {
		const declaredFrames = Math.floor(data.declaredBytes / format.frameBytes);
		damage.report(
			bytes.length,
			`The file ends ${atSecond(frames, format.sampleRate)}, after ${frames} of ${declaredFrames} frames.`,
		);
	}
	const end = data.bodyOffset + frames * format.frameBytes;
	return new WavDecoder(bytes.subarray(data.bodyOffset, end), format, damage);
}

function findChunks(bytes: Uint8Array): { format: WaveFormat; data: Chunk } {
	let format: WaveFormat | undefined;
	for (const chunk of readChunks(bytes, RIFF_HEADER_BYTES, true)) {
		if (chunk.id === "fmt ") format ??= readWaveFormat(bytes, chunk);
		if (chunk.id !== "data") continue;
		if (format !== undefined) return { format, data: chunk };
		throw new MalformedAudioError(chunk.headerOffset, "The WAV file's data stands before its format; it is damaged.");
	}
	const missing = format === undefined ? "format" : "data";
	throw new MalformedAudioError(bytes.length, `The WAV file ends without a ${missing} chunk; it is damaged.`);
}

/** Encoders that write to a pipe leave 0 or all ones where the sizes belong: the audio then goes to the end of the file. */
function availableBytes(bytes: Uint8Array, data: Chunk): number {
	const toEnd = bytes.length - data.bodyOffset;
	if (data.declaredBytes === UNKNOWN_SIZE) return toEnd;
	if (data.declaredBytes > 0) return data.bodyBytes;
	const riffBytes = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(4, true);
	const isKnownToBeEmpty = riffBytes + 8 === bytes.length;
	return isKnownToBeEmpty ? 0 : toEnd;
}

class WavDecoder implements Decoder {
	readonly format: RecordedFormat;
	readonly #bytes: Uint8Array;
	readonly #wave: WaveFormat;
	readonly #damage: Damage;

	constructor(bytes: Uint8Array, wave: WaveFormat, damage: Damage) {
		this.#bytes = bytes;
		this.#wave = wave;
		this.#damage = damage;
		const frames = bytes.length / wave.frameBytes;
		this.format = { name: "WAV", sampleRate: wave.sampleRate, channels: wave.channels, frames };
	}

	get warnings(): readonly string[] {
		return this.#damage.warnings;
	}

	*chunks(): Generator<DecodedChunk, void, undefined> {
		const { coding, channels, frameBytes } = this.#wave;
		const output = new Float32Array(Math.min(CHUNK_FRAMES, this.format.frames) * channels);
		for (let start = 0; start < this.format.frames; start += CHUNK_FRAMES) {
			const frames = Math.min(CHUNK_FRAMES, this.format.frames - start);
			const samples = output.subarray(0, frames * channels);
			decodeSamples(coding, this.#bytes.subarray(start * frameBytes, (start + frames) * frameBytes), samples);
			yield { samples, fraction: (start + frames) / this.format.frames };
		}
	}

	close(): void {}
}
