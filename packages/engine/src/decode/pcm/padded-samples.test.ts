import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { forgetfulSource } from "../../../test/byte-sources.ts";
import { sparseSource } from "../../../test/sparse-source.ts";
import { type Placement, placementOf } from "./padded-samples.ts";
import { bottomInteger, signedInteger } from "./sample-coding.ts";

const SEED = 0x9add_ed00;
const DATA_OFFSET = 44;

/** Containers of some bytes after a header. */
function write(integers: readonly number[], bytes: number, isLittleEndian: boolean): Uint8Array {
	const file = new Uint8Array(DATA_OFFSET + integers.length * bytes);
	for (const [index, integer] of integers.entries()) {
		for (let place = 0; place < bytes; place++) {
			const byte = Math.floor(integer / 2 ** (8 * place)) & 0xff;
			file[DATA_OFFSET + index * bytes + (isLittleEndian ? place : bytes - 1 - place)] = byte;
		}
	}
	return file;
}

const widths: readonly (readonly [bits: number, bytes: number])[] = [
	[12, 3],
	[16, 3],
	[16, 4],
	[20, 4],
	[24, 4],
];

describe.each(widths)("%i bits in %i bytes", (bits, bytes) => {
	const sample = fc.integer({ min: -(2 ** (bits - 1)), max: 2 ** (bits - 1) - 1 });
	/** As in any recording, one sample is loud, and one has its lowest bit set. */
	const samples = fc.array(sample, { maxLength: 40 }).map((some) => [...some, 1, -(2 ** (bits - 1))]);
	const spare = 2 ** (8 * bytes - bits);

	test.each<[string, Placement, (integer: number) => number]>([
		["top", "top", (integer) => integer * spare],
		["bottom, the sign repeated", "bottom", (integer) => integer],
		["bottom, zeros above", "bottom", (integer) => (integer < 0 ? integer + 2 ** bits : integer)],
		["in use everywhere", "none", (integer) => integer * spare + 1],
	])("%s", async (_name, expected, container) => {
		await fc.assert(
			fc.asyncProperty(samples, fc.boolean(), async (integers, isLittleEndian) => {
				const file = write(integers.map(container), bytes, isLittleEndian);
				const dataBytes = file.length - DATA_OFFSET;
				const layout = { dataOffset: DATA_OFFSET, dataBytes, bytes, bits, isLittleEndian };
				expect(await placementOf(forgetfulSource(file), layout, undefined)).toBe(expected);
				if (expected === "none") return;
				const whole = signedInteger(bytes, isLittleEndian)!;
				const coding = expected === "bottom" ? bottomInteger(bytes, bits, isLittleEndian) : whole;
				const output = new Float32Array(integers.length);
				coding.decode(file.subarray(DATA_OFFSET), output);
				expect([...output]).toEqual(integers.map((integer) => integer / 2 ** (bits - 1)));
			}),
			{ seed: SEED + bits, numRuns: 100 },
		);
	});
});

test("a scan of a long file is reported, and ends with the file", async () => {
	const dataBytes = 5 * 2 ** 20;
	const source = sparseSource(dataBytes, [[0, Uint8Array.of(1, 0, 0, 0)]]);
	const told: number[] = [];
	const samples = { dataOffset: 0, dataBytes: dataBytes + 100, bytes: 4, bits: 24, isLittleEndian: true };
	const onScan = async (fraction: number) => {
		told.push(fraction);
	};
	expect(await placementOf(source, samples, onScan)).toBe("bottom");
	expect(told.length).toBe(4);
	expect(told).toEqual(told.toSorted((one, other) => one - other));
});

test("the first loud left-aligned sample ends the scan", async () => {
	const file = new Uint8Array(10 * 65_520);
	file.set([0, 0, 0, 0x40], 44);
	let readBytes = 0;
	const source = {
		byteLength: file.length,
		read(byteOffset: number, byteLength: number) {
			readBytes += byteLength;
			return file.subarray(byteOffset, byteOffset + byteLength);
		},
	};
	const samples = { dataOffset: 44, dataBytes: file.length - 44, bytes: 4, bits: 24, isLittleEndian: true };
	expect(await placementOf(source, samples, undefined)).toBe("top");
	expect(readBytes).toBe(65_520);
});
