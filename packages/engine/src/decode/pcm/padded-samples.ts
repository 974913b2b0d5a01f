import type { ByteSource } from "../../source/byte-source.ts";
import { type OnScan, scanProgress } from "../scan-progress.ts";

/** Contiguous samples with fewer bits than their containers. */
export interface PaddedSamples {
	/** Their offset in the file, in bytes. */
	readonly dataOffset: number;
	readonly dataBytes: number;
	/** Bytes per container, 2..4. */
	readonly bytes: number;
	/** Bits per sample, at least 8 fewer than the container has. */
	readonly bits: number;
	readonly isLittleEndian: boolean;
}

/** The position of samples in their containers: left-aligned, right-aligned, or all bits in use. */
export type Placement = "top" | "bottom" | "none";

/** A whole number of containers of 2, 3 and 4 bytes. */
const STRETCH_BYTES = 65_520;

/**
 * Detects how samples are aligned in their containers. Formats prescribe left alignment, but writers differ: `arecord`
 * right-aligns 24 bits in four bytes.
 *
 * Samples are right-aligned if the bits above them only repeat their sign or are all zero, and the bits below a
 * left-aligned sample are in use. The first loud left-aligned sample rules that out; otherwise all samples are checked.
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
		// The container's top bit becomes the word's.
		value <<= unusedBits;
		const atBottom = value << spareBits;
		if (atBottom >> spareBits !== value) found.isSignAbove = false;
		if (atBottom >>> spareBits !== value >>> 0) found.isZeroAbove = false;
		if ((value & ((2 ** spareBits - 1) << unusedBits)) !== 0) found.isZeroBelow = false;
	}
}
