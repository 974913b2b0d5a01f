import { expect, test } from "vitest";
import * as parameters from "../../engine/src/protocol/parameters.ts";
import * as layout from "../../engine/src/protocol/shared-memory.ts";
import { firstDifference } from "./signals.ts";
import {
	drumLoop,
	LOOP_FRAMES,
	playLoop,
	type SlicedLoop,
	sendSlices,
	set,
	slicesAt,
	widestStep,
} from "./sliced-loop.ts";

const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8];
const RATIOS = [0.5, 0.67, 0.8, 0.92, 1.25, 2];
/** Frames of an attack that are compared. */
const ATTACK = 240;
const TENTH_DECIBEL = 10 ** (0.1 / 20);

/** Frames at which slices begin to sound, and which slice, in so many rounds. */
function attacks({ slices }: SlicedLoop, ratio: number, rounds: number): { frame: number; onset: number }[] {
	return Array.from({ length: rounds }, (_, round) =>
		slices.map(({ onsetFrame: onset }) => ({ frame: Math.round((round * LOOP_FRAMES + onset) / ratio), onset })),
	).flat();
}

test.each(RATIOS)("at ratio %f every attack is on its frame, bit by bit, in every round", (ratio) => {
	for (const seed of SEEDS) {
		const loop = drumLoop(seed);
		const heard = playLoop(loop, ratio).kernel.render(Math.ceil((2 * LOOP_FRAMES) / ratio) + ATTACK);
		for (const { frame, onset } of attacks(loop, ratio, 2)) {
			const attack = heard.subarray(2 * frame, 2 * (frame + ATTACK));
			expect(firstDifference(attack, loop.samples.subarray(2 * onset, 2 * (onset + ATTACK)))).toBe(-1);
		}
	}
});

test.each(RATIOS)("at ratio %f there is no step that the loop does not have", (ratio) => {
	for (const seed of SEEDS) {
		const loop = drumLoop(seed);
		const heard = playLoop(loop, ratio).kernel.render(Math.ceil((3 * LOOP_FRAMES) / ratio));
		expect(widestStep(heard)).toBeLessThanOrEqual(TENTH_DECIBEL * widestStep(loop.samples));
	}
});

test.each([
	["a loop that is not synced", { [parameters.PAD_SYNC]: parameters.SYNC_OFF }],
	["a loop whose rate follows the tempo", { [parameters.PAD_SYNC]: parameters.SYNC_REPITCH }],
])("at its own tempo a loop with slices is that of %s, to the bit", (_, settings) => {
	for (const seed of SEEDS) {
		const loop = drumLoop(seed);
		const sliced = playLoop(loop, 1).kernel.render(3 * LOOP_FRAMES);
		expect(firstDifference(sliced, playLoop(loop, 1, settings).kernel.render(3 * LOOP_FRAMES))).toBe(-1);
	}
});

test("at its own tempo a region is the same, too", () => {
	const loop = drumLoop(3);
	const region = {
		[parameters.PAD_LOOP_START]: 10_000,
		[parameters.PAD_LOOP_END]: 58_000,
		[parameters.PAD_LENGTH_BEATS]: 2,
	};
	const sliced = playLoop(loop, 1, region).kernel.render(LOOP_FRAMES);
	const plain = playLoop(loop, 1, { ...region, [parameters.PAD_SYNC]: 0 }).kernel.render(LOOP_FRAMES);
	expect(firstDifference(sliced, plain)).toBe(-1);
});

test("without slices, and backwards, the rate follows the tempo", () => {
	const loop = drumLoop(1);
	for (const [slices, isReversed] of [
		[[], 0],
		[loop.slices, 1],
	] as const) {
		const settings = { [parameters.PAD_REVERSE]: isReversed };
		const sliced = playLoop({ ...loop, slices }, 0.8, settings).kernel.render(LOOP_FRAMES);
		const repitched = playLoop(loop, 0.8, { ...settings, [parameters.PAD_SYNC]: 1 }).kernel.render(LOOP_FRAMES);
		expect(firstDifference(sliced, repitched)).toBe(-1);
	}
});

test("after 1,000 rounds and tempo changes in between every attack is on its frame", () => {
	const frames = 4_800;
	const samples = new Float32Array(2 * frames);
	for (const onset of [0, 1_100, 2_500, 3_700]) samples.fill(1, 2 * onset, 2 * onset + 2);
	const loop = { samples, slices: slicesAt([0, 1_100, 2_500, 3_700], frames) };
	const { kernel } = playLoop(loop, 1, { [parameters.PAD_LENGTH_BEATS]: 0.2 });
	let traversed = 0;
	for (const [change, ratio] of [0.91, 1.3, 0.55, 1.9, 0.773].entries()) {
		set(kernel, { [parameters.TRANSPORT_TEMPO]: 120 * ratio });
		const before = Math.round((200 * frames) / ratio) + 77 * change;
		kernel.render(before, 2048);
		traversed += before * ratio;
		const place = traversed % frames;
		const heard = kernel.render(12_000, 500);
		const pulses = Array.from({ length: 12_000 }, (_, frame) => frame).filter((frame) => heard[2 * frame] === 1);
		const expected = Array.from(
			{ length: 12 },
			(_, index) => [0, 1_100, 2_500, 3_700][index % 4]! + frames * (index >> 2),
		)
			.map((at) => (at - place) / ratio)
			.filter((at) => at > 300 && at < 11_000);
		expect(expected.length).toBeGreaterThan(4);
		for (const at of expected)
			expect(Math.min(...pulses.map((pulse) => Math.abs(pulse - at)))).toBeLessThanOrEqual(0.501);
		traversed += 12_000 * ratio;
	}
	expect(traversed / frames).toBeGreaterThan(1000);
});

