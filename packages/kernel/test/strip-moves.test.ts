import * as fc from "fast-check";
import { expect, test } from "vitest";
import { SILENT } from "../../engine/src/protocol/commands.ts";
import {
	PAD_CUE,
	PAD_EQ_HIGH,
	PAD_EQ_LOW,
	PAD_EQ_MID,
	PAD_MUTE,
	PAD_SOLO,
} from "../../engine/src/protocol/parameters.ts";
import { MAX_BLOCK_FRAMES } from "../../engine/src/protocol/shared-memory.ts";
import { type Bands, settingOf } from "./equalizer-formula.ts";
import { typeOf } from "./journal-replay.ts";
import { type Command, KernelHost, play } from "./kernel-host.ts";
import { bitsOf, constant, firstDifference, interleave, noise } from "./signals.ts";

const SEED = 0xe9_0a11;
const FLAT: Bands = { low: 0, middle: 0, high: 0 };
const KILLED = Number.NEGATIVE_INFINITY;
/** Gains move for 10 ms, strips ring for 100 ms, at 48 kHz. */
const RAMP_FRAMES = 480;
const RING_FRAMES = 4800;

/** A kernel that loops noise on some pads. */
function noisy(pads: number, kernel = new KernelHost()): KernelHost {
	kernel.restart();
	for (let slot = 0; slot < pads; slot++) {
		kernel.send({ type: "load", slot, sample: kernel.place(noise(2 * (3000 + slot), slot + 1), 2) });
		kernel.send(play(slot, 1, true));
	}
	return kernel;
}

const bypassed = noisy(1).render(8000);

test("a pad whose bands are at 0 dB has its own bits, before, and from 10 ms after they are back", () => {
	const kernel = noisy(1);
	for (const command of settingOf(0, { low: 6, middle: KILLED, high: -3 }, 1000)) kernel.send(command);
	for (const command of settingOf(0, FLAT, 4000)) kernel.send(command);
	const heard = kernel.render(8000);
	expect(firstDifference(heard.subarray(0, 2 * 1001), bypassed.subarray(0, 2 * 1001))).toBe(-1);
	expect(firstDifference(heard.subarray(2 * 1001), bypassed.subarray(2 * 1001))).toBeLessThan(4);
	expect(heard.at(2 * (4000 + RAMP_FRAMES) - 1)).not.toBe(bypassed.at(2 * (4000 + RAMP_FRAMES) - 1));
	const after = 2 * (4000 + RAMP_FRAMES);
	expect(firstDifference(heard.subarray(after), bypassed.subarray(after))).toBe(-1);
});

test("an equalizer sounds the same with any neighbour, and alone", () => {
	const bands: Bands = { low: 3, middle: -8, high: KILLED };
	const alone = noisy(1);
	for (const command of settingOf(0, bands, 100)) alone.send(command);
	const expected = alone.render(3000);
	for (const [others, sets] of [
		[1, [FLAT]],
		[1, [bands]],
		[4, [FLAT, bands, bands, bands]],
	] as const) {
		const kernel = noisy(1 + others);
		const silent = Array.from(
			{ length: others },
			(_, index): Command => ({ type: "gain", slot: index + 1, decibels: KILLED }),
		);
		for (const command of silent) kernel.send(command);
		for (const command of settingOf(0, bands, 100)) kernel.send(command);
		for (const [index, set] of sets.entries()) {
			for (const command of settingOf(index + 1, set, 300 + index)) kernel.send(command);
		}
		expect(firstDifference(kernel.render(3000), expected)).toBe(-1);
	}
});

/** The widest step of the left channel from one frame to the next. */
function widestStep(signal: Float32Array): number {
	let widest = 0;
	for (let frame = 1; frame < signal.length / 2; frame++) {
		widest = Math.max(widest, Math.abs(signal[frame * 2]! - signal[frame * 2 - 2]!));
	}
	return widest;
}

test.each([100, 250, 1000, 4000])("no move of a band makes a step in a sine of %i Hz", (hertz) => {
	const samples = Float32Array.from({ length: 48_000 }, (_, frame) => Math.sin((2 * Math.PI * hertz * frame) / 48_000));
	const kernel = new KernelHost();
	kernel.send({ type: "load", slot: 0, sample: kernel.place(interleave(samples, samples), 2) });
	kernel.send(play(0, 1, true));
	const own = 2 * Math.sin((Math.PI * hertz) / 48_000);
	const moves: Bands[] = [
		{ ...FLAT, low: -1 },
		{ ...FLAT, low: KILLED },
		{ low: KILLED, middle: KILLED, high: 6 },
		FLAT,
		{ ...FLAT, middle: KILLED },
		{ low: 0, middle: KILLED, high: KILLED },
		{ low: -20, middle: 0, high: KILLED },
		FLAT,
	];
	for (const [index, bands] of moves.entries()) {
		for (const command of settingOf(0, bands, 701 + 1003 * index)) kernel.send(command);
	}
	// What a gain may move by in a frame: 1/480 of the sound, or of twice the sound where its phase is turned.
	expect(widestStep(kernel.render(10_000))).toBeLessThan(own * 1.05 + 3 / RAMP_FRAMES);
});

