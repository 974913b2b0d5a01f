import { ascii, concat } from "./fixtures.ts";

/** The version and layout of a tag. */
export interface Id3Options {
	readonly version: 2 | 3 | 4;
	/** A zero after each 0xff: in the whole tag, in version 2.4 in each frame. */
	readonly isUnsynchronised?: boolean;
	readonly hasExtendedHeader?: boolean;
	/** Plain frame sizes, which are invalid in version 2.4. */
	readonly hasPlainSizes?: boolean;
	readonly paddingBytes?: number;
}

/** Text encoding, as stored before the text. */
export type Id3Encoding = 0 | 1 | 2 | 3;

/** A frame: its ids in version 2.2 and later, and its content. */
export interface Id3Content {
	readonly names: readonly [short: string, long: string];
	readonly body: Uint8Array;
}

function encoded(text: string, encoding: Id3Encoding): Uint8Array {
	if (encoding === 0 || encoding === 3) return Buffer.from(text, encoding === 0 ? "latin1" : "utf8");
	const little = Buffer.from(text, "utf16le");
	return encoding === 1 ? concat([Uint8Array.of(0xff, 0xfe), little]) : little.swap16();
}

const ending = (encoding: Id3Encoding) => new Uint8Array(encoding === 1 || encoding === 2 ? 2 : 1);

/** A comment with a name. */
export function comment(name: string, text: string, encoding: Id3Encoding = 0): Id3Content {
	const texts = [encoded(name, encoding), ending(encoding), encoded(text, encoding)];
	return { names: ["COM", "COMM"], body: concat([Uint8Array.of(encoding), ascii("eng"), ...texts]) };
}

/** A user-defined text. */
export function userText(name: string, text: string, encoding: Id3Encoding = 0): Id3Content {
	const texts = [encoded(name, encoding), ending(encoding), encoded(text, encoding)];
	return { names: ["TXX", "TXXX"], body: concat([Uint8Array.of(encoding), ...texts]) };
}

/** A picture of repeated 0xff 0xe0. */
export function picture(byteLength: number): Id3Content {
	return {
		names: ["PIC", "APIC"],
		body: Uint8Array.from({ length: byteLength }, (_, i) => (i % 2 === 0 ? 0xff : 0xe0)),
	};
}

function safeSize(size: number): Uint8Array {
	return Uint8Array.of((size >> 21) & 0x7f, (size >> 14) & 0x7f, (size >> 7) & 0x7f, size & 0x7f);
}

function plainSize(size: number, byteLength: number): Uint8Array {
	return Uint8Array.from({ length: byteLength }, (_, index) => size >>> (8 * (byteLength - 1 - index)));
}

function unsynchronised(bytes: Uint8Array): Uint8Array {
	return Uint8Array.from([...bytes].flatMap((byte) => (byte === 0xff ? [byte, 0] : [byte])));
}

function frame({ names, body }: Id3Content, { version, isUnsynchronised = false, hasPlainSizes = false }: Id3Options) {
	if (version === 2) return concat([ascii(names[0]), plainSize(body.length, 3), body]);
	if (version === 3) return concat([ascii(names[1]), plainSize(body.length, 4), Uint8Array.of(0, 0), body]);
	const stored = isUnsynchronised ? unsynchronised(body) : body;
	const content = isUnsynchronised ? concat([safeSize(body.length), stored]) : stored;
	const size = hasPlainSizes ? plainSize(content.length, 4) : safeSize(content.length);
	return concat([ascii(names[1]), size, Uint8Array.of(0, isUnsynchronised ? 3 : 0), content]);
}

/** An ID3v2 tag. */
export function id3Tag(contents: readonly Id3Content[], options: Id3Options): Uint8Array<ArrayBuffer> {
	const { version, isUnsynchronised = false, hasExtendedHeader = false, paddingBytes = 0 } = options;
	const extended = version === 4 ? Uint8Array.of(0, 0, 0, 6, 1, 0) : Uint8Array.of(0, 0, 0, 6, 0, 0, 0, 0, 0, 0);
	const frames = contents.map((content) => frame(content, options));
	const whole = concat([...(hasExtendedHeader ? [extended] : []), ...frames, new Uint8Array(paddingBytes)]);
	const body = isUnsynchronised && version < 4 ? unsynchronised(whole) : whole;
	const flags = (isUnsynchronised ? 0x80 : 0) | (hasExtendedHeader ? 0x40 : 0);
	return concat([ascii("ID3"), Uint8Array.of(version, 0, flags), safeSize(body.length), body]);
}
