import { MalformedAudioError } from "../../errors.ts";
import type { ByteSource } from "../../source/byte-source.ts";
import type { Damage } from "../damage.ts";
import type { DecodedChunk, Decoder, RecordedFormat } from "../decoder.ts";
import { OPUS_SAMPLE_RATE } from "../opus/opus-head.ts";
import type { OpusLibrary } from "../opus/opus-library.ts";
import { OpusOutput } from "../opus/opus-output.ts";
import { opusPacket } from "../opus/opus-packet.ts";
import { type MatroskaBlock, MatroskaBlocks } from "./matroska-blocks.ts";
import type { MatroskaHeader } from "./matroska-header.ts";

/** The inputs of a Matroska file's decoder. */
export interface MatroskaParts {
	/** "WebM" or "Matroska". */
	readonly name: string;
	readonly library: OpusLibrary;
	readonly source: ByteSource;
	readonly header: MatroskaHeader;
	/** The best estimate of the recording's length. */
	readonly frames: number;
	readonly damage: Damage;
	readonly isTrimmed: boolean;
}

/** The shortest Opus packet: losses are multiples of it, while timestamps are rounded to a millisecond. */
const LOSS_UNIT_FRAMES = 120;
/** Timestamps this far past the declared end are damaged. */
const BEYOND_END_FRAMES = OPUS_SAMPLE_RATE;
const NANOSECONDS = 1e9;

/** Decodes the Opus track of a Matroska or WebM file block by block. Thread: loader. Source: RFC 9559, section 5.1.3. */
export class MatroskaDecoder implements Decoder {
	readonly #parts: MatroskaParts;
	readonly #format: RecordedFormat;
	readonly #blocks: MatroskaBlocks;
	readonly #output: OpusOutput;
	/** Where the next block is expected, in frames of file time; null before the first one. */
	#dueFrame: number | null = null;
	#lastFrames = LOSS_UNIT_FRAMES;
	#hasUnknownFrames = false;
	#isFinished = false;

	constructor(parts: MatroskaParts) {
		const { name, header, frames } = parts;
		this.#parts = parts;
		this.#format = { name: `${name} Opus`, sampleRate: OPUS_SAMPLE_RATE, channels: header.head.channels, frames };
		this.#blocks = new MatroskaBlocks(parts.source, header);
		this.#output = new OpusOutput(parts.library, this.#format, parts.damage);
	}

	get format(): RecordedFormat {
		return this.#isFinished ? { ...this.#format, frames: this.#output.position } : this.#format;
	}

	get warnings(): readonly string[] {
		return this.#parts.damage.warnings;
	}

	*chunks(): Generator<DecodedChunk, void, undefined> {
		const { name, library, header, source, isTrimmed } = this.#parts;
		library.begin(header.head);
		this.#output.skip(isTrimmed ? header.head.preSkip : 0);
		for (const block of this.#blocks.from(header.audioOffset)) {
			yield* this.#play(block);
			if (this.#output.hasFailed) break;
		}
		if (!this.#output.hasFailed) this.#checkEnd();
		yield* this.#output.finish(source.byteLength);
		if (this.#output.soundFrames === 0) {
			throw new MalformedAudioError(header.audioOffset, `Nothing in the ${name} file can be decoded.`);
		}
		this.#isFinished = true;
	}

	close(): void {
		this.#parts.library.close();
	}

	*#play(block: MatroskaBlock): Generator<DecodedChunk, void, undefined> {
		const packets = block.packets.map(opusPacket);
		const frames = packets.reduce((sum, packet) => sum + packet.frames, 0);
		const startFrame = block.ticks * this.#parts.header.framesPerTick;
		const missing = this.#missingBefore(block, startFrame);
		const silence = Math.max(0, missing);
		if (silence > 0) this.#output.report(block.offset, "Lost or damaged packets were replaced by silence");
		else if (block.isAfterDamage) this.#output.report(block.offset, "Damaged bytes were skipped");
		// A block far behind the expected time has lost its cluster's timestamp.
		this.#dueFrame = (missing < 0 ? (this.#dueFrame ?? 0) : startFrame) + frames;
		this.#lastFrames = frames;
		this.#hasUnknownFrames = packets.some((packet) => packet.frames === 0);
		const padding = this.#parts.isTrimmed ? (block.discardNanoseconds * OPUS_SAMPLE_RATE) / NANOSECONDS : 0;
		yield* this.#output.play({
			packets,
			silence,
			start: Math.min(frames, Math.max(0, Math.round(-padding))),
			end: Math.max(0, frames - Math.max(0, Math.round(padding))),
			byteOffset: block.offset,
			fraction: block.end / this.#parts.source.byteLength,
		});
	}

	/**
	 * Frames missing before a block, negative if it is early. Less than a packet is rounding, unless a loss is
	 * known.
	 */
	#missingBefore(block: MatroskaBlock, startFrame: number): number {
		const { declaredFrames } = this.#parts.header;
		const hasLoss = block.isAfterDamage || this.#hasUnknownFrames;
		const dueFrame = this.#dueFrame ?? (hasLoss ? 0 : startFrame);
		const missing = Math.round((startFrame - dueFrame) / LOSS_UNIT_FRAMES) * LOSS_UNIT_FRAMES;
		const isBeyondEnd = declaredFrames > 0 && startFrame > declaredFrames + BEYOND_END_FRAMES;
		const isLoss = hasLoss ? missing > 0 : missing >= this.#lastFrames;
		return (isLoss && !isBeyondEnd) || missing <= -this.#lastFrames ? missing : 0;
	}

	#checkEnd(): void {
		const { source, header } = this.#parts;
		const { byteLength } = source;
		const { foreignBytes } = this.#blocks;
		if (this.#blocks.hasFurtherFile) this.#output.report(byteLength, "A second file in the same bytes was left out");
		else if (this.#blocks.isCut || (header.declaredEnd ?? 0) > byteLength) {
			this.#output.report(byteLength, "The file is damaged or truncated");
		} else if (foreignBytes > 0) {
			const what = `The last ${foreignBytes} bytes, which are not part of the recording, were left out`;
			this.#output.report(byteLength - foreignBytes, what);
		}
	}
}
