import { expect, test } from "vitest";
import { mix, noise } from "../../test/analysis-sounds.ts";
import { findSlices } from "./find-slices.ts";
import { findTail } from "./find-tail.ts";
import { LoopSignal } from "./loop-signal.ts";

const RATE = 48_000;
const FRAMES = RATE;

/** Noise that dies away over a number of frames, from each onset on, over the seam, too. */
function decaying(onsets: readonly number[], fall: number): LoopSignal {
	const twice = new Float32Array(2 * FRAMES);
	const hit = noise(FRAMES, 3).map((sample, n) => 0.5 * sample * Math.exp(-n / fall));
	for (const onset of onsets) mix(twice, hit, onset);
	return new LoopSignal(
		Float32Array.from({ length: FRAMES }, (_, n) => twice[n]! + twice[n + FRAMES]!),
		1,
		RATE,
	);
}

/** A sine, the same in two channels. */
function sine(period: number, fall = Number.POSITIVE_INFINITY): LoopSignal {
	const value = (n: number): number => 0.5 * Math.sin((2 * Math.PI * n) / period) * Math.exp(-n / fall);
	return new LoopSignal(
		Float32Array.from({ length: 2 * FRAMES }, (_, at) => value(at >> 1)),
		2,
		RATE,
	);
}

test("slices are cut 1 to 5 ms before their onsets, where it is quietest", () => {
	const signal = decaying([0, 12_000, 30_000], 3_000);
	const slices = findSlices(signal, [0, 12_000, 30_000], true);
	expect(slices.map(({ onsetFrame }) => onsetFrame)).toEqual([0, 12_000, 30_000]);
	for (const { startFrame, onsetFrame, tail } of slices) {
		const lead = onsetFrame - startFrame;
		expect(lead).toBeGreaterThanOrEqual(48);
		expect(lead).toBeLessThanOrEqual(240);
		const energy = (frame: number): number => signal.energy(frame - 24, frame + 24);
		for (let frame = onsetFrame - 240; frame <= onsetFrame - 48; frame++)
			expect(energy(startFrame)).toBeLessThanOrEqual(energy(frame));
		expect(tail?.periodFrames).toBeGreaterThanOrEqual(576);
		expect(tail?.periodFrames).toBeLessThanOrEqual(1_920);
	}
	expect(slices[0]?.startFrame).toBeLessThan(0);
});

test("a slice ends where the next one is cut, the last one in the next round", () => {
	const [first, last] = findSlices(decaying([500, 20_000], 4_000), [500, 20_000], true);
	expect(first!.tail!.startFrame + first!.tail!.periodFrames).toBe(last!.startFrame - 96);
	expect(last!.tail!.startFrame + last!.tail!.periodFrames).toBe(first!.startFrame + FRAMES - 96);
	expect(findSlices(decaying([500], 4_000), [500], false)).toMatchObject([{ onsetFrame: 500, tail: null }]);
	expect(findSlices(decaying([500], 4_000), [], true)).toEqual([]);
});

test("onsets that are near to each other have cuts between them", () => {
	const slices = findSlices(decaying([1_000, 1_100], 3_000), [1_000, 1_100], true);
	expect(slices[1]!.startFrame).toBeGreaterThanOrEqual(1_050);
	expect(slices[0]!.tail).toBeNull();
});

test("the tail of a tone goes round in whole waves, and falls as the tone does and by 15 dB per second", () => {
	const steady = findTail(sine(100), 0, 20_000)!;
	expect(steady.periodFrames % 100).toBe(0);
	expect(steady.isCorrelated).toBe(true);
	expect(20 * Math.log10(steady.decay)).toBeCloseTo((-15 * steady.periodFrames) / RATE, 1);
	const falling = findTail(sine(100, 6_000), 0, 20_000)!;
	expect(Math.log(falling.decay)).toBeCloseTo(-falling.periodFrames * (1 / 6_000 + 15 / 8.686 / RATE), 2);
});

test("noise fades into itself with constant power", () => {
	expect(findTail(decaying([0], 20_000), 0, 30_000)?.isCorrelated).toBe(false);
});

test("a hit within the tail does not go round", () => {
	const signal = decaying([0, 29_000], 6_000);
	const tail = findTail(signal, 0, 30_500)!;
	// Of the last 2 ms of a piece, which fade out, nearly nothing is heard.
	const isBefore = tail.startFrame + tail.periodFrames < 29_000 + 96;
	expect(isBefore || tail.startFrame > 29_000).toBe(true);
});

test("there is no tail without room, nor of silence", () => {
	expect(findTail(sine(100), 0, 720 + 575)).toBeNull();
	expect(findTail(sine(100), 0, 720 + 577)).not.toBeNull();
	expect(findTail(new LoopSignal(new Float32Array(FRAMES), 1, RATE), 0, 20_000)).toBeNull();
});
