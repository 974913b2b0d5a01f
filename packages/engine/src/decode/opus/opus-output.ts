import { atSecond, type Damage } from "../damage.ts";
import type { DecodedChunk, RecordedFormat } from "../decoder.ts";
import { LossyOutput } from "../lossy-output.ts";
import type { OpusLibrary } from "./opus-library.ts";
import { LONGEST_PACKET_FRAMES, type OpusPacket } from "./opus-packet.ts";

/** Packets at one offset of the file and which of their frames are played. */
export interface OpusSpan {
	readonly packets: readonly OpusPacket[];
	/** Frames of silence before the packets. */
	readonly silence: number;
	/** The frames to play, counted from the first frame of the first packet. */
	readonly start: number;
	readonly end: number;
	readonly byteOffset: number;
	/** Share of the file up to its end. */
	readonly fraction: number;
}

/** Frames are collected until a chunk has this many. */
const CHUNK_FRAMES = 16_384;
/** Maximum silence per file in place of lost audio; its length is not trusted beyond that. */
const MAX_SILENT_SECONDS = 300;

/** Decodes packets into chunks of even length, with silence for lost and damaged packets. Thread: loader. */
export class OpusOutput {
	readonly #library: OpusLibrary;
	readonly #damage: Damage;
	readonly #sampleRate: number;
	readonly #output: LossyOutput;
	readonly #gathered: readonly Float32Array[];
	#filled = 0;
	#skippedFrames = 0;
	#silenceLeft: number;
	#soundFrames = 0;
	#hasFailed = false;
	/** Output collected before the first damage; it is not clamped. */
	#sound: DecodedChunk | null = null;
	#hasReported = false;
	#fraction = 0;

	constructor(library: OpusLibrary, format: RecordedFormat, damage: Damage) {
		this.#library = library;
		this.#damage = damage;
		this.#sampleRate = format.sampleRate;
		this.#output = new LossyOutput(format, damage);
		const length = CHUNK_FRAMES + LONGEST_PACKET_FRAMES;
		this.#gathered = Array.from({ length: format.channels }, () => new Float32Array(length));
		this.#silenceLeft = MAX_SILENT_SECONDS * format.sampleRate;
	}

	/** Frames of the recording so far. */
	get position(): number {
		return this.#output.position + this.#filled;
	}

	/** Frames decoded from packets, including those that are not played. */
	get soundFrames(): number {
		return this.#soundFrames;
	}

	/** The library has failed; nothing more can be decoded. */
	get hasFailed(): boolean {
		return this.#hasFailed;
	}

	/** Skips the next frames. */
	skip(frames: number): void {
		this.#skippedFrames = frames;
	}

	/** Reports damage at the current output position. */
	report(byteOffset: number, what: string): void {
		if (!this.#hasReported && this.#filled > 0) {
			const { samples, fraction } = this.#takeChunk({ byteOffset, fraction: this.#fraction });
			this.#sound = { samples: samples.slice(), fraction };
		}
		this.#hasReported = true;
		this.#damage.report(byteOffset, `${what} ${atSecond(this.position, this.#sampleRate)}.`);
	}

	*play(span: OpusSpan): Generator<DecodedChunk, void, undefined> {
		yield* this.#takeSound();
		this.#fraction = span.fraction;
		yield* this.#playSilence(span);
		let place = 0;
		let isReported = false;
		for (const packet of span.packets) {
			const channelData = this.#decode(packet);
			if (this.#hasFailed) {
				if (this.#soundFrames > 0) this.report(span.byteOffset, "The decoder failed and the rest was left out");
				return;
			}
			if (channelData === null && !isReported) {
				isReported = true;
				this.report(span.byteOffset, "Damaged packets were replaced by silence");
				yield* this.#takeSound();
			}
			const start = Math.max(0, span.start - place);
			place += packet.frames;
			const end = packet.frames - Math.max(0, place - span.end);
			this.#gather(channelData, start, end);
			if (this.#filled >= CHUNK_FRAMES) yield this.#takeChunk(span);
		}
	}

	/** Yields the rest. */
	*finish(byteOffset: number): Generator<DecodedChunk, void, undefined> {
		yield* this.#takeSound();
		if (this.#filled > 0) yield this.#takeChunk({ byteOffset, fraction: 1 });
	}

	*#takeSound(): Generator<DecodedChunk, void, undefined> {
		const sound = this.#sound;
		this.#sound = null;
		if (sound !== null) yield sound;
	}

	*#playSilence(span: OpusSpan): Generator<DecodedChunk, void, undefined> {
		const silence = Math.min(span.silence, this.#silenceLeft);
		this.#silenceLeft -= silence;
		for (let left = silence; left > 0; left -= LONGEST_PACKET_FRAMES) {
			this.#gather(null, 0, Math.min(left, LONGEST_PACKET_FRAMES));
			if (this.#filled >= CHUNK_FRAMES) yield this.#takeChunk(span);
		}
	}

	/** @returns null for a damaged packet */
	#decode(packet: OpusPacket): readonly Float32Array[] | null {
		try {
			const channelData = packet.frames === 0 ? null : this.#library.decode(packet.bytes);
			if (channelData?.[0]?.length !== packet.frames) return null;
			this.#soundFrames += packet.frames;
			return channelData;
		} catch (cause) {
			if (!(cause instanceof Error)) throw cause;
			this.#hasFailed = true;
			return null;
		}
	}

	#gather(channelData: readonly Float32Array[] | null, start: number, end: number): void {
		const skipped = Math.max(0, Math.min(this.#skippedFrames, end - start));
		this.#skippedFrames -= skipped;
		const from = start + skipped;
		if (from >= end) return;
		for (const [channel, gathered] of this.#gathered.entries()) {
			const input = channelData?.[channel];
			if (input === undefined) gathered.fill(0, this.#filled, this.#filled + end - from);
			else gathered.set(input.subarray(from, end), this.#filled);
		}
		this.#filled += end - from;
	}

	#takeChunk({ byteOffset, fraction }: Pick<OpusSpan, "byteOffset" | "fraction">): DecodedChunk {
		const end = this.#filled;
		this.#filled = 0;
		return { samples: this.#output.write({ channelData: this.#gathered, start: 0, end }, byteOffset), fraction };
	}
}
