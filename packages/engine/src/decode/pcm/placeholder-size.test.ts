import { spawnSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { firstBitDifference } from "../../../test/bit-difference.ts";
import { forgetfulSource } from "../../../test/byte-sources.ts";
import { decodeAll, decodeContext } from "../../../test/decoding.ts";
import { ascii, concat, randomBytes, seededRandom, writeWave, writeWaveData } from "../../../test/fixtures.ts";
import { bytes32, iffChunk } from "../../../test/iff-writer.ts";
import { sparseSource } from "../../../test/sparse-source.ts";
import { openDecoder } from "../open-decoder.ts";

const data = randomBytes(19_200, seededRandom(1));
const options = { sampleRate: 48_000, channels: 2 } as const;
const open = (bytes: Uint8Array, strict = false) => openDecoder(forgetfulSource(bytes), decodeContext({ strict }));
const sound = decodeAll(open(writeWaveData(data, options), true));

const HEADER_BYTES = 44;
const sizes = [
	0x7fffffff,
	0x7ffffffe,
	0x7ffffffc,
	0x7fffffff - 36,
	0x7fffffff - HEADER_BYTES,
	0x80000000,
	0x80000000 - HEADER_BYTES,
	0x7ffff000,
	0x7fffeffc,
	0x7fff0000,
	0x7f000000,
	2_000_000_000,
	2_000_000_000 - HEADER_BYTES,
	4_000_000_000,
	0xffffffff,
	0xfffffffe,
	0xfffffffc,
	0xffffffff - 36,
	0xffffffff - HEADER_BYTES,
];

describe("a placeholder size means that the audio extends to the end of the file", () => {
	test.each(sizes)("%i", async (declaredDataSize) => {
		for (const declaredRiffSize of [declaredDataSize, (declaredDataSize + 36) % 2 ** 32, 0, 0xffffffff, undefined]) {
			const riff = declaredRiffSize === undefined ? {} : { declaredRiffSize };
			const decoded = await decodeAll(open(writeWaveData(data, { ...options, declaredDataSize, ...riff }), true));
			expect(firstBitDifference(decoded.samples, (await sound).samples)).toBeNull();
			expect(decoded.warnings).toEqual([]);
		}
	});

	test("also if an odd byte follows the last frame", async () => {
		for (const declaredDataSize of sizes) {
			const file = writeWaveData(concat([data, Uint8Array.of(1, 2, 3)]), { ...options, declaredDataSize });
			const decoded = await decodeAll(open(file.subarray(0, HEADER_BYTES + data.length + 3), true));
			expect(decoded.samples.length).toBe(data.length / 2);
		}
	});
});

test.each([
	20_000,
	100_000_000,
	1_000_000_000,
	1_900_000_000,
	0x7e000000,
	0x7ffff000 - 1_000,
	0x80001000,
	3_000_000_000,
	0xfffff000,
])(
	"a size of %i, which is no known placeholder, is a warning, and an error in strict mode",
	async (declaredDataSize) => {
		const file = writeWaveData(data, { ...options, declaredDataSize });
		const decoded = await decodeAll(open(file));
		expect(firstBitDifference(decoded.samples, (await sound).samples)).toBeNull();
		expect(decoded.warnings).toEqual([
			`The audio ends at 0.100 s, after 4800 of ${Math.floor(declaredDataSize / 4)} frames.`,
		]);
		await expect(open(file, true)).rejects.toMatchObject({ code: "malformed-audio", byteOffset: file.length });
	},
);

describe("a file longer than its placeholder size", () => {
	const size = 0x7fffffff;
	const head = writeWaveData(new Uint8Array(0), { ...options, declaredDataSize: size });
	const framesOf = async (byteLength: number, behind: Uint8Array) => {
		const source = sparseSource(byteLength, [
			[0, head],
			[HEADER_BYTES + size + 1, behind],
		]);
		return (await openDecoder(source, decodeContext({ strict: true }))).format.frames;
	};

	test("is audio to its end if no chunk follows", async () => {
		const byteLength = HEADER_BYTES + 3 * 2 ** 30;
		expect(await framesOf(byteLength, randomBytes(64, seededRandom(2)))).toBe((3 * 2 ** 30) / 4);
	});

	test("is audio up to the next chunk", async () => {
		const chunk = iffChunk("LIST", new Uint8Array(26), { isLittleEndian: true });
		expect(await framesOf(HEADER_BYTES + size + 1 + chunk.length, chunk)).toBe(Math.floor(size / 4));
	});
});

/** The output of a program that reads from and writes to a pipe, so that it cannot know the length. */
function pipe(program: string, args: readonly string[], input: Uint8Array): Uint8Array {
	const { stdout, stderr, status } = spawnSync(program, args, { input, maxBuffer: 2 ** 24 });
	if (status !== 0) throw new Error(`${program} failed: ${stderr.toString()}`);
	return new Uint8Array(stdout);
}

const raw = ["-V1", "-t", "raw", "-r", "48000", "-e", "signed", "-b", "16", "-c", "2", "-"];
const wave = writeWave((await sound).samples, options);

describe("the piped output of programs is complete, also in strict mode", () => {
	test.each<[string, string, readonly string[], Uint8Array]>([
		["sox, WAV of 16 bits", "sox", [...raw, "-t", "wav", "-"], data],
		["sox, WAV of 24 bits", "sox", [...raw, "-b", "24", "-t", "wav", "-"], data],
		["sox, WAV of floats", "sox", [...raw, "-e", "floating-point", "-b", "32", "-t", "wav", "-"], data],
		["sox, AIFF of 16 bits", "sox", [...raw, "-t", "aiff", "-"], data],
		["sox, AIFF of 24 bits", "sox", [...raw, "-b", "24", "-t", "aiff", "-"], data],
		["sox, AIFF-C of 24 bits", "sox", [...raw, "-b", "24", "-t", "aifc", "-"], data],
		["ffmpeg, WAV", "ffmpeg", ["-v", "error", "-i", "-", "-f", "wav", "-"], wave],
		["ffmpeg, RF64", "ffmpeg", ["-v", "error", "-i", "-", "-f", "wav", "-rf64", "always", "-"], wave],
		["ffmpeg, AIFF", "ffmpeg", ["-v", "error", "-i", "-", "-f", "aiff", "-"], wave],
		["ffmpeg, CAF", "ffmpeg", ["-v", "error", "-i", "-", "-f", "caf", "-"], wave],
	])("%s", async (_name, program, args, input) => {
		const decoded = await decodeAll(open(pipe(program, args, input), true));
		expect(firstBitDifference(decoded.samples, (await sound).samples)).toBeNull();
		expect(decoded.warnings).toEqual([]);
	});
});

test("an unusually long header does not widen the tolerance for placeholder sizes", async () => {
	const gap = iffChunk("JUNK", new Uint8Array(100_000), { isLittleEndian: true });
	const plain = writeWaveData(data, { ...options, declaredDataSize: 0x7fffffff - 50_000 });
	const file = concat([ascii("RIFF"), bytes32(0), plain.subarray(8, 12), gap, plain.subarray(12)]);
	expect((await decodeAll(open(file))).warnings).toHaveLength(1);
});
