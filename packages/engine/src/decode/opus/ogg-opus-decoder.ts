import { isLooperError, MalformedAudioError } from "../../errors.ts";
import type { ByteSource } from "../../source/byte-source.ts";
import type { Damage } from "../damage.ts";
import type { DecodedChunk, Decoder, RecordedFormat } from "../decoder.ts";
import { beginsLink } from "../ogg/ogg-links.ts";
import { OggPackets } from "../ogg/ogg-packets.ts";
import { type OggPage, validPages } from "../ogg/ogg-pages.ts";
import { streamFormat } from "../ogg/sniff-ogg.ts";
import { isOpusHead, OPUS_SAMPLE_RATE, type OpusHead, plainMapping, readOpusHead } from "./opus-head.ts";
import type { OpusLibrary } from "./opus-library.ts";
import { OpusOutput } from "./opus-output.ts";
import { opusPacket } from "./opus-packet.ts";
import { placePackets } from "./place-packets.ts";

/** The inputs of an Ogg Opus file's decoder. */
export interface OggOpusParts {
	readonly library: OpusLibrary;
	readonly source: ByteSource;
	/** The first page of the first Opus stream. */
	readonly firstPage: Pick<OggPage, "offset" | "serial">;
	readonly channels: 1 | 2;
	/** The best estimate of the recording's length. */
	readonly frames: number;
	readonly damage: Damage;
	readonly isTrimmed: boolean;
}

/** One of the consecutive streams of a file. */
interface Link {
	readonly serial: number;
	readonly packets: OggPackets;
	/** False for a stream that is left out. */
	readonly isPlayed: boolean;
	/** Pages after the first ones have been read. */
	isPastHead: boolean;
	/** The comments have been skipped. */
	hasComments: boolean;
	dueSequence: number;
	/** Stream position in granules; null before the first page of audio, which defines it. */
	granule: number | null;
	isComplete: boolean;
}

/** Parallel streams that are told apart. */
const MAX_STREAMS = 64;

/**
 * Decodes the Opus streams of an Ogg file page by page. Each page gives the time at which its last packet ends: there
 * lost packets are detected and replaced by silence, and the padding at the end is removed.
 *
 * Thread: loader.
 * Source: RFC 7845, sections 4 and 5.
 */
export class OggOpusDecoder implements Decoder {
	readonly #parts: OggOpusParts;
	readonly #format: RecordedFormat;
	readonly #output: OpusOutput;
	#link: Link | null = null;
	readonly #otherSerials = new Set<number>();
	#isFinished = false;

	constructor(parts: OggOpusParts) {
		const { channels, frames } = parts;
		this.#parts = parts;
		this.#format = { name: "Ogg Opus", sampleRate: OPUS_SAMPLE_RATE, channels, frames };
		this.#output = new OpusOutput(parts.library, this.#format, parts.damage);
	}

	get format(): RecordedFormat {
		return this.#isFinished ? { ...this.#format, frames: this.#output.position } : this.#format;
	}

	get warnings(): readonly string[] {
		return this.#parts.damage.warnings;
	}

