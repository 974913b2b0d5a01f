import { expect, test } from "vitest";
import { Damage } from "./damage.ts";
import { LossyOutput } from "./lossy-output.ts";

const FORMAT = { name: "MP3", sampleRate: 1_000, channels: 1, frames: 100 } as const;

/** Writes mono samples in one call. */
const write = (output: LossyOutput, ...samples: readonly number[]) => [
	...output.write({ channelData: [Float32Array.from(samples)], start: 0, end: samples.length }, 7),
];

test("a loud recording keeps its samples without a report, even if scaled to integers", () => {
	const damage = new Damage(true);
	const output = new LossyOutput(FORMAT, damage);
	expect(write(output, 10.5, -12, 32_768, -65_536)).toEqual([10.5, -12, 32_768, -65_536]);
	expect(damage.warnings).toEqual([]);
});

test("after damage, samples beyond 8 are clamped and the first such place is reported", () => {
	const damage = new Damage(false);
	const output = new LossyOutput(FORMAT, damage);
	expect(write(output, 9, -9)).toEqual([9, -9]);
	damage.report(3, "Damaged packets were replaced by silence at 0.002 s.");
	expect(write(output, 9, -1e9, 7)).toEqual([8, -8, 7]);
	expect(write(output, 10)).toEqual([8]);
	expect(damage.warnings.slice(1)).toEqual(["Damage at 0.002 s made samples beyond 8, which were clamped to 8."]);
});

test("damage known before decoding, such as a missing end, does not affect the samples", () => {
	const damage = new Damage(false);
	damage.report(3, "The file ends at 0.100 s.");
	const output = new LossyOutput(FORMAT, damage);
	expect(write(output, 9)).toEqual([9]);
	expect(damage.warnings).toHaveLength(1);
});

test.each([
	["not a number", Number.NaN, 0],
	["infinite", Number.NEGATIVE_INFINITY, -8],
	["beyond 2^16", 65_537, 8],
])("a sample that is %s is always damage", (_what, sample, tamed) => {
	const damage = new Damage(false);
	const output = new LossyOutput({ ...FORMAT, channels: 2 }, damage);
	const channelData = [Float32Array.of(0.5, 0.5), Float32Array.of(-0.5, sample)];
	expect([...output.write({ channelData, start: 0, end: 2 }, 7)]).toEqual([0.5, -0.5, 0.5, tamed]);
	expect(damage.warnings).toEqual(["Damage at 0.000 s made samples beyond 65536, which were clamped to 8."]);
	expect([...output.write({ channelData: [Float32Array.of(9), Float32Array.of(1)], start: 0, end: 1 }, 8)]).toEqual([
		8, 1,
	]);
	expect(() =>
		new LossyOutput(FORMAT, new Damage(true)).write({ channelData: [Float32Array.of(sample)], start: 0, end: 1 }, 7),
	).toThrow("beyond 65536");
});
