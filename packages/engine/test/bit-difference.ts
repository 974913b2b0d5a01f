import { firstDifference } from "./fixtures.ts";

/** The first difference of two signals in length or in any bit, signs of zeros included; null if they are equal. */
export function firstBitDifference(actual: Float32Array, expected: Float32Array): string | null {
	return firstDifference(bitsOf(actual), bitsOf(expected));
}

function bitsOf({ buffer, byteOffset, length }: Float32Array): Uint32Array {
	return new Uint32Array(buffer, byteOffset, length);
}
