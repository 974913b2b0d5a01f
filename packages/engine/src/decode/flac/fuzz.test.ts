import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { decodeAll, decodeContext } from "../../../test/decoding.ts";
import { concat, randomBytes, seededRandom } from "../../../test/fixtures.ts";
import { writeFlac } from "../../../test/flac-writer.ts";
import { randomFlac } from "../../../test/random-flac.ts";
import { LooperError } from "../../errors.ts";
import { memorySource } from "../../source/byte-source.ts";
import type { DecodeContext } from "../decoder.ts";
import { openFlac } from "./open-flac.ts";

const loaderModule = new WebAssembly.Module(
	readFileSync(new URL("../../../../kernel/dist/loader.wasm", import.meta.url)),
);
const open = (bytes: Uint8Array, context: DecodeContext) => openFlac(memorySource(bytes), context);

/** A file with bytes changed, removed, duplicated, truncated or filled with one value. */
function mutate(bytes: Uint8Array, random: () => number): Uint8Array<ArrayBuffer> {
	let mutated = new Uint8Array(bytes);
	const place = (): number => Math.floor(random() * mutated.length);
	for (let change = 1 + Math.floor(random() * 4); change > 0; change--) {
		const start = random() < 0.3 ? Math.floor(random() * 60) : place();
		const end = start + Math.floor(random() * 400);
		const kind = Math.floor(random() * 6);
		if (kind === 0) mutated[start] = Math.floor(random() * 256);
		else if (kind === 1) mutated = concat([mutated.subarray(0, start), mutated.subarray(end)]);
		else if (kind === 2) mutated = concat([mutated.subarray(0, end), mutated.subarray(start)]);
		else if (kind === 3) mutated = mutated.slice(0, place() + 1);
		else if (kind === 4) mutated.fill(random() < 0.5 ? 0 : 255, start, end);
		else
			mutated.set(
				randomBytes(Math.min(end, mutated.length) - Math.min(start, mutated.length), random),
				Math.min(start, mutated.length),
			);
	}
	return mutated;
}

/** The outcome of a hostile file: "decoded", or the error code. */
async function outcome(bytes: Uint8Array, strict: boolean): Promise<string> {
	try {
		const { samples } = await decodeAll(open(bytes, decodeContext({ loaderModule, strict })));
		return samples.every((sample) => sample >= -1 && sample <= 1) ? "decoded" : "out of range";
	} catch (error) {
		return error instanceof LooperError ? error.code : String(error);
	}
}

const seeds = Array.from({ length: 400 }, (_, index) => index + 1);

test.each(seeds)("mutated file of seed %i ends in audio or in a typed error", async (seed) => {
	const random = seededRandom(seed);
	const file = randomFlac(1 + (seed % 40));
	const bytes = mutate(writeFlac(file.blocks, file.options).bytes, random);
	const allowed = ["decoded", "malformed-audio", "unsupported-channels"];
	expect(allowed).toContain(await outcome(bytes, false));
	expect(allowed).toContain(await outcome(bytes, true));
});

test("a file full of valid headers without a valid frame is abandoned", async () => {
	// Header of 65,535 stereo frames, then the start of a subframe that seems to have a residual.
	const falseFrame = Uint8Array.of(0xff, 0xf8, 0x79, 0x18, 0, 0xff, 0xfe, 0x25, 0x10, 0, 0x02, 0xff);
	const { bytes } = writeFlac(randomFlac(1).blocks, randomFlac(1).options);
	const hostile = concat([bytes.subarray(0, 42), ...Array.from({ length: 400_000 }, () => falseFrame)]);
	expect(await outcome(hostile, false)).toBe("malformed-audio");
});
