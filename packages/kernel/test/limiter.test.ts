import * as fc from "fast-check";
import { expect, test } from "vitest";
import { SILENT } from "../../engine/src/protocol/commands.ts";
import { MASTER_LIMITER, MASTER_LIMITER_CEILING } from "../../engine/src/protocol/parameters.ts";
import { MAX_BLOCK_FRAMES, STATUS, STATUS_GAIN_REDUCTION } from "../../engine/src/protocol/shared-memory.ts";
import { typeOf } from "./journal-replay.ts";
import { type Command, KernelHost, play } from "./kernel-host.ts";
import { bitsOf, constant, firstDifference, interleave, noise, Random } from "./signals.ts";

const SEED = 0x11_417e;
const LOOK_AHEAD = 72;
const RAMP_FRAMES = 480;
const CEILING = Math.fround(10 ** (-1 / 20));

function limiter(isOn: boolean, atFrame?: number): Command {
	const command: Command = { type: "set", slot: 0, parameter: MASTER_LIMITER, value: Number(isOn) };
	return atFrame === undefined ? command : { ...command, atFrame };
}

/** A kernel that plays stereo frames once, through a limiter that is on. */
function limited(samples: Float32Array<ArrayBuffer>, kernel = new KernelHost()): KernelHost {
	kernel.restart();
	kernel.send({ type: "load", slot: 0, sample: kernel.place(samples, 2) });
	kernel.send(limiter(true));
	kernel.send(play(0));
	return kernel;
}

function gainReduction(kernel: KernelHost): number {
	return kernel.floats[(STATUS + STATUS_GAIN_REDUCTION) / 4] ?? Number.NaN;
}

/** Noise whose level jumps between -30 and +30 dB, with single peaks. */
function loudNoise(frames: number, seed: number): Float32Array<ArrayBuffer> {
	const random = new Random(seed);
	let level = 1;
	return Float32Array.from({ length: 2 * frames }, () => {
		if (random.next() < 0.01) level = 10 ** (3 * random.next() - 1.5);
		const peak = random.next() < 0.001 ? 1e6 : 1;
		return peak * level * (random.next() * 2 - 1);
	});
}

test("what stays below the ceiling comes 72 frames later, with its own bits", () => {
	const samples = noise(2 * 3000, 5).map((value) => value * CEILING);
	const heard = limited(samples).render(3000 + LOOK_AHEAD, 100);
	expect(bitsOf(heard.subarray(0, 2 * LOOK_AHEAD)).every((bits) => bits === 0)).toBe(true);
	expect(firstDifference(heard.subarray(2 * LOOK_AHEAD), samples)).toBe(-1);
});

test("nothing passes the ceiling, however loud", () => {
	const kernel = new KernelHost();
	for (let seed = 1; seed <= 40; seed++) {
		const heard = limited(loudNoise(8000, seed), kernel).render(9000, 1 + seed * 13);
		const peak = heard.reduce((highest, value) => Math.max(highest, Math.abs(value)), 0);
		expect(peak).toBeLessThanOrEqual(CEILING);
		expect(peak).toBeGreaterThan(0.5 * CEILING);
	}
});

test("infinity and what is no number are silenced, and what follows sounds", () => {
	const samples = constant(2 * 9000, 0.5);
	samples.set([Number.MAX_VALUE, -Number.MAX_VALUE, Number.NaN, 3e38], 2 * 1000);
	const heard = limited(samples).render(9000);
	expect(heard.every((value) => Math.abs(value) <= CEILING)).toBe(true);
	expect(heard[2 * 8900]).toBeGreaterThan(0.25);
});

test("a peak is met by a gain that falls in a line over 73 frames and comes back by 1/e in 100 ms", () => {
	const left = constant(20_000, 0.1);
	left[2000] = 8;
	const heard = limited(interleave(left, constant(20_000, 0.1))).render(20_000);
	const gainAt = (frame: number): number => heard[2 * (frame + LOOK_AHEAD) + 1]! / Math.fround(0.1);
	const lowest = CEILING / 8;
	for (let frame = 0; frame <= LOOK_AHEAD; frame++) {
		expect(gainAt(2000 - LOOK_AHEAD - 1 + frame)).toBeCloseTo(1 - ((1 - lowest) * frame) / 73, 5);
	}
	expect(heard[2 * (2000 + LOOK_AHEAD)]).toBeCloseTo(CEILING, 5);
	// The window and the mean hold the gain for a while before it comes back.
	const begin = 2000 + LOOK_AHEAD + 200;
	const lacking = 1 - gainAt(begin);
	expect((1 - gainAt(begin + 4800)) / lacking).toBeCloseTo(Math.exp(-1), 3);
	expect((1 - gainAt(begin + 9600)) / lacking).toBeCloseTo(Math.exp(-2), 3);
});

