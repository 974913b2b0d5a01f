import { MalformedAudioError } from "../../errors.ts";
import type { SampleMetadata } from "../../protocol/sample-metadata.ts";
import type { ByteSource } from "../../source/byte-source.ts";
import { atSecond, Damage } from "../damage.ts";
import type { DecodeContext, DecodedChunk, Decoder, RecordedFormat } from "../decoder.ts";
import { IntegerLoops } from "./integer-loops.ts";
import type { SampleCoding } from "./sample-coding.ts";

/** The location and coding of a file's samples. */
export interface PcmLayout {
	/** Name of the file's format. */
	readonly name: string;
	readonly coding: SampleCoding;
	readonly channels: 1 | 2;
	readonly sampleRate: number;
	/** Offset of the first frame in the file, in bytes. */
	readonly dataOffset: number;
	/** Bytes of samples in the file. */
	readonly dataBytes: number;
	/** Declared frames; null if not declared. */
	readonly declaredFrames: number | null;
	/** Reads what the file says of its music. */
	readonly readMetadata: () => SampleMetadata;
	/** Contradictions in the header. */
	readonly contradictions?: readonly Contradiction[];
}

/** Header fields that cannot all be true. */
export interface Contradiction {
	/** Their offset in the file, in bytes. */
	readonly byteOffset: number;
	/** A sentence naming the fields and how they were read. */
	readonly warning: string;
}

/** Bytes decoded at a time: small enough for the processor's cache, and a divisor of one read. */
const CHUNK_BYTES = 2 ** 16;

/** Below this, instantiating the inner loops takes longer than they save. */
const LOOPED_BYTES = 2 ** 20;

/**
 * A decoder for contiguous samples.
 *
 * @throws MalformedAudioError if there is no whole frame; in strict mode if there are fewer than declared or the
 * file contradicts itself.
 */
export function openPcm(source: ByteSource, layout: PcmLayout, context: DecodeContext): Decoder {
	const frameBytes = layout.coding.bytes * layout.channels;
	const frames = Math.floor(layout.dataBytes / frameBytes);
	if (frames === 0) {
		throw new MalformedAudioError(
			layout.dataOffset,
			`The ${layout.name} file has no audio: its data is empty. Export it again.`,
		);
	}
	const { integerBytes } = layout.coding;
	const isLooped = integerBytes !== undefined && layout.dataBytes >= LOOPED_BYTES;
	const mostSamples = Math.floor(CHUNK_BYTES / frameBytes) * layout.channels;
	const loops = isLooped ? new IntegerLoops(context.loaderModule, integerBytes, mostSamples) : null;
	const damage = new Damage(context.strict);
	for (const { byteOffset, warning } of layout.contradictions ?? []) damage.report(byteOffset, warning);
	const decoder = new PcmDecoder(source, layout, { frames, frameBytes, loops, damage });
	const { declaredFrames } = layout;
	if (declaredFrames !== null && declaredFrames > frames) {
		decoder.reportEnd(layout.dataOffset + layout.dataBytes, frames, declaredFrames);
	}
	return decoder;
}

class PcmDecoder implements Decoder {
	readonly format: RecordedFormat;
	readonly #source: ByteSource;
	readonly #layout: PcmLayout;
	readonly #frameBytes: number;
	readonly #loops: IntegerLoops | null;
	readonly #damage: Damage;

	constructor(
		source: ByteSource,
		layout: PcmLayout,
		{
			frames,
			frameBytes,
			loops,
			damage,
		}: { frames: number; frameBytes: number; loops: IntegerLoops | null; damage: Damage },
	) {
		const { name, sampleRate, channels } = layout;
		this.format = { name, sampleRate, channels, frames };
		this.#source = source;
		this.#layout = layout;
		this.#frameBytes = frameBytes;
		this.#loops = loops;
		this.#damage = damage;
	}

	get warnings(): readonly string[] {
		return this.#damage.warnings;
	}

	*chunks(): Generator<DecodedChunk, void, undefined> {
		const { channels, dataOffset } = this.#layout;
		const { frames } = this.format;
		const frameBytes = this.#frameBytes;
		const chunkFrames = Math.min(Math.floor(CHUNK_BYTES / frameBytes), frames);
		const output = new Float32Array(this.#loops === null ? chunkFrames * channels : 0);
		for (let start = 0; start < frames; start += chunkFrames) {
			const byteOffset = dataOffset + start * frameBytes;
			const wanted = Math.min(chunkFrames, frames - start);
			const bytes = this.#source.read(byteOffset, wanted * frameBytes);
			const found = Math.floor(bytes.length / frameBytes);
			if (found > 0) {
				const samples = this.#decode(bytes.subarray(0, found * frameBytes), output);
				yield { samples, fraction: (start + found) / frames };
			}
			if (found < wanted) {
				this.reportEnd(byteOffset + bytes.length, start + found, frames);
				return;
			}
		}
	}

	/** @returns the samples, in the inner loops' memory or in the output. */
	#decode(bytes: Uint8Array, output: Float32Array): Float32Array {
		if (this.#loops !== null) return this.#loops.decode(bytes);
		const { coding } = this.#layout;
		const samples = output.subarray(0, bytes.length / coding.bytes);
		coding.decode(bytes, samples);
		return samples;
	}

	/** Reports that the audio ends early. @throws MalformedAudioError in strict mode. */
	reportEnd(byteOffset: number, frames: number, declaredFrames: number): void {
		const time = atSecond(frames, this.format.sampleRate);
		this.#damage.report(byteOffset, `The audio ends ${time}, after ${frames} of ${declaredFrames} frames.`);
	}

	readMetadata(): SampleMetadata {
		return this.#layout.readMetadata();
	}

	close(): void {}
}