	*chunks(): Generator<DecodedChunk, void, undefined> {
		const { source, firstPage } = this.#parts;
		for (const page of validPages(source)) {
			if (!page.isFirst) this.#passHead(page.offset);
			if (this.#startsLink(page)) this.#beginLink(page);
			else if (page.serial === this.#link?.serial) yield* this.#takePage(page, this.#link);
			else this.#passOver(page);
			if (this.#output.hasFailed) break;
		}
		if (!this.#output.hasFailed) {
			this.#passHead(source.byteLength);
			this.#checkEnd(source.byteLength);
		}
		yield* this.#output.finish(source.byteLength);
		if (this.#output.soundFrames === 0) {
			throw new MalformedAudioError(firstPage.offset, "Nothing in the Ogg Opus file can be decoded.");
		}
		this.#isFinished = true;
	}

	close(): void {
		this.#parts.library.close();
	}

	/** First pages are contiguous; one after other pages begins the next link. */
	#startsLink(page: OggPage): boolean {
		const link = this.#link;
		if (link === null) return page.isFirst && page.serial === this.#parts.firstPage.serial;
		if (link.isPastHead) return beginsLink(page, link);
		return page.isFirst && !link.isPlayed && streamFormat(page) === "ogg-opus";
	}

	/** After the head of a link without a playable stream, nothing in the link can be played. */
	#passHead(byteOffset: number): void {
		const link = this.#link;
		if (link === null || link.isPastHead) return;
		link.isPastHead = true;
		if (!link.isPlayed) this.#output.report(byteOffset, "A further stream was left out");
	}

	/** Parallel streams begin together with the played one; a stream that appears later has lost its beginning. */
	#passOver({ serial, isFirst, offset }: OggPage): void {
		const isKnown = this.#otherSerials.has(serial);
		if (isKnown || this.#otherSerials.size === MAX_STREAMS) return;
		this.#otherSerials.add(serial);
		if (!isFirst && this.#link?.isComplete === true) {
			this.#output.report(offset, "A stream whose first page is lost was left out");
		}
	}

	#beginLink(page: OggPage): void {
		this.#checkEnd(page.offset);
		const packets = new OggPackets();
		const [packet = new Uint8Array()] = packets.completedIn(page);
		const head = this.#readHead(packet, page.offset);
		if (head !== null) {
			this.#parts.library.begin(head);
			this.#output.skip(this.#parts.isTrimmed ? head.preSkip : 0);
		}
		this.#link = {
			serial: page.serial,
			packets,
			isPlayed: head !== null,
			isPastHead: false,
			hasComments: false,
			dueSequence: (page.sequence + 1) >>> 0,
			granule: null,
			isComplete: false,
		};
	}

	/** @returns null if the stream cannot be played after those before it */
	#readHead(packet: Uint8Array, byteOffset: number): OpusHead | null {
		const { channels } = this.#parts;
		if (!isOpusHead(packet)) return null;
		try {
			const head = readOpusHead(packet, byteOffset);
			const [channel = 0] = head.mapping;
			if (head.isPlain) {
				// Any stream can be decoded to either count; only a downmix loses something.
				if (head.channels > channels) this.#output.report(byteOffset, "A further stream was mixed down to one channel");
				return { ...head, channels, ...plainMapping(channels) };
			}
			if (head.channels < channels) return { ...head, channels, mapping: [channel, channel] };
			return head.channels === channels ? head : null;
		} catch (error) {
			if (this.#parts.damage.isStrict || !isLooperError(error)) throw error;
			return null;
		}
	}

	*#takePage(page: OggPage, link: Link): Generator<DecodedChunk, void, undefined> {
		const isAfterGap = page.sequence !== link.dueSequence;
		link.dueSequence = (page.sequence + 1) >>> 0;
		link.isComplete ||= page.isLast;
		if (isAfterGap) link.packets.interrupt();
		const packets = link.packets.completedIn(page);
		if (!link.hasComments && page.granule <= 0) {
			link.hasComments = packets.length > 0;
			return;
		}
		link.hasComments = true;
		if (link.isPlayed) {
			if (isAfterGap) this.#output.report(page.offset, "Lost or damaged pages were replaced by silence");
			const place = { granule: link.granule, hasLoss: isAfterGap, isTrimmed: this.#parts.isTrimmed };
			const placed = placePackets(page, packets.map(opusPacket), place);
			link.granule = placed.granule;
			const fraction = page.end / this.#parts.source.byteLength;
			yield* this.#output.play({ ...placed, byteOffset: page.offset, fraction });
		} else link.granule ??= 0;
	}

	#checkEnd(byteOffset: number): void {
		const isCut = this.#link?.isPlayed === true && !this.#link.isComplete;
		if (isCut) this.#output.report(byteOffset, "The stream ends without its last page");
	}
}
