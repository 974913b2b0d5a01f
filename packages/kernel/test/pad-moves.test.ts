import { describe, expect, test } from "vitest";
import * as command from "../../engine/src/protocol/commands.ts";
import * as parameters from "../../engine/src/protocol/parameters.ts";
import * as layout from "../../engine/src/protocol/shared-memory.ts";
import { type Command, KernelHost, rawCommand, timedCommand } from "./kernel-host.ts";
import { bitsOf, doubleBits, noise } from "./signals.ts";

const FADE = 100;
const LENGTH = 48_000;
/** At 120 BPM. */
const BEAT = 24_000;

type Settings = Readonly<Record<number, number>>;

function set(kernel: KernelHost, settings: Settings, slot = 0): void {
	for (const [parameter, value] of Object.entries(settings)) {
		kernel.send({ type: "set", slot, parameter: Number(parameter), value });
	}
}

/** A kernel whose pad 0 loops a ramp from 0 to 1 that climbs for two beats. */
function host(settings: Settings = {}): KernelHost {
	const kernel = new KernelHost({ fadeFrames: FADE });
	const ramp = Float32Array.from({ length: LENGTH }, (_, frame) => frame / LENGTH);
	for (const slot of [0, 1]) {
		kernel.send({ type: "load", slot, sample: kernel.place(ramp, 1) });
		set(kernel, { [parameters.PAD_LOOP]: 1, [parameters.PAD_LENGTH_BEATS]: 2, ...settings }, slot);
	}
	return kernel;
}

const synced = { [parameters.PAD_SYNC]: parameters.SYNC_REPITCH };
const press = (slot = 0): Command => ({ type: "press", slot, velocity: 1 });

function act(kernel: KernelHost, type: number, argument?: number, slot = 0): void {
	kernel.push(rawCommand(type, slot, ...(argument === undefined ? [] : doubleBits(argument))));
}

function left(kernel: KernelHost, frames: number): Float32Array {
	return kernel.render(frames).filter((_, index) => index % 2 === 0);
}

const state = (kernel: KernelHost): number => kernel.padStatus(0, layout.PAD_STATE);

describe("a roll", () => {
	test("goes round from where the pad is, and on release the pad is where it would have been", () => {
		const kernel = host();
		kernel.send(press());
		left(kernel, 20_000);
		act(kernel, command.ROLL_PAD, 1 / 16);
		const rolled = left(kernel, 9000);
		const round = BEAT / 16;
		for (const turn of [0, 1, 4]) expect(rolled[turn * round + 700]).toBeCloseTo((20_000 + 700) / LENGTH, 5);
		act(kernel, command.END_ROLL);
		const after = left(kernel, 1000);
		expect(after[500]).toBeCloseTo((29_000 + 500) / LENGTH, 5);
		expect(kernel.playhead(0)).toBe(30_000);
	});

	test("may change its length, and end when its pad is stopped", () => {
		const kernel = host();
		kernel.send(press());
		left(kernel, 1000);
		act(kernel, command.ROLL_PAD, 1);
		left(kernel, 500);
		act(kernel, command.ROLL_PAD, 1 / 32);
		left(kernel, 3000);
		act(kernel, command.END_ROLL);
		left(kernel, 100);
		expect(kernel.playhead(0)).toBe(4600);
		act(kernel, command.ROLL_PAD, 1 / 32);
		kernel.send({ type: "stopPad", slot: 0 });
		left(kernel, 500);
		act(kernel, command.END_ROLL);
		expect(left(kernel, 100).every((value) => value === 0)).toBe(true);
	});

	test("of a one-shot ends with the one-shot", () => {
		const kernel = host({ [parameters.PAD_LOOP]: 0 });
		kernel.send(press());
		left(kernel, 47_000);
		act(kernel, command.ROLL_PAD, 1 / 32);
		left(kernel, 5000);
		expect(state(kernel)).toBe(layout.PAD_PLAYING);
		act(kernel, command.END_ROLL);
		left(kernel, 200);
		expect(state(kernel)).toBe(layout.PAD_IDLE);
	});

	test("ends although its one-shot has been pressed again, and another one takes its place", () => {
		const kernel = host({ [parameters.PAD_LOOP]: 0 });
		kernel.send(press());
		left(kernel, 1_000);
		act(kernel, command.ROLL_PAD, 1 / 8);
		left(kernel, 1_000);
		kernel.send(press());
		left(kernel, 1_000);
		act(kernel, command.ROLL_PAD, 1 / 16);
		left(kernel, 1_000);
		act(kernel, command.END_ROLL);
		left(kernel, LENGTH + 1_000);
		expect(state(kernel)).toBe(layout.PAD_IDLE);
		expect(left(kernel, 100).every((value) => value === 0)).toBe(true);
	});

	test("whose one-shot has ended beneath it is paused to nothing", () => {
		const kernel = host({ [parameters.PAD_LOOP]: 0 });
		kernel.send(press());
		left(kernel, 47_000);
		act(kernel, command.ROLL_PAD, 1 / 32);
		left(kernel, 5_000);
		act(kernel, command.PAUSE_PAD);
		left(kernel, 200);
		expect(state(kernel)).toBe(layout.PAD_IDLE);
		act(kernel, command.RESUME_PAD);
		expect(left(kernel, 1_000).every((value) => value === 0)).toBe(true);
		expect(state(kernel)).toBe(layout.PAD_IDLE);
	});

	test("of a pad that plays nothing, and beats out of range, do nothing", () => {
		const kernel = host();
		act(kernel, command.ROLL_PAD, 1);
		act(kernel, command.END_ROLL);
		for (const beats of [0, -1, 1e9, Number.NaN]) act(kernel, command.ROLL_PAD, beats);
		expect(left(kernel, 100).every((value) => value === 0)).toBe(true);
		expect(kernel.status(layout.STATUS_INVALID_COMMANDS)).toBe(4);
	});
});

