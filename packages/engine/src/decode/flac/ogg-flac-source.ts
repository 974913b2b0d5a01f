import { type ByteSource, MAX_READ_BYTES } from "../../source/byte-source.ts";
import { charactersAt } from "../characters.ts";
import { beginsLink } from "../ogg/ogg-links.ts";
import { type OggPage, validPages } from "../ogg/ogg-pages.ts";
import { type OnScan, scanProgress } from "../scan-progress.ts";

/** A FLAC stream in an Ogg file, in the form of a native FLAC file. */
export interface OggFlacStream {
	readonly bytes: ByteSource;
	/** The range of the Ogg file that its pages span. */
	readonly start: number;
	readonly end: number;
	/** False if its last page is missing. */
	readonly isComplete: boolean;
	/** Offset of the next link of a chained file; null if there is none. */
	readonly nextOffset: number | null;
	/** Offset of the first page of a stream without a first page; null if there is none. */
	readonly strangerOffset: number | null;
}

/** Bytes before the `fLaC` of the first packet: 0x7f, "FLAC", a version and the number of header packets. */
const MAPPING_BYTES = 9;
const MAPPING_START = "\x7fFLAC";
const MAX_BODY_BYTES = 255 * 255;

/** Parallel streams that are told apart. */
const MAX_STREAMS = 64;

/**
 * Finds the first FLAC stream of the link at an offset of an Ogg file. The concatenated bodies of its pages are a FLAC
 * file; lost or damaged pages are missing bytes in it, which the numbers and checksums of its frames
 * reveal.
 *
 * Source: RFC 9639, section 10.1.
 *
 * @returns null if there is no such stream
 */
export async function findOggFlac(source: ByteSource, from: number, onScan?: OnScan): Promise<OggFlacStream | null> {
	const tell = scanProgress(source.byteLength, onScan);
	let first: { offset: number; serial: number } | null = null;
	let byteLength = -MAPPING_BYTES;
	let end = from;
	let isPastHead = false;
	let isComplete = false;
	let nextOffset: number | null = null;
	let strangerOffset: number | null = null;
	const otherSerials = new Set<number>();
	for (const page of validPages(source, from)) {
		const told = tell(page.offset);
		if (told !== null) await told;
		isPastHead ||= !page.isFirst;
		if (first === null) {
			if (isPastHead) return null;
			if (isFlacStart(page)) first = { offset: page.offset, serial: page.serial };
		} else if (isPastHead && beginsLink(page, { serial: first.serial, isComplete })) {
			nextOffset = page.offset;
			break;
		}
		if (page.serial === first?.serial) {
			byteLength += page.bytes.length - page.bodyStart;
			isComplete ||= page.isLast;
			end = page.end;
		} else if (page.isFirst && otherSerials.size < MAX_STREAMS) otherSerials.add(page.serial);
		else if (isComplete && !otherSerials.has(page.serial)) strangerOffset ??= page.offset;
	}
	if (first === null) return null;
	const bytes = new PageBodies(source, { ...first, byteLength: Math.max(0, byteLength) });
	return { bytes, start: first.offset, end, isComplete, nextOffset, strangerOffset };
}

function isFlacStart(page: OggPage): boolean {
	return page.isFirst && charactersAt(page.bytes, page.bodyStart, MAPPING_START.length) === MAPPING_START;
}

/**
 * The page bodies of a stream without the page headers, read in order: going back restarts from the first page, which a decoder
 * does only while it opens a file.
 */
class PageBodies implements ByteSource {
	readonly byteLength: number;
	readonly #source: ByteSource;
	readonly #first: { readonly offset: number; readonly serial: number };
	readonly #buffer: Uint8Array;
	#pages: Generator<OggPage, void, undefined>;
	/** The range of the stream in the buffer. */
	#start = -MAPPING_BYTES;
	#end = -MAPPING_BYTES;

	constructor(source: ByteSource, stream: { offset: number; serial: number; byteLength: number }) {
		this.byteLength = stream.byteLength;
		this.#source = source;
		this.#first = stream;
		this.#pages = validPages(source, stream.offset);
		this.#buffer = new Uint8Array(Math.min(MAX_READ_BYTES, MAPPING_BYTES + stream.byteLength) + MAX_BODY_BYTES);
	}

	read(byteOffset: number, byteLength: number): Uint8Array {
		const end = Math.min(byteOffset + Math.min(byteLength, MAX_READ_BYTES), this.byteLength);
		if (byteOffset < this.#start) this.#rewind();
		while (this.#end < end) {
			const { value: page } = this.#pages.next();
			if (page === undefined) break;
			if (page.serial === this.#first.serial) this.#append(page.bytes.subarray(page.bodyStart), byteOffset);
		}
		const from = Math.min(byteOffset, this.#end) - this.#start;
		return this.#buffer.subarray(from, Math.max(from, Math.min(end, this.#end) - this.#start));
	}

	#rewind(): void {
		this.#pages = validPages(this.#source, this.#first.offset);
		this.#start = -MAPPING_BYTES;
		this.#end = -MAPPING_BYTES;
	}

	/** Appends a body, dropping the bytes before an offset if there is no room. */
	#append(body: Uint8Array, byteOffset: number): void {
		if (this.#end - this.#start + body.length > this.#buffer.length) {
			const kept = Math.min(byteOffset, this.#end);
			this.#buffer.copyWithin(0, kept - this.#start, this.#end - this.#start);
			this.#start = kept;
		}
		this.#buffer.set(body, this.#end - this.#start);
		this.#end += body.length;
	}
}