test("when slower a tail goes round and gets quieter; cut, it is silent", () => {
	const onsets = [0, 48_000];
	const samples = Float32Array.from(
		{ length: 2 * LOOP_FRAMES },
		(_, at) => 0.5 * Math.sin((2 * Math.PI * (at >> 1)) / 96),
	);
	const level = (heard: Float32Array, frame: number): number =>
		Math.max(...heard.subarray(2 * frame, 2 * frame + 192).map(Math.abs));
	const looped = playLoop({ samples, slices: slicesAt(onsets, LOOP_FRAMES) }, 0.5).kernel.render(96_000);
	const fall = Array.from({ length: 40 }, (_, round) => level(looped, 49_000 + 960 * round));
	for (const [round, height] of fall.slice(1).entries()) expect(height).toBeLessThan(fall[round]!);
	expect(fall[9]!).toBeCloseTo(0.5 * 0.9 ** 10, 1);
	const bare = slicesAt(onsets, LOOP_FRAMES).map((slice) => ({ ...slice, tail: null }));
	const cut = playLoop({ samples, slices: bare }, 0.5).kernel.render(96_000);
	expect(level(cut, 47_000)).toBeGreaterThan(0.49);
	expect(cut.subarray(2 * 48_000, 2 * 95_800).every((value) => value === 0)).toBe(true);
});

test("a roll goes round at the slices' own pitch, from what is heard", () => {
	const loop = drumLoop(2);
	const { kernel } = playLoop(loop, 0.8);
	kernel.render(30_000);
	kernel.push([16, 0, 0, 0, 0, 0x3fe0_0000]); // half a beat
	const heard = kernel.render(60_000);
	// Half a beat at 96 BPM, behind the fade.
	const round = 15_000;
	expect(
		firstDifference(heard.subarray(2 * 300, 2 * 14_000), heard.subarray(2 * (300 + round), 2 * (14_000 + round))),
	).toBe(-1);
});

test("a sample that is replaced or unloaded has no slices", () => {
	const loop = drumLoop(1);
	const { kernel, sample } = playLoop(loop, 0.8);
	kernel.render(1000);
	kernel.send({ type: "load", slot: 0, sample });
	kernel.send({ type: "stopAll" });
	kernel.render(1000);
	kernel.send({ type: "press", slot: 0, velocity: 1 });
	const heard = kernel.render(LOOP_FRAMES);
	const repitched = playLoop(loop, 0.8, { [parameters.PAD_SYNC]: 1 }).kernel.render(LOOP_FRAMES);
	expect(firstDifference(heard, repitched)).toBe(-1);
	expect(kernel.status(layout.STATUS_INVALID_COMMANDS)).toBe(0);
});

test("other slices, another region and another sync take over while the loop plays, without a step", () => {
	const samples = Float32Array.from(
		{ length: 2 * LOOP_FRAMES },
		(_, at) => 0.5 * Math.cos((2 * Math.PI * (at >> 1)) / 480),
	);
	const loop = { samples, slices: slicesAt([0, 20_000, 55_000], LOOP_FRAMES) };
	const { kernel } = playLoop(loop, 0.75);
	const heard: Float32Array[] = [kernel.render(40_000)];
	for (const change of [
		() => sendSlices(kernel, 0, slicesAt([0, 40_000], LOOP_FRAMES)),
		() => set(kernel, { [parameters.PAD_SYNC]: parameters.SYNC_REPITCH }),
		() => set(kernel, { [parameters.PAD_SYNC]: parameters.SYNC_SLICES }),
		() => set(kernel, { [parameters.PAD_LOOP_END]: 72_000, [parameters.PAD_LENGTH_BEATS]: 3 }),
		() => set(kernel, { [parameters.TRANSPORT_TEMPO]: 40 }),
		() => set(kernel, { [parameters.TRANSPORT_TEMPO]: 300 }),
		() => set(kernel, { [parameters.PAD_REVERSE]: 1 }),
		() => set(kernel, { [parameters.PAD_REVERSE]: 0 }),
		() => kernel.push([15, 0, 0, 0, 0, 0x40d0_0000]),
		() => sendSlices(kernel, 0, []),
	]) {
		change();
		heard.push(kernel.render(33_333));
	}
	// The fades of 1 to 5 ms take one part in 48 frames of what they fade, and the wave itself moves by a hundredth at four times its speed.
	for (const part of heard) expect(widestStep(part.subarray(2 * 10))).toBeLessThan(0.04);
	expect(kernel.status(layout.STATUS_INVALID_COMMANDS)).toBe(0);
});