describe("a pause", () => {
	test("keeps the place, and a resume goes on there", () => {
		const kernel = host();
		kernel.send(press());
		left(kernel, 10_000);
		act(kernel, command.PAUSE_PAD);
		const fading = left(kernel, 5000);
		expect(fading.subarray(FADE).every((value) => value === 0)).toBe(true);
		expect(state(kernel)).toBe(layout.PAD_PAUSED);
		act(kernel, command.RESUME_PAD);
		expect(left(kernel, 1000)[500]).toBeCloseTo((10_000 + 500) / LENGTH, 5);
		expect(state(kernel)).toBe(layout.PAD_PLAYING);
	});

	test.each([
		["gate", parameters.LAUNCH_GATE],
		["repeat", parameters.LAUNCH_REPEAT],
	])("outlasts the release of a pad that is held, by %s", (_, mode) => {
		const kernel = host({ [parameters.PAD_LAUNCH_MODE]: mode });
		kernel.send(press());
		left(kernel, 10_000);
		act(kernel, command.PAUSE_PAD);
		left(kernel, 1_000);
		act(kernel, command.RELEASE);
		left(kernel, 1_000);
		expect(state(kernel)).toBe(layout.PAD_PAUSED);
		act(kernel, command.RESUME_PAD);
		expect(left(kernel, 1_000)[500]).toBeCloseTo((10_000 + 500) / LENGTH, 5);
	});

	test("of a loop that follows the tempo ends where the clock is", () => {
		const kernel = host(synced);
		kernel.send(press());
		left(kernel, 10_000);
		act(kernel, command.PAUSE_PAD);
		left(kernel, 60_000);
		act(kernel, command.RESUME_PAD);
		left(kernel, 1000);
		expect(kernel.playhead(0)).toBeCloseTo(71_000 - LENGTH, 6);
	});

	test.each<[string, (kernel: KernelHost) => void]>([
		["a stop", (kernel) => kernel.send({ type: "stopPad", slot: 0 })],
		["a stop of its slot", (kernel) => kernel.send({ type: "stop", slot: 0 })],
		["a stop of everything", (kernel) => kernel.send({ type: "stopAll" })],
		["an unload", (kernel) => kernel.send({ type: "unload", slot: 0 })],
	])("is forgotten after %s", (_, forget) => {
		const kernel = host();
		kernel.send(press());
		left(kernel, 1000);
		act(kernel, command.PAUSE_PAD);
		left(kernel, 1000);
		forget(kernel);
		act(kernel, command.RESUME_PAD);
		expect(left(kernel, 500).every((value) => value === 0)).toBe(true);
		expect(state(kernel)).toBe(layout.PAD_IDLE);
	});

	test("is no silence: what comes after may need what came before", () => {
		const kernel = host();
		kernel.send(press());
		left(kernel, 1000);
		act(kernel, command.PAUSE_PAD);
		kernel.journal();
		left(kernel, 10_000);
		const types = kernel.journal().map((words) => (words[0] ?? 0) & 255);
		expect(types).not.toContain(command.SILENT);
	});
});

test("a seek moves the playhead over a cross-fade, of what plays and of what is paused", () => {
	const kernel = host();
	kernel.send(press());
	left(kernel, 1000);
	act(kernel, command.SEEK_PAD, 40_000);
	const heard = left(kernel, 1000);
	expect(heard[0]).toBeCloseTo(1000 / LENGTH, 4);
	expect(heard[FADE]).toBeCloseTo((40_000 + FADE) / LENGTH, 5);
	act(kernel, command.PAUSE_PAD);
	act(kernel, command.SEEK_PAD, 5000);
	left(kernel, 300);
	act(kernel, command.RESUME_PAD);
	expect(left(kernel, 1000)[500]).toBeCloseTo((5000 + 500) / LENGTH, 4);
});

