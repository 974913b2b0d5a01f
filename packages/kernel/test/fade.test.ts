import { expect, test } from "vitest";
import { PLAY_SAMPLE, STOP_VOICE } from "../../engine/src/protocol/commands.ts";
import { MAX_FADE_FRAMES, STATUS_ACTIVE_VOICES } from "../../engine/src/protocol/shared-memory.ts";
import { type Command, KernelHost, play, rawCommand } from "./kernel-host.ts";
import { bitsOf, constant, doubleBits, noise } from "./signals.ts";

const FADE_FRAMES = 240;
const TOLERANCE = 1e-6;

/** Left channel of a signal that falls linearly from `level` to 0 within the fade, then silence. */
function fallFrom(level: number, frames: number, fadeFrames = FADE_FRAMES): number[] {
	return Array.from({ length: frames }, (_, frame) => level * Math.max(0, 1 - frame / fadeFrames));
}

function leftOf(rendered: Float32Array): number[] {
	return [...rendered].filter((_, index) => index % 2 === 0);
}

/** The largest difference between two signals of the same length. */
function worstError(actual: readonly number[], expected: readonly number[]): number {
	if (actual.length !== expected.length) return Number.POSITIVE_INFINITY;
	return Math.max(...actual.map((value, index) => Math.abs(value - (expected[index] ?? Number.NaN))));
}

const endings: Command[] = [{ type: "stop", slot: 0 }, { type: "stopAll" }, { type: "unload", slot: 0 }];

test.each(endings)("$type fades a voice linearly to silence", (ending) => {
	const kernel = new KernelHost({ fadeFrames: FADE_FRAMES });
	kernel.send({ type: "load", slot: 0, sample: kernel.place(constant(2 * 1000, 0.5), 2) });
	kernel.send(play(0, 0.5));
	kernel.render(128);
	kernel.send(ending);
	expect(worstError(leftOf(kernel.render(512)), fallFrom(0.25, 512))).toBeLessThan(TOLERANCE);
	expect(kernel.status(STATUS_ACTIVE_VOICES)).toBe(0);
});

test("a fading voice goes on with the sample's next frames", () => {
	const kernel = new KernelHost({ fadeFrames: FADE_FRAMES });
	const sample = kernel.place(noise(1000, 11), 1);
	kernel.send({ type: "load", slot: 0, sample });
	kernel.send(play(0));
	kernel.render(200);
	kernel.send({ type: "stopAll" });
	const expected = Array.from(sample.samples.subarray(200, 440), (value, frame) => value * (1 - frame / FADE_FRAMES));
	expect(worstError(leftOf(kernel.render(FADE_FRAMES)), expected)).toBeLessThan(TOLERANCE);
	expect(kernel.render(128)).toEqual(constant(2 * 128, 0));
});

test("a fading loop wraps, a fading one-shot ends at its last frame", () => {
	const kernel = new KernelHost({ fadeFrames: FADE_FRAMES });
	kernel.send({ type: "load", slot: 0, sample: kernel.place(constant(2 * 150, 0.5), 2) });
	kernel.send(play(0, 1, true));
	kernel.render(128);
	kernel.send({ type: "stopAll" });
	expect(worstError(leftOf(kernel.render(512)), fallFrom(0.5, 512))).toBeLessThan(TOLERANCE);

	kernel.send(play(0));
	kernel.render(128);
	kernel.send({ type: "stopAll" });
	expect(
		worstError(
			leftOf(kernel.render(512)),
			fallFrom(0.5, 512).map((value, frame) => (frame < 22 ? value : 0)),
		),
	).toBeLessThan(TOLERANCE);
});

test("a voice stopped in the frame it started in never sounds", () => {
	const kernel = new KernelHost();
	kernel.send({ type: "load", slot: 0, sample: kernel.place(constant(2 * 1000, 0.5), 2) });
	kernel.send(play(0));
	kernel.send({ type: "stop", slot: 0 });
	expect(kernel.render(512)).toEqual(constant(2 * 512, 0));
});

test("a voice whose fade is asked for in the frame it started in is heard while it fades", () => {
	const kernel = new KernelHost();
	kernel.send({ type: "load", slot: 0, sample: kernel.place(constant(2 * 1000, 0.5), 2) });
	kernel.push(rawCommand(PLAY_SAMPLE, 0, ...doubleBits(1), 0, 7));
	kernel.push(rawCommand(STOP_VOICE, 0, 7, 400));
	expect(worstError(leftOf(kernel.render(512)), fallFrom(0.5, 512, 400))).toBeLessThan(TOLERANCE);
});

test("a start does not fade", () => {
	const kernel = new KernelHost();
	kernel.send({ type: "load", slot: 0, sample: kernel.place(constant(2 * 1000, 0.5), 2) });
	kernel.send(play(0));
	expect(kernel.render(1)).toEqual(constant(2, 0.5));
});

test("stop ends only the voices of its slot, those on the slot's older samples too", () => {
	const kernel = new KernelHost({ fadeFrames: FADE_FRAMES });
	const [older, newer, other] = [0.5, 0.25, 0.125].map((level) => kernel.place(constant(2 * 4000, level), 2));
	kernel.send({ type: "load", slot: 0, sample: older! });
	kernel.send({ type: "load", slot: 1, sample: other! });
	kernel.send(play(0));
	kernel.send(play(1));
	kernel.render(128);
	kernel.send({ type: "load", slot: 0, sample: newer! });
	kernel.send(play(0));
	kernel.render(128);
	kernel.send({ type: "stop", slot: 0 });
	expect(
		worstError(
			leftOf(kernel.render(512)),
			fallFrom(0.75, 512).map((value) => value + 0.125),
		),
	).toBeLessThan(TOLERANCE);
	expect(kernel.status(STATUS_ACTIVE_VOICES)).toBe(1);
});

test("a thousand fades in a row add up and leave nothing behind", () => {
	const kernel = new KernelHost({ voices: 1, fadeFrames: 64 });
	kernel.send({ type: "load", slot: 0, sample: kernel.place(constant(2 * 1000, 2 ** -10), 2) });
	for (let start = 0; start < 1000; start++) {
		kernel.send(play(0)); // steals the one before, which fades over this block
		kernel.render(64);
	}
	kernel.send({ type: "stopAll" });
	kernel.render(64);
	expect(kernel.render(2 * MAX_FADE_FRAMES)).toEqual(constant(4 * MAX_FADE_FRAMES, 0));
});

test("a fade as long as the tail buffer keeps its shape across the buffer's end", () => {
	const kernel = new KernelHost({ fadeFrames: MAX_FADE_FRAMES });
	kernel.send({ type: "load", slot: 0, sample: kernel.place(constant(2 * 100, 1), 2) });
	kernel.send(play(0, 1, true));
	kernel.render(5000);
	kernel.send({ type: "stopAll" });
	const rendered = leftOf(kernel.render(MAX_FADE_FRAMES + 500));
	expect(
		worstError(
			rendered,
			Array.from({ length: MAX_FADE_FRAMES + 500 }, (_, frame) => Math.max(0, 1 - frame / MAX_FADE_FRAMES)),
		),
	).toBeLessThan(TOLERANCE);
});

test("starting again forgets the tail", () => {
	const kernel = new KernelHost();
	kernel.send({ type: "load", slot: 0, sample: kernel.place(constant(2 * 1000, 1), 2) });
	kernel.send(play(0));
	kernel.render(128);
	kernel.send({ type: "stopAll" });
	kernel.render(1);
	kernel.restart();
	expect(bitsOf(kernel.render(512))).toEqual(bitsOf(constant(2 * 512, 0)));
});
