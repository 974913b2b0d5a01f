import type { PlatformCodec } from "./platform-audio.ts";

const FTYP = "M4A \0\0\0\0M4A mp42isom";
/** The identity matrix in 16.16 fixed point, its last column in 2.30. */
const UNITY = [0x1_0000, 0, 0, 0, 0x1_0000, 0, 0, 0, 0x4000_0000] as const;

/**
 * A whole MP4 file of ALAC packets, index first, for decoders that only take files.
 *
 * Source: ISO/IEC 14496-12:2022, section 8; Apple, "ALAC in MP4" (2011).
 *
 * @param cookie - ALAC's configuration
 */
export function alacFile(codec: PlatformCodec, cookie: Uint8Array, packets: readonly Uint8Array[]): Uint8Array {
	const head = box("ftyp", text(FTYP));
	// The length of the index does not depend on the packet offsets, so a first pass determines it.
	const indexBytes = movie(codec, cookie, { packets, dataOffset: 0 }).length;
	const dataOffset = head.length + indexBytes + 8;
	return concat([head, movie(codec, cookie, { packets, dataOffset }), box("mdat", ...packets)]);
}

function movie(
	codec: PlatformCodec,
	cookie: Uint8Array,
	data: { packets: readonly Uint8Array[]; dataOffset: number },
): Uint8Array {
	const { sampleRate, channels, packetFrames } = codec;
	const { packets, dataOffset } = data;
	const duration = packets.length * packetFrames;
	const rate = Math.min(sampleRate, 0xffff) * 0x1_0000;
	const description = box(
		"alac",
		words(0, 1, 0, 0),
		halves(channels, 16, 0, 0),
		words(rate),
		box("alac", words(0), cookie),
	);
	const sampleTable = box(
		"stbl",
		box("stsd", words(0, 1), description),
		box("stts", words(0, 1, packets.length, packetFrames)),
		box("stsc", words(0, 1, 1, packets.length, 1)),
		box("stsz", words(0, 0, packets.length, ...packets.map((packet) => packet.length))),
		box("stco", words(0, 1, dataOffset)),
	);
	const media = box(
		"mdia",
		box("mdhd", words(0, 0, 0, sampleRate, duration), halves(0x55c4, 0)),
		box("hdlr", words(0, 0), text("soun"), words(0, 0, 0), text("\0")),
		box("minf", box("smhd", words(0, 0)), box("dinf", box("dref", words(0, 1), box("url ", words(1)))), sampleTable),
	);
	return box(
		"moov",
		box(
			"mvhd",
			words(0, 0, 0, sampleRate, duration, 0x1_0000),
			halves(0x100, 0),
			words(0, 0, ...UNITY),
			zeros(24),
			words(2),
		),
		box(
			"trak",
			box("tkhd", words(7, 0, 0, 1, 0, duration, 0, 0), halves(0, 0, 0x100, 0), words(...UNITY, 0, 0)),
			media,
		),
	);
}

function box(type: string, ...parts: readonly Uint8Array[]): Uint8Array {
	const body = concat(parts);
	return concat([words(body.length + 8), text(type), body]);
}

function words(...values: readonly number[]): Uint8Array {
	const view = new DataView(new ArrayBuffer(4 * values.length));
	for (const [index, value] of values.entries()) view.setUint32(4 * index, value);
	return new Uint8Array(view.buffer);
}

function halves(...values: readonly number[]): Uint8Array {
	const view = new DataView(new ArrayBuffer(2 * values.length));
	for (const [index, value] of values.entries()) view.setUint16(2 * index, value);
	return new Uint8Array(view.buffer);
}

function zeros(count: number): Uint8Array {
	return new Uint8Array(count);
}

function text(characters: string): Uint8Array {
	return Uint8Array.from(characters, (character) => character.charCodeAt(0));
}

function concat(parts: readonly Uint8Array[]): Uint8Array {
	const bytes = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
	let offset = 0;
	for (const part of parts) {
		bytes.set(part, offset);
		offset += part.length;
	}
	return bytes;
}