test("moving or nudging the transport moves loops that follow it, and no others", () => {
	const kernel = host(synced);
	set(kernel, { [parameters.PAD_SYNC]: parameters.SYNC_OFF }, 1);
	kernel.send(press());
	kernel.send(press(1));
	left(kernel, 12_000);
	act(kernel, command.MOVE_TRANSPORT, 1.25);
	left(kernel, 240);
	// At half a beat it was moved to five quarters.
	expect(kernel.playhead(0)).toBeCloseTo(12_000 + 0.75 * BEAT + 240, 6);
	expect(kernel.playhead(1)).toBe(12_240);
	act(kernel, command.NUDGE_TRANSPORT, -0.5);
	left(kernel, 240);
	expect(kernel.playhead(0)).toBeCloseTo(12_000 + 0.25 * BEAT + 480, 6);
});

test("two nudges on one frame move a loop that follows the tempo by both", () => {
	const kernel = host(synced);
	kernel.send(press());
	left(kernel, 10_000);
	act(kernel, command.NUDGE_TRANSPORT, 0.25);
	act(kernel, command.NUDGE_TRANSPORT, 0.25);
	left(kernel, 1000);
	expect(kernel.playhead(0)).toBeCloseTo(11_000 + BEAT / 2, 6);
});

test("a late press starts its loop as far in as its line is past, faded in over 2 ms", () => {
	const kernel = host();
	set(kernel, { [parameters.PAD_LAUNCH_QUANTUM]: 1 });
	kernel.send({ type: "transportStart" });
	left(kernel, BEAT + 2400);
	kernel.send(press());
	const heard = left(kernel, 200);
	expect(heard[0]).toBe(0);
	expect(heard[48]).toBeCloseTo((2448 / LENGTH) * 0.5, 5);
	expect(heard[96]).toBeCloseTo(2496 / LENGTH, 5);
});

test("legato takes over the phase of what the choke group plays", () => {
	const kernel = host({ [parameters.PAD_CHOKE_GROUP]: 1, [parameters.PAD_LEGATO]: 1 });
	kernel.send(press());
	left(kernel, 13_000);
	kernel.send(press(1));
	left(kernel, 200);
	expect(kernel.playhead(1)).toBe(13_200);
	const fromStart = host({ [parameters.PAD_CHOKE_GROUP]: 1 });
	fromStart.send(press());
	left(fromStart, 13_000);
	fromStart.send(press(1));
	left(fromStart, 200);
	expect(fromStart.playhead(1)).toBe(200);
});

test("nothing of it depends on the block length", () => {
	const render = (blockFrames: number): string => {
		const kernel = new KernelHost({ fadeFrames: FADE });
		const sample = kernel.place(noise(2 * 9000, 4), 2);
		for (const slot of [0, 1]) {
			kernel.send({ type: "load", slot, sample });
			const group = { [parameters.PAD_CHOKE_GROUP]: 1, [parameters.PAD_LEGATO]: 1 };
			set(kernel, { [parameters.PAD_LOOP]: 1, [parameters.PAD_LENGTH_BEATS]: 1, ...synced, ...group }, slot);
		}
		kernel.send(press());
		const events: readonly (readonly [frame: number, type: number, slot: number, argument: number])[] = [
			[1001, command.ROLL_PAD, 0, 0.1],
			[3333, command.MOVE_TRANSPORT, 0, 3.3],
			[5001, command.END_ROLL, 0, 0],
			[6100, command.PAUSE_PAD, 0, 0],
			[7007, command.RESUME_PAD, 0, 0],
			[8000, command.PRESS, 1, 1],
			[9001, command.SEEK_PAD, 1, 4000],
			[9500, command.NUDGE_TRANSPORT, 0, 0.03],
			[9999, command.ROLL_PAD, 1, 1 / 32],
		];
		for (const [frame, type, slot, argument] of events) {
			kernel.pushTimed(timedCommand(rawCommand(type, slot, ...doubleBits(argument)), frame));
		}
		return bitsOf(kernel.render(14_000, blockFrames)).join(" ");
	};
	const reference = render(128);
	for (const blockFrames of [1, 77, 2048]) expect(render(blockFrames) === reference).toBe(true);
});

test("a loop whose tempo asks for less than a quarter of its speed is held there and says so, until it can follow again", () => {
	const kernel = host(synced);
	kernel.send(press());
	left(kernel, 1000);
	set(kernel, { [parameters.TRANSPORT_TEMPO]: 20 });
	left(kernel, 1000);
	expect(state(kernel)).toBe(layout.PAD_PLAYING + layout.PAD_RATE_HELD);
	expect(kernel.playhead(0)).toBe(1250);
	set(kernel, { [parameters.TRANSPORT_TEMPO]: 60 });
	left(kernel, 1000);
	expect(state(kernel)).toBe(layout.PAD_PLAYING);
	expect(kernel.playhead(0)).toBe(1750);
});