test("a band moves linearly for exactly 10 ms, and one that is set meanwhile does not delay it", () => {
	// At 0 Hz the low band is all there is.
	const kernel = new KernelHost();
	kernel.send({ type: "load", slot: 0, sample: kernel.place(constant(2 * 1000, 1), 2) });
	for (const command of settingOf(0, { ...FLAT, high: KILLED })) kernel.send(command);
	kernel.send(play(0, 1, true));
	kernel.render(4000);
	kernel.send({ type: "set", slot: 0, parameter: PAD_EQ_LOW, value: KILLED, atFrame: 4100 });
	kernel.send({ type: "set", slot: 0, parameter: PAD_EQ_MID, value: -6, atFrame: 4300 });
	const heard = kernel.render(1000);
	for (let frame = 0; frame <= RAMP_FRAMES; frame++) {
		expect(heard[2 * (100 + frame)]).toBeCloseTo(1 - frame / RAMP_FRAMES, 4);
	}
	expect(heard[2 * (100 + RAMP_FRAMES - 1)]).toBeGreaterThan(0.001);
});

test("a strip rings for 100 ms behind its last voice and is silent then", () => {
	for (const frames of [1, 777, 2048, 5000]) {
		const kernel = new KernelHost();
		kernel.send({ type: "load", slot: 0, sample: kernel.place(constant(2 * frames, 1), 2) });
		for (const command of settingOf(0, { ...FLAT, low: 6 })) kernel.send(command);
		kernel.send(play(0));
		const heard = kernel.render(frames + RING_FRAMES + 1000, 97);
		expect(heard[2 * frames + 100]).not.toBe(0);
		expect(heard.subarray(2 * (frames + RING_FRAMES)).every((value) => value === 0)).toBe(true);
	}
});

test("what decays in a ring ends at 2^-63, above every subnormal number", () => {
	const kernel = new KernelHost();
	kernel.send({ type: "load", slot: 0, sample: kernel.place(noise(2 * 700, 3), 2) });
	for (const command of settingOf(0, { low: 6, middle: -3, high: 1 })) kernel.send(command);
	kernel.send(play(0));
	const ring = kernel.render(700 + RING_FRAMES).subarray(2 * 700);
	expect(ring.every((value) => value === 0 || Math.abs(value) >= 2 ** -63)).toBe(true);
	expect(ring.some((value) => value !== 0 && Math.abs(value) < 2 ** -50)).toBe(true);
});

test("a restart in the ring goes on with the filters as they are, one behind it begins anew", () => {
	const kernel = new KernelHost();
	const sample = kernel.place(noise(2 * 500, 9), 2);
	const bands: Bands = { ...FLAT, low: KILLED };
	const start = (): void => {
		kernel.restart();
		kernel.send({ type: "load", slot: 0, sample });
		for (const command of settingOf(0, bands)) kernel.send(command);
		kernel.send(play(0));
	};
	start();
	kernel.send({ ...play(0), atFrame: 500 + RING_FRAMES });
	const anew = kernel.render(6000);
	expect(firstDifference(anew.slice(2 * (500 + RING_FRAMES), 2 * (1000 + RING_FRAMES)), anew.slice(0, 1000))).toBe(-1);
	start();
	kernel.send({ ...play(0), atFrame: 500 });
	const going = kernel.render(6000);
	expect(firstDifference(going.slice(1000, 2000), anew.slice(0, 1000))).toBeLessThan(4);
});

test("no silence is noted while a strip rings", () => {
	const kernel = new KernelHost();
	kernel.send({ type: "load", slot: 0, sample: kernel.place(constant(2 * 100, 1), 2) });
	for (const command of settingOf(0, { ...FLAT, low: 6 })) kernel.send(command);
	kernel.renderBlock(1);
	kernel.send(play(0));
	kernel.journal();
	kernel.render(100 + RING_FRAMES - 1, 1);
	expect(kernel.journal().map(typeOf)).not.toContain(SILENT);
	kernel.renderBlock(1);
	expect(kernel.journal().map(typeOf)).toContain(SILENT);
});

test("while a pad is soloed all others are silent, and come back within 10 ms", () => {
	const kernel = new KernelHost();
	for (const [slot, value] of [0.5, 0.25, 0.125].entries()) {
		kernel.send({ type: "load", slot, sample: kernel.place(constant(2 * 1000, value), 2) });
		kernel.send(play(slot, 1, true));
	}
	const set = (slot: number, parameter: number, value: number, atFrame: number): void =>
		kernel.send({ type: "set", slot, parameter, value, atFrame });
	set(1, PAD_SOLO, 1, 1000);
	set(2, PAD_SOLO, 1, 2000);
	set(2, PAD_MUTE, 1, 3000);
	set(1, PAD_SOLO, 0, 4000);
	set(2, PAD_SOLO, 0, 5000);
	const heard = kernel.render(6000);
	const levelAt = (frame: number): number => heard[2 * frame]!;
	expect([999, 1000].map(levelAt)).toEqual([0.875, 0.875]);
	expect(levelAt(1001)).toBeCloseTo(0.875 - 0.625 / RAMP_FRAMES, 6);
	expect([1000, 2000, 3000, 4000, 5000].map((frame) => levelAt(frame + RAMP_FRAMES))).toEqual([
		0.25, 0.375, 0.25, 0, 0.75,
	]);
});

