import { LooperError, MalformedAudioError } from "../../errors.ts";
import { type ByteSource, MAX_READ_BYTES } from "../../source/byte-source.ts";
import type { DecodeContext, Decoder } from "../decoder.ts";
import { type Chunk, fourCharacters, readView } from "../pcm/chunk-reader.ts";
import { alacCodec } from "../platform/alac-codec.ts";
import type { PacketPlace, PacketStream } from "../platform/packet-stream.ts";
import { openPlatformDecoder } from "../platform/platform-decoder.ts";
import type { CafFile } from "./caf-file.ts";

/** Counts of packets, frames, priming and remainder, before the packet lengths. */
const TABLE_HEAD_BYTES = 24;
const COOKIE_BYTES = 24;
/** Boxes that older encoders wrap around the configuration. */
const FRMA_BYTES = 12;
const ALAC_HEAD_BYTES = 12;

/**
 * Opens a CAF file of ALAC.
 *
 * Thread: loader.
 * Source: Apple, "Core Audio Format Specification 1.0" (2011), packet table chunk.
 *
 * @throws MalformedAudioError if its tables are damaged.
 * @throws LooperError `unsupported-format` if the platform has no ALAC decoder, `unsupported-channels`.
 */
export function openCafAlac(source: ByteSource, file: CafFile, context: DecodeContext): Promise<Decoder> {
	const cookieChunk = file.chunks.get("kuki");
	const tableChunk = file.chunks.get("pakt");
	if (cookieChunk === undefined || tableChunk === undefined) {
		const missing = cookieChunk === undefined ? "configuration" : "packet table";
		throw new MalformedAudioError(source.byteLength, `The CAF file has no ALAC ${missing}. Export it again.`);
	}
	const codec = alacCodec(readCookie(source, cookieChunk), cookieChunk.bodyOffset);
	const table = readTable(source, tableChunk);
	const packetCount = countPackets(table);
	if (packetCount === 0)
		throw new MalformedAudioError(tableChunk.bodyOffset, "The CAF file has no audio packets. Export it again.");
	const estimatedFrames = packetCount * codec.packetFrames;
	const stream: PacketStream = {
		name: "ALAC in CAF",
		codec,
		prerollPackets: () => 0,
		recording: readRecording(table, estimatedFrames),
		estimatedFrames,
		packets: () => packetsOf(table, file.dataOffset, codec.packetFrames),
		read: (place) => readPacket(source, place),
	};
	return openPlatformDecoder(stream, context);
}

function readCookie(source: ByteSource, { bodyOffset, bodyBytes }: Chunk): Uint8Array<ArrayBuffer> {
	const view = readView(source, bodyOffset, Math.min(bodyBytes, FRMA_BYTES + ALAC_HEAD_BYTES + COOKIE_BYTES));
	const isWrapped = fourCharacters(view, 4) === "frma";
	const bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
	return bytes.slice(isWrapped ? FRMA_BYTES + ALAC_HEAD_BYTES : 0);
}

function readTable(source: ByteSource, { bodyOffset, bodyBytes }: Chunk): DataView {
	if (bodyBytes > MAX_READ_BYTES) {
		const message = `The CAF file's packet table has ${bodyBytes} bytes, more than fits in memory. Split the file into parts.`;
		throw new LooperError("out-of-memory", message);
	}
	const table = source.read(bodyOffset, bodyBytes).slice();
	if (table.length >= TABLE_HEAD_BYTES) return new DataView(table.buffer);
	throw new MalformedAudioError(
		bodyOffset,
		`The CAF packet table has ${table.length} bytes; ${TABLE_HEAD_BYTES} are needed. Export the file again.`,
	);
}

function readRecording(table: DataView, mostFrames: number): PacketStream["recording"] {
	const validFrames = Number(table.getBigInt64(8));
	const start = table.getInt32(16);
	const isTrue = start >= 0 && validFrames > 0 && start + validFrames <= mostFrames;
	return isTrue ? { start, frames: validFrames } : { start: 0, frames: Number.POSITIVE_INFINITY };
}

function countPackets(table: DataView): number {
	let count = 0;
	for (const lengths = packetLengths(table); lengths.next().done !== true; ) count++;
	return count;
}

function* packetsOf(table: DataView, dataOffset: number, frames: number): Generator<PacketPlace, void, undefined> {
	let byteOffset = dataOffset;
	for (const byteLength of packetLengths(table)) {
		yield { byteOffset, byteLength, frames, isAfterGap: false };
		byteOffset += byteLength;
	}
}

/** Packet lengths in bytes: seven bits per byte, most significant first; the last byte has its top bit clear. */
function* packetLengths(table: DataView): Generator<number, void, undefined> {
	const packetCount = Number(table.getBigInt64(0));
	let length = 0;
	let count = 0;
	for (let offset = TABLE_HEAD_BYTES; offset < table.byteLength && count < packetCount; offset++) {
		const byte = table.getUint8(offset);
		length = Math.min(length * 128 + (byte & 0x7f), Number.MAX_SAFE_INTEGER);
		if (byte >= 0x80) continue;
		yield length;
		length = 0;
		count++;
	}
}

function readPacket(source: ByteSource, { byteOffset, byteLength }: PacketPlace): Uint8Array | null {
	if (byteOffset + byteLength > source.byteLength) return null;
	const wantedBytes = byteLength > MAX_READ_BYTES ? 0 : byteLength;
	const packet = source.read(byteOffset, wantedBytes).slice();
	return packet.length < wantedBytes ? null : packet;
}
