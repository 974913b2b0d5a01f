import { MalformedAudioError } from "../../errors.ts";
import type { ByteSource } from "../../source/byte-source.ts";
import { atSecond, type Damage } from "../damage.ts";
import type { DecodedChunk, Decoder, RecordedFormat } from "../decoder.ts";
import { CHUNK_FRAMES, LossyOutput } from "../lossy-output.ts";
import { OggPackets } from "../ogg/ogg-packets.ts";
import { type OggPage, soundPages } from "../ogg/ogg-pages.ts";
import { placePage } from "./page-timing.ts";
import type { VorbisHeaders } from "./vorbis-headers.ts";
import type { DecodedPackets, VorbisLibrary } from "./vorbis-library.ts";

/** What an Ogg Vorbis file is decoded with and from. */
export interface VorbisParts {
	/** A decoder that has the headers and nothing else. */
	readonly library: VorbisLibrary;
	readonly source: ByteSource;
	readonly headers: VorbisHeaders;
	/** The best estimate of the recording's length. */
	readonly frames: number;
	readonly damage: Damage;
	readonly isTrimmed: boolean;
}

/** Lost audio is replaced by silence up to so many seconds a file; beyond that its length is not believed. */
const MOST_SILENT_SECONDS = 300;

/**
 * Decodes one Vorbis stream page by page. Each page says where in time its last packet ends: that is where lost and
 * damaged packets before it are noticed, filled with silence, and where the padding at both ends is cut off.
 *
 * Thread: loader.
 */
export class VorbisDecoder implements Decoder {
	readonly format: RecordedFormat;
	readonly #parts: VorbisParts;
	readonly #packets = new OggPackets();
	readonly #output: LossyOutput;
	#dueSequence: number;
	/** Where the stream stands, in granules; null before its first page, which says where it begins. */
	#granule: number | null = null;
	#silenceLeft: number;
	#soundFrames = 0;
	#hasFailed = false;

	constructor(parts: VorbisParts) {
		const { sampleRate, channels } = parts.headers;
		this.format = { name: "Ogg Vorbis", sampleRate, channels, frames: parts.frames };
		this.#parts = parts;
		this.#output = new LossyOutput(this.format, parts.damage);
		this.#dueSequence = parts.headers.audioSequence;
		this.#silenceLeft = MOST_SILENT_SECONDS * sampleRate;
	}

	get warnings(): readonly string[] {
		return this.#parts.damage.warnings;
	}

	*chunks(): Generator<DecodedChunk, void, undefined> {
		const { source, headers } = this.#parts;
		let isComplete = false;
		for (const page of soundPages(source, headers.audioOffset)) {
			if (page.serial === headers.serial) {
				yield* this.#decodePage(page);
				isComplete ||= page.isLast;
			} else if (isComplete && page.isFirst) this.#report(page.offset, "A further stream was left out");
			if (this.#hasFailed) break;
		}
		if (this.#soundFrames === 0) {
			throw new MalformedAudioError(headers.audioOffset, "Nothing in the Ogg Vorbis file can be decoded.");
		}
		if (!isComplete && !this.#hasFailed) this.#report(source.byteLength, "The file ends without its last page");
	}

	/** The library's memory is garbage from here on; freeing a damaged one could trap. */
	close(): void {}

	*#decodePage(page: OggPage): Generator<DecodedChunk, void, undefined> {
		const isAfterGap = page.sequence !== this.#dueSequence;
		this.#dueSequence = (page.sequence + 1) >>> 0;
		if (isAfterGap) this.#packets.interrupt();
		const decoded = this.#decode(this.#packets.completedIn(page), isAfterGap);
		if (decoded === null) {
			this.#fail(page);
			return;
		}
		if (isAfterGap) this.#report(page.offset, "Lost or damaged pages were replaced by silence");
		if (decoded.damagedCount > 0) this.#report(page.offset, "Damaged packets were replaced by silence");
		const { channelData, frames } = decoded;
		const granule = page.granule < 0 ? (this.#granule ?? 0) + frames : page.granule;
		const hasLoss = isAfterGap || decoded.damagedCount > 0;
		const place = { granule: this.#granule, hasLoss, isTrimmed: this.#parts.isTrimmed };
		const { silence, start, end } = placePage({ granule, isLast: page.isLast, frames }, place);
		if (page.granule >= 0 || frames > 0) this.#granule = Math.max(granule, this.#granule ?? 0);
		const fraction = page.end / this.#parts.source.byteLength;
		yield* this.#fillGap(silence, fraction);
		for (let from = start; from < end; from += CHUNK_FRAMES) {
			const to = Math.min(end, from + CHUNK_FRAMES);
			yield { samples: this.#output.write({ channelData, start: from, end: to }, page.offset), fraction };
		}
		this.#soundFrames += frames;
	}

	*#fillGap(frames: number, fraction: number): Generator<DecodedChunk, void, undefined> {
		const silence = Math.min(frames, this.#silenceLeft);
		this.#silenceLeft -= silence;
		for (let written = 0; written < silence; written += CHUNK_FRAMES) {
			yield { samples: this.#output.writeSilence(Math.min(CHUNK_FRAMES, silence - written)), fraction };
		}
	}

	/** The first packet after a gap overlaps with one that is lost: it only prepares the next. */
	#decode(packets: readonly Uint8Array[], isAfterGap: boolean): DecodedPackets | null {
		const { library } = this.#parts;
		try {
			if (!isAfterGap) return library.decode(packets);
			library.decode(packets.slice(0, 1));
			return library.decode(packets.slice(1));
		} catch (cause) {
			if (!(cause instanceof Error)) throw cause;
			return null;
		}
	}

	#fail(page: OggPage): void {
		this.#hasFailed = true;
		if (this.#soundFrames > 0) this.#report(page.offset, "The decoder failed and the rest was left out");
	}

	#report(byteOffset: number, what: string): void {
		this.#parts.damage.report(byteOffset, `${what} ${atSecond(this.#output.position, this.format.sampleRate)}.`);
	}
}
