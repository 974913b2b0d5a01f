import { describe, expect, test } from "vitest";
import { firstBitDifference } from "../../../test/bit-difference.ts";
import { forgetfulSource } from "../../../test/byte-sources.ts";
import { decodeAll, decodeContext } from "../../../test/decoding.ts";
import { decodeWithFfmpeg, randomBytes, seededRandom } from "../../../test/fixtures.ts";
import { type AiffOptions, iffChunk, writeAiff } from "../../../test/iff-writer.ts";
import { openAiff } from "./open-aiff.ts";

const open = (bytes: Uint8Array, strict = false) => openAiff(forgetfulSource(bytes), decodeContext({ strict }));
const data = randomBytes(9_600, seededRandom(1));
const mono: AiffOptions = { channels: 1, bits: 16 };
const sound = decodeAll(open(writeAiff(data, mono), true));

test.each([1, 1_000, 4_799, 4_801, 9_600, 1_000_000])(
	"a common chunk that declares %i frames instead of 4,800 is overruled, with a warning",
	async (declaredFrames) => {
		const file = writeAiff(data, { ...mono, declaredFrames });
		const decoded = await decodeAll(open(file));
		expect(firstBitDifference(decoded.samples, (await sound).samples)).toBeNull();
		expect(firstBitDifference(decoded.samples, decodeWithFfmpeg(file, "aiff"))).toBeNull();
		expect(decoded.warnings).toEqual([
			`The AIFF file declares ${declaredFrames} frames, but its sound chunk holds 4800. The sound chunk was played.`,
		]);
		await expect(open(file, true)).rejects.toMatchObject({ code: "malformed-audio", byteOffset: 22 });
	},
);

describe("a placeholder number of frames is ignored", () => {
	const frames = [0, 0x7fffffff, 0x80000000, 0xffffffff, 0x7f000000 / 2, 1_000_000_000, 0x7fffffff >> 1];
	test.each(frames)("%i", async (declaredFrames) => {
		for (const declaredSoundBytes of [undefined, 0, 0xffffffff, 0x7fffffff, 0x7f000008, 2_000_000_008]) {
			const file = writeAiff(data, {
				...mono,
				declaredFrames,
				...(declaredSoundBytes === undefined ? {} : { declaredSoundBytes }),
			});
			const decoded = await decodeAll(open(file, true));
			expect(firstBitDifference(decoded.samples, (await sound).samples)).toBeNull();
		}
	});
});

test("a true number of frames applies where the sound chunk's length is open", async () => {
	const after = [iffChunk("NAME", new Uint8Array(400))];
	const file = writeAiff(data, { ...mono, declaredSoundBytes: 0xffffffff, after });
	const decoded = await decodeAll(open(file, true));
	expect(firstBitDifference(decoded.samples, (await sound).samples)).toBeNull();
});

test("frames missing at the end of the file are reported once", async () => {
	const cut = writeAiff(data, { ...mono, declaredFrames: 0 }).subarray(0, 54 + 2_000);
	const decoded = await decodeAll(open(cut));
	expect(decoded.samples.length).toBe(1_000);
	expect(decoded.warnings).toEqual(["The audio ends at 0.021 s, after 1000 of 4800 frames."]);
});

test("a size that is no known placeholder is ignored with a warning", async () => {
	const file = writeAiff(data, { ...mono, declaredFrames: 0, declaredSoundBytes: 3_000_000_008 });
	const decoded = await decodeAll(open(file));
	expect(firstBitDifference(decoded.samples, (await sound).samples)).toBeNull();
	expect(decoded.warnings).toEqual(["The audio ends at 0.100 s, after 4800 of 1500000000 frames."]);
});

describe("bytes that a sound chunk counts after its samples are not audio", () => {
	const bytes: AiffOptions = { channels: 1, bits: 8 };

	test("a byte that makes its length even", async () => {
		const padded = writeAiff(data, { ...bytes, declaredFrames: 9_599 });
		const exact = writeAiff(data.subarray(0, 9_599), bytes);
		const decoded = await decodeAll(open(padded, true));
		expect(firstBitDifference(decoded.samples, (await decodeAll(open(exact, true))).samples)).toBeNull();
	});

	test("the rest of a block", async () => {
		const file = writeAiff(data, { ...mono, declaredFrames: 4_700 });
		new DataView(file.buffer).setUint32(50, 1_600);
		const decoded = await decodeAll(open(file, true));
		expect(firstBitDifference(decoded.samples, (await sound).samples.subarray(0, 4_700))).toBeNull();
	});
});
