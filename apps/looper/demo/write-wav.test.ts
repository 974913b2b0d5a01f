import { expect, test } from "vitest";
import { whiteNoise } from "./synthesis/noise.mjs";
import { encodeWav } from "./write-wav.mjs";

const FRAMES = 20_000;

test("the header names format, channels, rate, bits and sizes", () => {
	const bytes = encodeWav([new Float64Array(5), new Float64Array(5)], 24);
	expect(bytes.toString("latin1", 0, 4)).toBe("RIFF");
	expect(bytes.readUInt32LE(4)).toBe(bytes.length - 8);
	expect(bytes.toString("latin1", 8, 16)).toBe("WAVEfmt ");
	expect(bytes.readUInt32LE(16)).toBe(16);
	expect([bytes.readUInt16LE(20), bytes.readUInt16LE(22)]).toEqual([1, 2]);
	expect([bytes.readUInt32LE(24), bytes.readUInt32LE(28)]).toEqual([48_000, 288_000]);
	expect([bytes.readUInt16LE(32), bytes.readUInt16LE(34)]).toEqual([6, 24]);
	expect(bytes.toString("latin1", 36, 40)).toBe("data");
	expect(bytes.readUInt32LE(40)).toBe(30);
	expect(bytes.length).toBe(74);
});

test.each([16, 24] as const)(
	"the error at %i bits is that of triangular dither: zero mean, a quarter of a step squared",
	(bits) => {
		const noise = whiteNoise(9);
		const signal = Float64Array.from({ length: FRAMES }, () => 0.5 * noise());
		const bytes = encodeWav([signal], bits);
		const errors = signal.map(
			(sample, frame) => bytes.readIntLE(44 + (frame * bits) / 8, bits / 8) - sample * 2 ** (bits - 1),
		);
		const mean = errors.reduce((total, error) => total + error, 0) / FRAMES;
		const power = errors.reduce((total, error) => total + error * error, 0) / FRAMES;
		expect(Math.abs(mean)).toBeLessThan(0.02);
		expect(power).toBeGreaterThan(0.24);
		expect(power).toBeLessThan(0.26);
		expect(Math.max(...errors.map(Math.abs))).toBeLessThanOrEqual(1.5);
	},
);

test("silence stays digital silence, and samples beyond full scale are clipped", () => {
	const bytes = encodeWav([Float64Array.of(0, 0, 1.5, -1.5)], 16);
	const samples = [0, 1, 2, 3].map((frame) => bytes.readInt16LE(44 + 2 * frame));
	expect(samples).toEqual([0, 0, 32_767, -32_768]);
});
