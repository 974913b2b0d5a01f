import { MalformedAudioError } from "../../errors.ts";
import type { ByteSource } from "../../source/byte-source.ts";
import { atSecond, type Damage } from "../damage.ts";
import type { DecodedChunk, Decoder, RecordedFormat } from "../decoder.ts";
import { isOnlyTags } from "../file-tail.ts";
import { LossyOutput } from "../lossy-output.ts";
import { FrameFeed } from "./frame-feed.ts";
import { walkFrames } from "./frame-walk.ts";
import type { DecodedStretch, Mp3Library } from "./mp3-library.ts";
import type { Mp3Recording } from "./recording.ts";

/** The inputs of an MP3 file's decoder. */
export interface Mp3Parts {
	/** A started decoder that has not decoded anything yet. */
	readonly library: Mp3Library;
	/** The file up to the end of the audio. */
	readonly source: ByteSource;
	readonly recording: Mp3Recording;
	readonly damage: Damage;
}

/** Decodes the frames of one MP3 file in order. Thread: loader. */
export class Mp3Decoder implements Decoder {
	readonly format: RecordedFormat;
	readonly #parts: Mp3Parts;
	readonly #feed: FrameFeed;
	readonly #output: LossyOutput;
	/** Frames returned by the library, trimmed ones included. */
	#position = 0;
	/** The library failed; its state is undefined and it is not called again. */
	#hasFailed = false;

	constructor(parts: Mp3Parts) {
		const { sampleRate, channels, start, end } = parts.recording;
		this.format = { name: "MP3", sampleRate, channels, frames: end - start };
		this.#parts = parts;
		this.#feed = new FrameFeed(parts.source, parts.recording, parts.damage);
		this.#output = new LossyOutput(this.format, parts.damage);
	}

	get warnings(): readonly string[] {
		return this.#parts.damage.warnings;
	}

	*chunks(): Generator<DecodedChunk, void, undefined> {
		const { source, recording } = this.#parts;
		let offset = recording.byteOffset;
		for (const frame of walkFrames(source, offset, recording.freeBytes)) {
			offset = frame.offset + frame.bytes;
			if (frame.isCut) break;
			const judged = this.#feed.judge(frame);
			// Decode everything before damage first: only what follows it is clamped.
			if (judged.isDamaged) yield* this.#decodeBatch(frame.offset);
			this.#feed.add(judged);
			if (this.#feed.isFull) yield* this.#decodeBatch(offset);
			if (this.#hasFailed) return;
		}
		this.#feed.finish();
		yield* this.#decodeBatch(offset);
		if (this.#feed.soundCount === 0) {
			throw new MalformedAudioError(
				recording.byteOffset,
				"None of the MP3 file's frames can be decoded. Export it again.",
			);
		}
		if (this.#hasFailed) return;
		if (this.#position < recording.decodedFrames) {
			this.#report(offset, "The file became shorter while it was being read and ends");
		} else if (!isOnlyTags(source, offset)) {
			this.#report(offset, `The last ${source.byteLength - offset} bytes, which are no MP3 audio, were left out`);
		}
	}

	/** The library's memory is garbage-collected; freeing it after a failure could trap. */
	close(): void {}

	*#decodeBatch(offset: number): Generator<DecodedChunk, void, undefined> {
		const { recording, source } = this.#parts;
		const { batch, frames } = this.#feed.take();
		if (frames === 0) return;
		const batchEnd = this.#position + frames;
		const dueEnd = Math.min(batchEnd, recording.end);
		const fraction = offset / source.byteLength;
		for (const { channelData, frames: decodedFrames } of this.#decode(batch, offset)) {
			const start = Math.max(0, recording.start - this.#position);
			const end = Math.min(decodedFrames, dueEnd - this.#position);
			this.#position += decodedFrames;
			if (end > start) yield { samples: this.#output.write({ channelData, start, end }, offset), fraction };
		}
		// Missing output must not shift what follows.
		const missing = dueEnd - Math.max(this.#position, recording.start);
		this.#position = batchEnd;
		if (missing <= 0 || this.#hasFailed) return;
		this.#report(offset, `${missing} frames missing from the MP3 decoder's output were replaced by silence`);
		yield { samples: this.#output.writeSilence(missing), fraction };
	}

	*#decode(batch: Uint8Array, offset: number): Generator<DecodedStretch, void, undefined> {
		try {
			yield* this.#parts.library.decode(batch);
		} catch (cause) {
			if (this.#output.position === 0)
				throw new MalformedAudioError(offset, "The MP3 decoder failed. Export the file again.", { cause });
			this.#hasFailed = true;
			this.#report(offset, "The MP3 decoder failed and the rest was left out");
		}
	}

	#report(byteOffset: number, what: string): void {
		const where = atSecond(this.#output.position, this.format.sampleRate);
		this.#parts.damage.report(byteOffset, `${what} ${where}.`);
	}
}
