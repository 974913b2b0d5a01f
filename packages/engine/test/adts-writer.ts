import { ADTS_HEADER_BYTES, readAdtsHeader } from "../src/decode/aac/adts.ts";
import { concat } from "./fixtures.ts";

/** How the same packets are framed. */
export interface AdtsFraming {
	/** Written as MPEG-2 AAC (FF F8, FF F9) instead of MPEG-4 (FF F0, FF F1). */
	readonly isMpeg2?: boolean;
	/** Two bytes for every checksum, which decoders do not verify; null leaves checksums out. */
	readonly checksum?: number | null;
	/** Raw data blocks in each frame, 1 to 4. */
	readonly blocksPerFrame?: number;
}

/**
 * Repacks the packets of a plain ADTS file with other headers.
 *
 * Source: ISO/IEC 14496-3:2019, section 1.A.2.2.
 */
export function reframedAdts(adts: Uint8Array, framing: AdtsFraming): Uint8Array<ArrayBuffer> {
	const packets = packetsOf(adts);
	const blocksPerFrame = framing.blocksPerFrame ?? 1;
	const frames: Uint8Array[] = [];
	for (let first = 0; first < packets.length; first += blocksPerFrame)
		frames.push(frameOf(adts, packets.slice(first, first + blocksPerFrame), framing));
	return concat(frames);
}

function packetsOf(adts: Uint8Array): Uint8Array[] {
	const packets: Uint8Array[] = [];
	for (let offset = 0; offset < adts.length; ) {
		const { frameBytes } = readAdtsHeader(adts, offset)!;
		packets.push(adts.subarray(offset + ADTS_HEADER_BYTES, offset + frameBytes));
		offset += frameBytes;
	}
	return packets;
}

function frameOf(adts: Uint8Array, blocks: readonly Uint8Array[], framing: AdtsFraming): Uint8Array {
	const { isMpeg2 = false, checksum = null } = framing;
	const check = checksum === null ? new Uint8Array(0) : word(checksum);
	const body = blocks.length === 1 ? concat([check, blocks[0]!]) : severalBlocks(blocks, check);
	const header = adts.slice(0, ADTS_HEADER_BYTES);
	const frameBytes = ADTS_HEADER_BYTES + body.length;
	header[1] = 0xf0 | (isMpeg2 ? 8 : 0) | (checksum === null ? 1 : 0);
	header[3] = (header[3]! & 0xfc) | (frameBytes >> 11);
	header[4] = frameBytes >> 3;
	header[5] = ((frameBytes & 7) << 5) | (header[5]! & 0x1f);
	header[6] = (header[6]! & 0xfc) | (blocks.length - 1);
	return concat([header, body]);
}

/** With checksums: the position of each block but the first, the header's checksum, and one after every block. */
function severalBlocks(blocks: readonly Uint8Array[], check: Uint8Array): Uint8Array {
	if (check.length === 0) return concat(blocks);
	const positions: Uint8Array[] = [];
	let position = 0;
	for (const block of blocks.slice(0, -1)) {
		position += block.length + check.length;
		positions.push(word(position));
	}
	return concat([...positions, check, ...blocks.flatMap((block) => [block, check])]);
}

function word(value: number): Uint8Array {
	return Uint8Array.of(value >> 8, value);
}
