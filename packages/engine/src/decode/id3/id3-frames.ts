import { type ByteSource, MAX_READ_BYTES, memorySource } from "../../source/byte-source.ts";
import { charactersAt } from "../characters.ts";
import { syncSafe } from "../mp3/tags.ts";

/** One entry of a tag. */
export interface Id3Frame {
	/** Four characters, three in version 2.2. */
	readonly id: string;
	/** The content after the header, with unsynchronisation undone. */
	readonly body: Uint8Array;
}

/** The frame layout of a version. */
interface FrameLayout {
	readonly idLength: number;
	readonly sizeLength: number;
	readonly headBytes: number;
}

const HEADER_BYTES = 10;
const IS_UNSYNCHRONISED = 0x80;
const HAS_EXTENDED_HEADER = 0x40;
const layouts: Readonly<Record<number, FrameLayout>> = {
	2: { idLength: 3, sizeLength: 3, headBytes: 6 },
	3: { idLength: 4, sizeLength: 4, headBytes: 10 },
	4: { idLength: 4, sizeLength: 4, headBytes: 10 },
};
/** Longer frames are pictures and the like. */
const MAX_BODY_BYTES = 4_096;
/** More frames than this are a denial of service. */
const MAX_FRAMES = 4_096;

/**
 * The short frames of an ID3v2 tag that are neither compressed nor encrypted.
 *
 * Source: M. Nilsson, "ID3 tag version 2.4.0 - Main Structure" (2000), "ID3 tag version 2.3.0" (1999) and "ID3 tag
 * version 2.00" (1998).
 *
 * @param start - offset of the tag's header
 * @param end - end of the tag
 * @param isWanted - selects frames by their ids
 */
export function* id3Frames(
	source: ByteSource,
	{ start, end }: { readonly start: number; readonly end: number },
	isWanted: (id: string) => boolean,
): Generator<Id3Frame, void, undefined> {
	const header = source.read(start, HEADER_BYTES);
	const version = header[3] ?? 0;
	const layout = layouts[version];
	if (charactersAt(header, 0, 3) !== "ID3" || layout === undefined) return;
	const flags = header[5]!;
	const isUnsynchronised = (flags & IS_UNSYNCHRONISED) !== 0;
	const body = tagBody(source, { start: start + HEADER_BYTES, end }, isUnsynchronised && version < 4);
	let offset = (flags & HAS_EXTENDED_HEADER) === 0 || version === 2 ? 0 : extendedHeaderBytes(body, version);
	for (let count = 0; count < MAX_FRAMES; count++) {
		const head = body.read(offset, layout.headBytes).slice();
		const id = charactersAt(head, 0, layout.idLength);
		if (head.length < layout.headBytes || !isFrameId(id)) return;
		const size = version === 4 ? frameBytes24(body, offset) : bigEndian(head, layout.idLength, layout.sizeLength);
		if (isWanted(id) && size <= MAX_BODY_BYTES) {
			const bytes = body.read(offset + layout.headBytes, size).slice();
			const content = version === 2 ? bytes : frameBody(bytes, { version, flags: head[9]!, isUnsynchronised });
			if (content !== null) yield { id, body: content };
		}
		offset += layout.headBytes + size;
	}
}

/** The bytes after a tag's header. Before version 2.4, unsynchronisation covers the whole tag or none of it. */
function tagBody(
	source: ByteSource,
	{ start, end }: { readonly start: number; readonly end: number },
	isUnsynchronised: boolean,
): ByteSource {
	if (isUnsynchronised) return memorySource(synchronised(source.read(start, Math.min(end - start, MAX_READ_BYTES))));
	return {
		byteLength: end - start,
		read: (offset, length) => source.read(start + offset, Math.max(0, Math.min(length, end - start - offset))),
	};
}

/** Removes the zero after each 0xff. */
function synchronised(bytes: Uint8Array): Uint8Array {
	return bytes.filter((byte, index) => !(byte === 0 && index > 0 && bytes[index - 1] === 0xff));
}

function isFrameId(id: string): boolean {
	return /^[A-Z\d]+ ?$/.test(id);
}

/** In version 2.3 the size excludes its own four bytes. */
function extendedHeaderBytes(body: ByteSource, version: number): number {
	const size = body.read(0, 4);
	if (size.length < 4) return 0;
	return version === 4 ? syncSafe(size, 0) : 4 + bigEndian(size, 0, 4);
}

/** Some writers of version 2.4 use plain sizes: then the next frame is where a plain size leads. */
function frameBytes24(body: ByteSource, offset: number): number {
	const { headBytes } = layouts[4]!;
	const size = body.read(offset + 4, 4).slice();
	const plain = bigEndian(size, 0, 4);
	const safe = syncSafe(size, 0);
	if (plain === safe) return safe;
	const leadsOn = (bytes: number) => {
		const next = offset + headBytes + bytes;
		if (next === body.byteLength) return true;
		const id = body.read(next, 4);
		return id.length === 4 && (isFrameId(charactersAt(id, 0, 4)) || id.every((byte) => byte === 0));
	};
	const isSafe = size.every((byte) => byte < 0x80) && (leadsOn(safe) || !leadsOn(plain));
	return isSafe ? safe : plain;
}

/** A frame's content without the fields its flags add; null if it is compressed or encrypted. */
function frameBody(
	bytes: Uint8Array,
	{ version, flags, isUnsynchronised }: { version: number; flags: number; isUnsynchronised: boolean },
): Uint8Array | null {
	const has = (bit: number) => (flags & bit) !== 0;
	if (version === 3) return has(0x80) || has(0x40) ? null : bytes.subarray(has(0x20) ? 1 : 0);
	if (has(0x08) || has(0x04)) return null;
	const content = bytes.subarray((has(0x40) ? 1 : 0) + (has(0x01) ? 4 : 0));
	return isUnsynchronised || has(0x02) ? synchronised(content) : content;
}

function bigEndian(bytes: Uint8Array, offset: number, length: number): number {
	return bytes.subarray(offset, offset + length).reduce((value, byte) => value * 256 + byte, 0);
}
