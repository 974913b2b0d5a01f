import { readVint } from "./ebml.ts";

const XIPH = 1;
const FIXED_SIZE = 2;
const EBML = 3;

/**
 * The packets in the content of a block.
 *
 * Source: RFC 9559, section 10.3.
 *
 * @param lacing - 0 none, 1 Xiph, 2 fixed size, 3 EBML
 * @param bytes - the content after the block's flags
 * @returns null if the sizes contradict the content
 */
export function packetsInBlock(lacing: number, bytes: Uint8Array): Uint8Array[] | null {
	if (lacing === 0) return [bytes];
	const count = (bytes[0] ?? 0) + 1;
	const laced = lacing === XIPH ? xiphSizes(bytes, count) : lacing === EBML ? ebmlSizes(bytes, count) : null;
	if (lacing === FIXED_SIZE) {
		const length = (bytes.length - 1) / count;
		return Number.isInteger(length)
			? split(
					bytes.subarray(1),
					Array.from({ length: count }, () => length),
				)
			: null;
	}
	if (laced === null) return null;
	const content = bytes.subarray(laced.start);
	const last = content.length - laced.sizes.reduce((sum, size) => sum + size, 0);
	return last >= 0 && laced.sizes.every((size) => size >= 0) ? split(content, [...laced.sizes, last]) : null;
}

interface LacedSizes {
	/** Of all packets but the last. */
	readonly sizes: readonly number[];
	/** Offset of the packets. */
	readonly start: number;
}

function xiphSizes(bytes: Uint8Array, count: number): LacedSizes | null {
	const sizes: number[] = [];
	let start = 1;
	while (sizes.length < count - 1) {
		let size = 0;
		for (let byte = 255; byte === 255; size += byte) {
			if (start >= bytes.length) return null;
			byte = bytes[start++]!;
		}
		sizes.push(size);
	}
	return { sizes, start };
}

/** The first size is plain; the others are differences with an offset as sign. */
function ebmlSizes(bytes: Uint8Array, count: number): LacedSizes | null {
	const sizes: number[] = [];
	let start = 1;
	while (sizes.length < count - 1) {
		const vint = readVint(bytes, start);
		if (vint === null) return null;
		const bias = 2 ** (7 * vint.length - 1) - 1;
		sizes.push(sizes.length === 0 ? vint.value : sizes.at(-1)! + vint.value - bias);
		start += vint.length;
	}
	return { sizes, start };
}

function split(bytes: Uint8Array, sizes: readonly number[]): Uint8Array[] {
	let start = 0;
	return sizes.map((size) => {
		start += size;
		return bytes.subarray(start - size, start);
	});
}