test("the gain never moves by more than a 73rd in a frame", () => {
	const samples = loudNoise(8000, 77);
	const heard = limited(samples).render(8000);
	const gainAt = (frame: number): number => heard[2 * frame]! / samples[2 * (frame - LOOK_AHEAD)]!;
	for (let frame = LOOK_AHEAD + 1; frame < 8000; frame++) {
		expect(Math.abs(gainAt(frame) - gainAt(frame - 1))).toBeLessThan(1 / 73 + 1e-6);
	}
});

test("the reduction of the gain is in the status block, in decibels", () => {
	const kernel = limited(constant(2 * 4000, 2));
	kernel.render(1000);
	expect(gainReduction(kernel)).toBeCloseTo(-20 * Math.log10(CEILING / 2), 4);
	kernel.send({ type: "stopAll" });
	kernel.render(200_000);
	expect(gainReduction(kernel)).toBe(0);
});

test("while it is off every bit is as without, and there is no delay", () => {
	const samples = loudNoise(6000, 3);
	const kernel = limited(samples);
	kernel.send(limiter(false));
	expect(firstDifference(kernel.render(6000), samples)).toBe(-1);
});

test("switching cross-fades over 10 ms: on once the delay is filled, off at once", () => {
	const frames = 6000;
	const samples = noise(2 * frames, 8).map((value) => value / 2);
	const kernel = limited(samples);
	kernel.send(limiter(false));
	kernel.send(limiter(true, 1000));
	kernel.send(limiter(false, 3000));
	const heard = kernel.render(frames);
	const shareAt = (frame: number): number =>
		Math.min(Math.max((frame - 1000 - LOOK_AHEAD) / RAMP_FRAMES, 0), 1) -
		Math.min(Math.max((frame - 3000) / RAMP_FRAMES, 0), 1);
	for (let at = 0; at < 2 * frames; at++) {
		const share = shareAt(at >> 1);
		const delayed = samples[at - 2 * LOOK_AHEAD] ?? 0;
		expect(heard[at]).toBeCloseTo(samples[at]! * (1 - share) + delayed * share, 6);
		if (share === 0) expect(heard[at]).toBe(samples[at]);
		if (share === 1) expect(heard[at]).toBe(delayed);
	}
});

test("no silence is noted while the delay holds sound, the gain comes back or the limiter is switched", () => {
	const silences = (samples: Float32Array<ArrayBuffer>, sent: readonly Command[], frames: number): boolean => {
		const kernel = limited(samples);
		for (const command of sent) kernel.send(command);
		kernel.journal();
		kernel.render(frames, 1);
		return kernel.journal().map(typeOf).includes(SILENT);
	};
	const quiet = constant(2 * 100, 0.25);
	expect(silences(quiet, [], 100 + LOOK_AHEAD - 1)).toBe(false);
	expect(silences(quiet, [], 100 + LOOK_AHEAD)).toBe(true);
	const loud = constant(2 * 100, 8);
	expect(silences(loud, [], 20_000)).toBe(false);
	expect(silences(loud, [], 100_000)).toBe(true);
	expect(silences(quiet, [limiter(false, 99)], 99 + RAMP_FRAMES - 1)).toBe(false);
	expect(silences(quiet, [limiter(false, 99)], 99 + RAMP_FRAMES)).toBe(true);
});

test("behind a silence it begins as at first", () => {
	const samples = loudNoise(500, 4);
	const kernel = limited(samples);
	const first = kernel.render(1000);
	kernel.render(200_000);
	kernel.send(play(0));
	expect(firstDifference(kernel.render(1000), first)).toBe(-1);
});

test("any block length gives the same bits", () => {
	const kernel = new KernelHost();
	const samples = loudNoise(12_000, 6);
	const switches = fc.array(fc.tuple(fc.boolean(), fc.nat(12_000)), { maxLength: 6 });
	const ceilings = fc.array(fc.tuple(fc.constantFrom(0, -6, -24), fc.nat(12_000)), { maxLength: 4 });
	const perform = (script: readonly Command[], blockFrames: number): Float32Array => {
		limited(samples, kernel);
		for (const command of script) kernel.send(command);
		return kernel.render(14_000, blockFrames);
	};
	fc.assert(
		fc.property(switches, ceilings, fc.integer({ min: 1, max: MAX_BLOCK_FRAMES }), (switched, moved, blockFrames) => {
			const script = [
				...switched.map(([isOn, atFrame]) => limiter(isOn, atFrame)),
				...moved.map(
					([value, atFrame]): Command => ({ type: "set", slot: 0, parameter: MASTER_LIMITER_CEILING, value, atFrame }),
				),
			];
			expect(firstDifference(perform(script, blockFrames), perform(script, 128))).toBe(-1);
		}),
		{ seed: SEED, numRuns: 60 },
	);
});
