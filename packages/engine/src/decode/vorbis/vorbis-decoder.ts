import { MalformedAudioError } from "../../errors.ts";
import type { ByteSource } from "../../source/byte-source.ts";
import type { Damage } from "../damage.ts";
import type { DecodedChunk, RecordedFormat } from "../decoder.ts";
import { CHUNK_FRAMES, LossyOutput, type PlanarFrames } from "../lossy-output.ts";
import type { OggLink } from "../ogg/chained-decoder.ts";
import { beginsLink, findNextLink } from "../ogg/ogg-links.ts";
import { OggPackets } from "../ogg/ogg-packets.ts";
import { type OggPage, soundPages } from "../ogg/ogg-pages.ts";
import { placePage } from "./page-timing.ts";
import type { VorbisHeaders } from "./vorbis-headers.ts";
import type { DecodedPackets, VorbisLibrary } from "./vorbis-library.ts";

/** What a Vorbis stream is decoded with and from. */
export interface VorbisParts {
	/** A decoder that has the headers and nothing else. */
	readonly library: VorbisLibrary;
	readonly source: ByteSource;
	readonly headers: VorbisHeaders;
	/** The best estimate of its length. */
	readonly frames: number;
	readonly damage: Damage;
	readonly isTrimmed: boolean;
}

/** A first page of audio that says it begins before time zero. */
interface Lead {
	readonly channelData: readonly Float32Array[];
	readonly frames: number;
	/** Frames before time zero. */
	readonly surplus: number;
	readonly place: Pick<OggPage, "offset" | "end">;
}

/** Lost audio is replaced by silence up to so many seconds a stream; beyond that its length is not believed. */
const MOST_SILENT_SECONDS = 300;

/**
 * Decodes one Vorbis stream page by page. Each page says where in time its last packet ends: that is where lost and
 * damaged packets before it are noticed, filled with silence, and where the padding at both ends is cut off.
 *
 * Thread: loader.
 */
export class VorbisDecoder implements OggLink {
	readonly format: RecordedFormat;
	readonly #parts: VorbisParts;
	readonly #packets = new OggPackets();
	readonly #output: LossyOutput;
	#dueSequence: number;
	/** Where the stream stands, in granules; null before its first page, which says where it begins. */
	#granule: number | null = null;
	/** Kept until the next page tells whether its time can be true. */
	#lead: Lead | null = null;
	#silenceLeft: number;
	#soundFrames = 0;
	#hasFailed = false;
	#hasAudio = false;
	#isComplete: boolean;
	#nextOffset: number | null = null;

	constructor(parts: VorbisParts) {
		const { sampleRate, channels } = parts.headers;
		this.format = { name: "Ogg Vorbis", sampleRate, channels, frames: parts.frames };
		this.#parts = parts;
		this.#output = new LossyOutput(this.format, parts.damage);
		this.#dueSequence = parts.headers.audioSequence;
		this.#isComplete = parts.headers.isEmpty;
		this.#silenceLeft = MOST_SILENT_SECONDS * sampleRate;
	}

	get warnings(): readonly string[] {
		return this.#parts.damage.warnings;
	}

	get nextOffset(): number | null {
		return this.#nextOffset;
	}

	*chunks(): Generator<DecodedChunk, void, undefined> {
		const { source, headers } = this.#parts;
		let hasStranger = false;
		for (const page of soundPages(source, headers.audioOffset)) {
			if (beginsLink(page, { serial: headers.serial, isComplete: this.#isComplete })) {
				this.#nextOffset = page.offset;
				break;
			}
			if (page.serial === headers.serial) yield* this.#decodePage(page);
			else if (this.#isComplete && !hasStranger && !headers.otherSerials.has(page.serial)) {
				hasStranger = true;
				this.#report(page.offset, "A stream whose first page is lost was left out");
			}
			if (this.#hasFailed) {
				this.#nextOffset = findNextLink(source, page.end);
				break;
			}
		}
		yield* this.#playLead(0);
		if (this.#hasAudio && this.#soundFrames === 0) {
			throw new MalformedAudioError(headers.audioOffset, "Nothing in the Ogg Vorbis file can be decoded.");
		}
		if (!this.#isComplete && !this.#hasFailed) {
			const what = this.#nextOffset === null ? "The file" : "A stream";
			this.#report(this.#nextOffset ?? source.byteLength, `${what} ends without its last page`);
		}
	}

	/** The library's memory is garbage from here on; freeing a damaged one could trap. */
	close(): void {}

	*#decodePage(page: OggPage): Generator<DecodedChunk, void, undefined> {
		this.#hasAudio = true;
		this.#isComplete ||= page.isLast;
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
		if (this.#isLead(page, { frames, hasLoss })) {
			const surplus = frames - granule;
			const kept = channelData.map((channel) => channel.slice(0, frames));
			this.#lead = { channelData: kept, frames, surplus, place: { offset: page.offset, end: page.end } };
			this.#granule = granule;
			this.#soundFrames += frames;
			return;
		}
		yield* this.#playLead(hasLoss ? 0 : granule - frames - (this.#granule ?? 0));
		const place = { granule: this.#granule, hasLoss, isTrimmed: this.#parts.isTrimmed };
		const { silence, start, end } = placePage({ granule, isLast: page.isLast, frames }, place);
		if (page.granule >= 0 || frames > 0) this.#granule = Math.max(granule, this.#granule ?? 0);
		yield* this.#fillGap(silence, page.end / this.#parts.source.byteLength);
		yield* this.#write({ channelData, start, end }, page);
		this.#soundFrames += frames;
	}

	#isLead(page: OggPage, { frames, hasLoss }: { frames: number; hasLoss: boolean }): boolean {
		const isFirst = this.#granule === null && !hasLoss && !page.isLast;
		return isFirst && this.#parts.isTrimmed && page.granule >= 0 && page.granule < frames;
	}

	/**
	 * Plays the first page from time zero on. Where the page behind it begins later than the first one ends, it is the
	 * first one's time that is wrong.
	 *
	 * @param missingFrames - between the two pages, by their granules
	 */
	*#playLead(missingFrames: number): Generator<DecodedChunk, void, undefined> {
		if (this.#lead === null) return;
		const { channelData, frames, surplus, place } = this.#lead;
		this.#lead = null;
		const start = Math.max(0, surplus - Math.max(0, missingFrames));
		yield* this.#write({ channelData, start, end: frames }, place);
	}

	*#write(
		{ channelData, start, end }: PlanarFrames,
		{ offset, end: pageEnd }: Pick<OggPage, "offset" | "end">,
	): Generator<DecodedChunk, void, undefined> {
		const fraction = pageEnd / this.#parts.source.byteLength;
		for (let from = start; from < end; from += CHUNK_FRAMES) {
			const to = Math.min(end, from + CHUNK_FRAMES);
			yield { samples: this.#output.write({ channelData, start: from, end: to }, offset), fraction };
		}
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
		const { damage } = this.#parts;
		damage.report(byteOffset, `${what} ${damage.at(this.#output.position, this.format.sampleRate)}.`);
	}
}
