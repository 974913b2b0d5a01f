import { MalformedAudioError } from "../../errors.ts";
import type { ByteSource } from "../../source/byte-source.ts";
import type { Damage } from "../damage.ts";
import type { DecodedChunk, RecordedFormat } from "../decoder.ts";
import { CHUNK_FRAMES, LossyOutput, type PlanarFrames } from "../lossy-output.ts";
import type { OggLink } from "../ogg/chained-decoder.ts";
import { beginsLink, findNextLink } from "../ogg/ogg-links.ts";
import { OggPackets } from "../ogg/ogg-packets.ts";
import { type OggPage, validPages } from "../ogg/ogg-pages.ts";
import { placePage } from "./page-timing.ts";
import type { VorbisHeaders } from "./vorbis-headers.ts";
import type { DecodedPackets, VorbisLibrary } from "./vorbis-library.ts";

/** The inputs of a Vorbis stream's decoder. */
export interface VorbisParts {
	/** A decoder that has only decoded the headers. */
	readonly library: VorbisLibrary;
	readonly source: ByteSource;
	readonly headers: VorbisHeaders;
	/** The best estimate of its length. */
	readonly frames: number;
	readonly damage: Damage;
	readonly isTrimmed: boolean;
}

/** A first page of audio that begins before time zero. */
interface Lead {
	readonly channelData: readonly Float32Array[];
	readonly frames: number;
	/** Frames before time zero. */
	readonly surplus: number;
	readonly place: Pick<OggPage, "offset" | "end">;
}

/** Maximum silence per stream in place of lost audio; its length is not trusted beyond that. */
const MAX_SILENT_SECONDS = 300;

/**
 * Decodes one Vorbis stream page by page. Each page gives the time at which its last packet ends: there lost and damaged
 * packets are detected and replaced by silence, and the padding at both ends is removed.
 *
 * Thread: loader.
 */
export class VorbisDecoder implements OggLink {
	readonly format: RecordedFormat;
	readonly #parts: VorbisParts;
	readonly #packets = new OggPackets();
	readonly #output: LossyOutput;
	#dueSequence: number;
	/** Stream position in granules; null before the first page, which defines it. */
	#granule: number | null = null;
	/** Held back until the next page confirms or refutes its time. */
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
		this.#silenceLeft = MAX_SILENT_SECONDS * sampleRate;
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
		for (const page of validPages(source, headers.audioOffset)) {
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
			throw new MalformedAudioError(
				headers.audioOffset,
				"Nothing in the Ogg Vorbis file can be decoded. Export it again.",
			);
		}
		if (!this.#isComplete && !this.#hasFailed) {
			const what = this.#nextOffset === null ? "The file" : "A stream";
			this.#report(this.#nextOffset ?? source.byteLength, `${what} ends without its last page`);
		}
	}

	/** The library's memory is garbage-collected; freeing it after a failure could trap. */
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
	 * Plays the first page from time zero on. If the second page begins later than the first one ends, the first one's time
	 * was wrong.
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

	/** The first packet after a gap overlaps with a lost one and only primes the next. */
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
