import { MalformedAudioError } from "../../errors.ts";
import { type ByteSource, MAX_READ_BYTES } from "../../source/byte-source.ts";
import { charactersAt } from "../characters.ts";
import { type OggPage, soundPages } from "../ogg/ogg-pages.ts";
import { type OnScan, scanProgress } from "../scan-progress.ts";

/** The FLAC stream in an Ogg file, as it would stand in a file of its own. */
export interface OggFlacStream {
	readonly bytes: ByteSource;
	/** False when the file ends before the stream's last page. */
	readonly isComplete: boolean;
	/** Another stream follows it. */
	readonly hasFurtherStream: boolean;
}

/** What stands before the `fLaC` of the first packet: 0x7f, "FLAC", a version and the number of header packets. */
const MAPPING_BYTES = 9;
const MAPPING_START = "\x7fFLAC";
const MOST_BODY_BYTES = 255 * 255;

/**
 * Finds the first FLAC stream of an Ogg file. The bodies of its pages, one after the other, are a FLAC file; where pages
 * are lost or damaged, bytes are missing in it, which the numbers and checksums of its frames tell.
 *
 * Source: RFC 9639, section 10.1.
 *
 * @throws MalformedAudioError when there is no such stream.
 */
export async function findOggFlac(source: ByteSource, onScan?: OnScan): Promise<OggFlacStream> {
	const tell = scanProgress(source.byteLength, onScan);
	let first: { offset: number; serial: number } | null = null;
	let byteLength = -MAPPING_BYTES;
	let isComplete = false;
	let hasFurtherStream = false;
	for (const page of soundPages(source)) {
		const told = tell(page.offset);
		if (told !== null) await told;
		if (first === null && isFlacStart(page)) first = { offset: page.offset, serial: page.serial };
		else if (page.isFirst && (isComplete || page.serial === first?.serial)) {
			hasFurtherStream = true;
			break;
		}
		if (page.serial !== first?.serial) continue;
		byteLength += page.bytes.length - page.bodyStart;
		isComplete ||= page.isLast;
	}
	if (first === null) throw new MalformedAudioError(0, "The Ogg FLAC file has no sound first page.");
	return {
		bytes: new PageBodies(source, { ...first, byteLength: Math.max(0, byteLength) }),
		isComplete,
		hasFurtherStream,
	};
}

function isFlacStart(page: OggPage): boolean {
	return page.isFirst && charactersAt(page.bytes, page.bodyStart, MAPPING_START.length) === MAPPING_START;
}

/**
 * The bodies of a stream's pages without the pages, read in order: going back means beginning again, which a decoder does
 * only while it opens a file.
 */
class PageBodies implements ByteSource {
	readonly byteLength: number;
	readonly #source: ByteSource;
	readonly #first: { readonly offset: number; readonly serial: number };
	readonly #buffer = new Uint8Array(MAX_READ_BYTES + MOST_BODY_BYTES);
	#pages: Generator<OggPage, void, undefined>;
	/** The stretch of the stream in the buffer. */
	#start = -MAPPING_BYTES;
	#end = -MAPPING_BYTES;

	constructor(source: ByteSource, stream: { offset: number; serial: number; byteLength: number }) {
		this.byteLength = stream.byteLength;
		this.#source = source;
		this.#first = stream;
		this.#pages = soundPages(source, stream.offset);
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
		this.#pages = soundPages(this.#source, this.#first.offset);
		this.#start = -MAPPING_BYTES;
		this.#end = -MAPPING_BYTES;
	}

	/** Drops what lies before an offset when there is no room, and then adds what follows. */
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
