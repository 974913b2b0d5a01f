import { describe, expect, test } from "vitest";
import { firstBitDifference } from "../../../test/bit-difference.ts";
import { randomBytes, seededRandom } from "../../../test/fixtures.ts";
import { aLaw, float, muLaw, type SampleCoding, signedInteger, unsigned8 } from "./sample-coding.ts";

const COUNT = 2_000;

function decode(coding: SampleCoding, bytes: Uint8Array): Float32Array {
	const output = new Float32Array(Math.floor(bytes.length / coding.bytes));
	coding.decode(bytes, output);
	return output;
}

/** The same bytes at another alignment. */
function shifted(bytes: Uint8Array, byteOffset: number): Uint8Array {
	const copy = new Uint8Array(bytes.length + byteOffset).subarray(byteOffset);
	copy.set(bytes);
	return copy;
}

function withReversedSamples(bytes: Uint8Array, sampleBytes: number): Uint8Array {
	const reversed = bytes.slice();
	for (let at = 0; at < reversed.length; at += sampleBytes) reversed.subarray(at, at + sampleBytes).reverse();
	return reversed;
}

/** A little-endian integer, by its definition. */
function integerOf(bytes: Uint8Array): number {
	const unsigned = bytes.reduce((sum, byte, place) => sum + byte * 256 ** place, 0);
	return bytes.at(-1)! < 128 ? unsigned : unsigned - 256 ** bytes.length;
}

describe.each([1, 2, 3, 4])("signed integers of %i bytes", (width) => {
	const bytes = randomBytes(COUNT * width, seededRandom(width));
	const expected = Float32Array.from(
		{ length: COUNT },
		(_value, index) => integerOf(bytes.subarray(index * width, (index + 1) * width)) / 2 ** (8 * width - 1),
	);

	test("are the closed form in any number, at every alignment", () => {
		for (let count = 0; count < 12; count++) {
			for (let byteOffset = 0; byteOffset < 8; byteOffset++) {
				const decoded = decode(signedInteger(width, true)!, shifted(bytes.subarray(0, count * width), byteOffset));
				expect(firstBitDifference(decoded, expected.slice(0, count))).toBeNull();
			}
		}
	});

	test("are the closed form in both byte orders, at every alignment", () => {
		for (let byteOffset = 0; byteOffset < 8; byteOffset++) {
			const little = decode(signedInteger(width, true)!, shifted(bytes, byteOffset));
			expect(firstBitDifference(little, expected)).toBeNull();
			const big = decode(signedInteger(width, false)!, shifted(withReversedSamples(bytes, width), byteOffset));
			expect(firstBitDifference(big, expected)).toBeNull();
		}
	});
});

describe.each([4, 8])("floats of %i bytes", (width) => {
	const random = seededRandom(40 + width);
	const values = Float64Array.from({ length: COUNT }, () => (2 * random() - 1) * 10 ** (20 * random() - 10));
	const bytes = new Uint8Array(width === 8 ? values.buffer : Float32Array.from(values).buffer);

	test("are rounded once, in both byte orders, at every alignment", () => {
		const expected = Float32Array.from(values);
		for (let byteOffset = 0; byteOffset < 8; byteOffset++) {
			const little = decode(float(width, true)!, shifted(bytes, byteOffset));
			expect(firstBitDifference(little, expected)).toBeNull();
			const big = decode(float(width, false)!, shifted(withReversedSamples(bytes, width), byteOffset));
			expect(firstBitDifference(big, expected)).toBeNull();
		}
	});
});

test("32-bit floats keep every bit, those of NaN and of negative zero too", () => {
	const bits = Uint32Array.of(0x7fc01234, 0x7f800001, 0xffc00000, 0x80000000, 0x00000001, 0xff800000);
	const bytes = new Uint8Array(bits.buffer);
	for (const output of [
		decode(float(4, true)!, bytes),
		decode(float(4, false)!, withReversedSamples(bytes, 4)),
		decode(float(4, true)!, shifted(bytes, 1)),
	]) {
		expect([...new Uint32Array(output.buffer)]).toEqual([...bits]);
	}
});

test("unsigned bytes are zero at 128", () => {
	expect([...decode(unsigned8, Uint8Array.of(0, 1, 128, 255))]).toEqual([-1, -127 / 128, 0, 127 / 128]);
});

test("A-law has the decision values of its standard", () => {
	// Smallest positive and negative step, end of the first segment, both full scales.
	const codes = Uint8Array.of(0xd5, 0x55, 0xda, 0xc5, 0xaa, 0x2a);
	expect([...decode(aLaw, codes)].map((sample) => sample * 32_768)).toEqual([8, -8, 248, 264, 32_256, -32_256]);
});

test("\u00b5-law has the decision values of its standard, and no negative zero", () => {
	const codes = Uint8Array.of(0xff, 0x7f, 0xfe, 0xf0, 0xef, 0x80, 0x00);
	const samples = decode(muLaw, codes);
	expect([...samples].map((sample) => sample * 32_768)).toEqual([0, 0, 8, 120, 132, 32_124, -32_124]);
});

test("there is no coding of an unsupported width", () => {
	const widths = [0, 0.5, 5, 6, 8, 16, Number.NaN];
	expect(widths.map((width) => signedInteger(width, true))).toEqual(widths.map(() => null));
	expect([0, 1, 2, 3, 5, 10].map((width) => float(width, false))).toEqual([0, 1, 2, 3, 5, 10].map(() => null));
});
