import type { ByteSource } from "../../source/byte-source.ts";
import { type OnScan, scanProgress } from "../scan-progress.ts";

/** Samples with fewer bits than their container, one after the other. */
export interface PaddedSamples {
	/** Where they stand, in bytes from the start of the file. */
	readonly dataOffset: number;
	readonly dataBytes: number;
	/** Bytes of a container, 2..4. */
	readonly bytes: number;
	/** Bits of a sample, at least 8 fewer than the container has. */
	readonly bits: number;
	readonly isLittleEndian: boolean;
}

/** Where a sample stands in its container: at the top, with zeros below it; at the bottom; or all bits are in use. */
export type Placement = "top" | "bottom" | "none";

/** A whole number of containers of 2, 3 and 4 bytes. */
const STRETCH_BYTES = 65_520;

/**
 * Finds out where samples stand in their containers, which formats prescribe and writers do not obey: `arecord` puts
 * 24 bits at the bottom of four bytes, and others put them at the top.
 *
 * Samples stand at the bottom when the bits above them only repeat their sign, or are all zero, and the bits below the
 * place at the top are in use. The first loud sample at the top rules that out; otherwise all of them are looked at.
 */
export async function placementOf(
	source: ByteSource,
	samples: PaddedSamples,
	onScan: OnScan | undefined,
): Promise<Placement> {
	const { dataOffset, dataBytes, bytes } = samples;
	const tell = scanProgress(source.byteLength, onScan);
	const found = { isZeroBelow: true, isSignAbove: true, isZeroAbove: true };
	const end = dataOffset + dataBytes - (dataBytes % bytes);
	for (let offset = dataOffset; offset < end; offset += STRETCH_BYTES) {
		const told = tell(offset);
		if (told !== null) await told;
		const stretch = source.read(offset, Math.min(STRETCH_BYTES, end - offset));
		if (stretch.length < bytes) break;
		lookAt(stretch, samples, found);
		if (!found.isSignAbove && !found.isZeroAbove) return found.isZeroBelow ? "top" : "none";
	}
	return found.isZeroBelow ? "top" : "bottom";
}

function lookAt(
	stretch: Uint8Array,
	{ bytes, bits, isLittleEndian }: PaddedSamples,
	found: { isZeroBelow: boolean; isSignAbove: boolean; isZeroAbove: boolean },
): void {
	const spareBits = 8 * bytes - bits;
	const unusedBits = 32 - 8 * bytes;
	for (let offset = 0; offset + bytes <= stretch.length; offset += bytes) {
		let value = 0;
		for (let index = 0; index < bytes; index++) {
			value = (value << 8) | stretch[offset + (isLittleEndian ? bytes - 1 - index : index)]!;
		}
		// The container's top bit is the word's from here on.
		value <<= unusedBits;
		const atBottom = value << spareBits;
		if (atBottom >> spareBits !== value) found.isSignAbove = false;
		if (atBottom >>> spareBits !== value >>> 0) found.isZeroAbove = false;
		if ((value & ((2 ** spareBits - 1) << unusedBits)) !== 0) found.isZeroBelow = false;
	}
}
