import type { ByteSource } from "../../source/byte-source.ts";

/** The head of one element: its id and where its content lies, in bytes from the start of the input. */
export interface EbmlElement {
	/** With the length bits, as in the specifications. */
	readonly id: number;
	readonly offset: number;
	readonly bodyOffset: number;
	/** Infinite for an element of unknown size. */
	readonly end: number;
}

/** A header element with its content. */
export interface EbmlChild {
	readonly id: number;
	readonly body: Uint8Array;
}

const LONGEST_HEAD_BYTES = 12;
const LONGEST_ID_BYTES = 4;
/** Sizes with all of these bits set are unknown. */
const BITS_PER_BYTE = 7;

/**
 * Reads a variable-length number.
 *
 * Source: RFC 8794, section 4.
 *
 * @returns its value without the length bits, infinite if all its bits are set; null if there is none
 */
export function readVint(bytes: Uint8Array, offset: number): { value: number; length: number } | null {
	const first = bytes[offset] ?? 0;
	const length = Math.clz32(first) - 23;
	if (first === 0 || offset + length > bytes.length) return null;
	let value = first & (0xff >> length);
	for (let index = 1; index < length; index++) value = value * 256 + bytes[offset + index]!;
	return { value: value === 2 ** (BITS_PER_BYTE * length) - 1 ? Number.POSITIVE_INFINITY : value, length };
}

/** The element at an offset of a file; null if there is none. It may extend past the end of the file. */
export function readElement(source: ByteSource, offset: number): EbmlElement | null {
	return parseElement(source.read(offset, LONGEST_HEAD_BYTES), 0, offset);
}

/** The complete child elements in the content of an element. */
export function* childElements(bytes: Uint8Array): Generator<EbmlChild, void, undefined> {
	for (let offset = 0; ; ) {
		const element = parseElement(bytes, offset, offset);
		if (element === null || element.end > bytes.length) return;
		yield { id: element.id, body: bytes.subarray(element.bodyOffset, element.end) };
		offset = element.end;
	}
}

function parseElement(bytes: Uint8Array, index: number, offset: number): EbmlElement | null {
	const idLength = Math.clz32(bytes[index] ?? 0) - 23;
	if (idLength > LONGEST_ID_BYTES) return null;
	const size = readVint(bytes, index + idLength);
	if (size === null) return null;
	const id = bytes.subarray(index, index + idLength).reduce((value, byte) => value * 256 + byte, 0);
	const bodyOffset = offset + idLength + size.length;
	return { id, offset, bodyOffset, end: bodyOffset + size.value };
}

/** An unsigned integer of up to 8 bytes; beyond 2^53 it is rounded. */
export function unsignedInteger(body: Uint8Array): number {
	return body.subarray(0, 8).reduce((value, byte) => value * 256 + byte, 0);
}

/** A signed integer of up to 8 bytes; beyond 2^53 it is rounded. */
export function signedInteger(body: Uint8Array): number {
	const value = unsignedInteger(body);
	const bits = 8 * Math.min(body.length, 8);
	return body.length > 0 && body[0]! >= 0x80 ? value - 2 ** bits : value;
}

/** A float of 4 or 8 bytes, else 0. */
export function floatingPoint(body: Uint8Array): number {
	const view = new DataView(body.buffer, body.byteOffset, body.length);
	if (body.length === 4) return view.getFloat32(0);
	return body.length === 8 ? view.getFloat64(0) : 0;
}