test("a pad that starts while another is soloed is silent from its first frame", () => {
	const kernel = noisy(1);
	kernel.send({ type: "load", slot: 1, sample: kernel.place(constant(2 * 1000, 1), 2) });
	kernel.send({ type: "set", slot: 0, parameter: PAD_SOLO, value: 1, atFrame: 500 });
	kernel.send({ ...play(1, 1, true), atFrame: 500 });
	expect(firstDifference(kernel.render(2000), bypassed.subarray(0, 4000))).toBe(-1);
});

test("the cue bus has a pad behind its equalizer, whatever gain, pan and mute are; without one it is silent", () => {
	const bands: Bands = { ...FLAT, middle: KILLED };
	const equalized = noisy(1);
	for (const command of settingOf(0, bands)) equalized.send(command);
	const expected = equalized.render(2000);
	const kernel = noisy(2);
	for (const command of settingOf(0, bands)) kernel.send(command);
	kernel.send({ type: "set", slot: 0, parameter: PAD_CUE, value: 1 });
	kernel.send({ type: "set", slot: 0, parameter: PAD_MUTE, value: 1 });
	kernel.send({ type: "gain", slot: 0, decibels: -20 });
	const { master, cue } = kernel.renderBoth(2000, 111);
	expect(firstDifference(cue, expected)).toBe(-1);
	const other = noisy(2);
	other.send({ type: "gain", slot: 0, decibels: KILLED });
	expect(firstDifference(master, other.render(2000))).toBe(-1);
	kernel.send({ type: "set", slot: 0, parameter: PAD_CUE, value: 0 });
	kernel.render(RAMP_FRAMES);
	expect(bitsOf(kernel.renderBoth(500).cue).every((bits) => bits === 0)).toBe(true);
});

test("a cue switch moves linearly for 10 ms", () => {
	const kernel = new KernelHost();
	kernel.send({ type: "load", slot: 0, sample: kernel.place(constant(2 * 1000, 1), 2) });
	kernel.send(play(0, 1, true));
	kernel.send({ type: "set", slot: 0, parameter: PAD_CUE, value: 1, atFrame: 100 });
	const { cue } = kernel.renderBoth(1000);
	for (let frame = 0; frame < 1000; frame++) {
		expect(cue[2 * frame]).toBe(Math.fround(Math.min(Math.max((frame - 100) / RAMP_FRAMES, 0), 1)));
	}
});

const decibels = fc.constantFrom(0, 0, -3, 6, KILLED);
const commands = fc.array(
	fc
		.oneof(
			fc.tuple(fc.nat(3), fc.constantFrom(PAD_EQ_LOW, PAD_EQ_MID, PAD_EQ_HIGH), decibels),
			fc.tuple(fc.nat(3), fc.constantFrom(PAD_SOLO, PAD_CUE, PAD_MUTE), fc.nat(1)),
		)
		.chain(([slot, parameter, value]) =>
			fc.nat(11_000).map((atFrame): Command => ({ type: "set", slot, parameter, value, atFrame })),
		),
	{ maxLength: 40 },
);
const notes = fc.array(
	fc.oneof(
		fc
			.tuple(fc.nat(3), fc.boolean(), fc.nat(11_000))
			.map(([slot, loop, atFrame]) => ({ ...play(slot, 1, loop), atFrame })),
		fc.tuple(fc.nat(3), fc.nat(11_000)).map(([slot, atFrame]): Command => ({ type: "stop", slot, atFrame })),
	),
	{ maxLength: 15 },
);

test("with equalizers, solo and cue any block length gives the same bits, of the master and of the cue bus", () => {
	const kernel = new KernelHost();
	const perform = (script: readonly Command[], blockFrames: number) => {
		kernel.restart();
		for (let slot = 0; slot < 4; slot++) {
			kernel.send({ type: "load", slot, sample: kernel.place(noise(2 * (100 + 700 * slot), slot + 1), 2) });
		}
		for (const command of script) kernel.send(command);
		return kernel.renderBoth(20_000, blockFrames);
	};
	fc.assert(
		fc.property(commands, notes, fc.integer({ min: 1, max: MAX_BLOCK_FRAMES }), (settings, played, blockFrames) => {
			const script = [...settings, ...played];
			const usual = perform(script, 128);
			const other = perform(script, blockFrames);
			expect(firstDifference(other.master, usual.master)).toBe(-1);
			expect(firstDifference(other.cue, usual.cue)).toBe(-1);
		}),
		{ seed: SEED, numRuns: 60 },
	);
});
