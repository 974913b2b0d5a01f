/** What meets on one pad: edits, moves and rolls. */
import { describe, expect, test } from "vitest";
import * as command from "../../engine/src/protocol/commands.ts";
import * as kernelEvents from "../../engine/src/protocol/kernel-events.ts";
import * as parameters from "../../engine/src/protocol/parameters.ts";
import * as layout from "../../engine/src/protocol/shared-memory.ts";
import { KernelHost, rawCommand } from "./kernel-host.ts";
import { doubleBits, firstDifference, noise } from "./signals.ts";

const LENGTH = 96_000;
const FADE = 100;
const BLOCKS = [1, 64, 128, 2048];

type Settings = Readonly<Record<number, number>>;

const synced: Settings = { [parameters.PAD_SYNC]: parameters.SYNC_REPITCH, [parameters.PAD_LENGTH_BEATS]: 4 };

function set(kernel: KernelHost, settings: Settings, slot = 0): void {
	for (const [parameter, value] of Object.entries(settings)) {
		kernel.send({ type: "set", slot, parameter: Number(parameter), value });
	}
}

/** A kernel whose pads 0 and 1 loop a sample, at 120 BPM, the first one pressed. */
function looping(samples: Float32Array, settings: Settings = {}): KernelHost {
	const kernel = new KernelHost({ fadeFrames: FADE });
	for (const slot of [0, 1]) {
		kernel.send({ type: "load", slot, sample: kernel.place(samples, 1) });
		set(kernel, { [parameters.PAD_LOOP]: 1, ...settings }, slot);
	}
	press(kernel);
	return kernel;
}

function press(kernel: KernelHost, slot = 0): void {
	kernel.send({ type: "press", slot, velocity: 1 });
}

function act(kernel: KernelHost, type: number, argument = 0): void {
	kernel.push(rawCommand(type, 0, ...doubleBits(argument)));
}

function left(kernel: KernelHost, frames: number, blockFrames = 128): Float32Array {
	return kernel.render(frames, blockFrames).filter((_, index) => index % 2 === 0);
}

const silence = new Float32Array(LENGTH);
const ramp = Float32Array.from({ length: 33_333 }, (_, frame) => frame / 33_333);
const flat = (frames: number): Float32Array => new Float32Array(frames).fill(0.5);

function largestStep(heard: Float32Array): number {
	return heard.subarray(1).reduce((most, value, index) => Math.max(most, Math.abs(value - heard[index]!)), 0);
}

test("a region between frames that takes over a place on a frame goes on forwards, in blocks of any length", () => {
	const [reference, ...others] = BLOCKS.map((block) => {
		const kernel = looping(ramp);
		left(kernel, 52_734, block);
		set(kernel, { [parameters.PAD_LOOP_START]: 12_007.871239911765, [parameters.PAD_LOOP_END]: 30_564.678242655307 });
		return left(kernel, 60_000, block);
	});
	for (const heard of others) expect(firstDifference(heard, reference!)).toBe(-1);
	const falls = reference!.subarray(1).filter((value, index) => value < reference![index]!);
	// Only where a round ends: 60,000 frames are three of them.
	expect(falls.length).toBeLessThan(3 * 40);
});

test("a faded seam and a roll have the same bits beside another pad, metered or not, in blocks of any length", () => {
	const hear = (block: number, isMetering: boolean): Float32Array => {
		const kernel = looping(noise(LENGTH, 2));
		kernel.setHeader(layout.HEADER_METERING, isMetering ? 1 : 0);
		const region = { [parameters.PAD_LOOP_START]: 4000, [parameters.PAD_LOOP_END]: 20_000 };
		set(kernel, { ...region, [parameters.PAD_SEAM_FADE]: 0.05 }, 1);
		press(kernel, 1);
		const first = left(kernel, 14_000, block);
		kernel.push(rawCommand(command.SEEK_PAD, 1, ...doubleBits(18_500)));
		const second = left(kernel, 20_000, block);
		kernel.push(rawCommand(command.ROLL_PAD, 1, ...doubleBits(1 / 8)));
		return Float32Array.of(...first, ...second, ...left(kernel, 9000, block));
	};
	const reference = hear(128, false);
	expect(firstDifference(hear(128, true), reference)).toBe(-1);
	for (const block of [1, 2048]) expect(firstDifference(hear(block, false), reference)).toBe(-1);
});

test.each([
	[48_000, 100.3, 48_000],
	[48_000, 0, 6857.142857142857],
	[48_000, 41_142.857142857145, 48_000],
	[48_000, 0.3, 48_000],
	[200, 0.6, 199.9],
])("a loop of a sample of %i frames from %f to %f is heard through its seam", (frames, start, end) => {
	const kernel = looping(flat(frames), { [parameters.PAD_LOOP_START]: start, [parameters.PAD_LOOP_END]: end });
	const heard = left(kernel, 4 * Math.ceil(end));
	// Behind the first taps, which see the silence before the sample.
	for (const value of heard.subarray(40)) expect(Math.abs(value - 0.5)).toBeLessThan(1e-5);
});

test("a one-shot has no seam: nothing of what lies before its region is heard", () => {
	const kernel = looping(ramp, {
		[parameters.PAD_LOOP]: 0,
		[parameters.PAD_LOOP_START]: 4000,
		[parameters.PAD_LOOP_END]: 20_000,
		[parameters.PAD_SEAM_FADE]: 0.05,
	});
	const heard = left(kernel, 16_000);
	for (const frame of [0, 13_000, 14_000, 15_899]) expect(heard[frame]).toBe(ramp[4000 + frame]);
});

describe("beneath a roll", () => {
	test("a nudge and a move take the loop along", () => {
		const kernel = looping(silence, synced);
		left(kernel, 12_000);
		act(kernel, command.ROLL_PAD, 1 / 4);
		act(kernel, command.NUDGE_TRANSPORT, 1);
		left(kernel, 8000);
		act(kernel, command.END_ROLL);
		left(kernel, 1000);
		expect(kernel.playhead(0)).toBeCloseTo(12_000 + 24_000 + 9000, 5);
		act(kernel, command.MOVE_TRANSPORT, 8);
		left(kernel, 1000);
		act(kernel, command.ROLL_PAD, 1 / 4);
		act(kernel, command.MOVE_TRANSPORT, 2);
		left(kernel, 6000);
		act(kernel, command.END_ROLL);
		left(kernel, 0);
		kernel.renderBlock(0);
		expect(kernel.playhead(0)).toBeCloseTo(2 * 24_000 + 6000, 5);
	});

	test("a loop that begins to follow the tempo follows its changes", () => {
		const heard = [true, false].map((isRolled) => {
			const kernel = looping(silence, { [parameters.PAD_LENGTH_BEATS]: 4 });
			left(kernel, 10_000);
			if (isRolled) act(kernel, command.ROLL_PAD, 1 / 4);
			set(kernel, { [parameters.PAD_SYNC]: parameters.SYNC_REPITCH, [parameters.TRANSPORT_TEMPO]: 180 });
			left(kernel, 6000);
			act(kernel, command.END_ROLL);
			left(kernel, 1000);
			return kernel.playhead(0);
		});
		expect(heard[0]).toBeCloseTo(heard[1]!, 5);
		expect(heard[1]).toBeCloseTo(10_000 + 1.5 * 7000, 5);
	});

	test("legato takes over the phase of the loop", () => {
		for (const settings of [{}, synced]) {
			const kernel = looping(silence, { ...settings, [parameters.PAD_CHOKE_GROUP]: 1, [parameters.PAD_LEGATO]: 1 });
			left(kernel, 40_000);
			act(kernel, command.ROLL_PAD, 1 / 4);
			left(kernel, 10_000);
			press(kernel, 1);
			left(kernel, 1000);
			expect(kernel.playhead(1)).toBeCloseTo(51_000, 5);
		}
	});
});

test.each([
	[5000, 0, 1],
	[LENGTH, LENGTH + 20, 1 / 4],
	[LENGTH, LENGTH, 1 / 8],
	[LENGTH, LENGTH - 10, 1 / 32],
])("a roll of a loop of %i frames begun after %i steps no more than the loop does", (frames, begin, beats) => {
	for (const reverse of [0, 1]) {
		const kernel = looping(flat(frames), { [parameters.PAD_REVERSE]: reverse });
		left(kernel, begin);
		act(kernel, command.ROLL_PAD, beats);
		expect(largestStep(left(kernel, 60_000))).toBeLessThan(0.5 / FADE + 1e-3);
	}
});

describe("a paused loop", () => {
	/** The playhead 1,000 frames after the pad goes on from frame 15,000 with other settings. */
	function resumed(settings: Settings, seek?: number): number {
		const kernel = looping(silence);
		left(kernel, 15_000);
		act(kernel, command.PAUSE_PAD);
		left(kernel, 500);
		set(kernel, settings);
		if (seek !== undefined) act(kernel, command.SEEK_PAD, seek);
		left(kernel, 500);
		act(kernel, command.RESUME_PAD);
		left(kernel, 1000);
		return kernel.playhead(0);
	}

	test("keeps its place in another region, and in the other direction", () => {
		expect(resumed({ [parameters.PAD_LOOP_START]: 2000 })).toBeCloseTo(16_000, 5);
		expect(resumed({ [parameters.PAD_REVERSE]: 1 })).toBeCloseTo(14_000, 5);
	});

	test("is moved within its new region", () => {
		const region = { [parameters.PAD_LOOP_START]: 60_000, [parameters.PAD_LOOP_END]: 90_000 };
		expect(resumed(region, 70_000)).toBeCloseTo(71_000, 5);
	});
});

test("the transport's stop releases what follows it, whatever the pad would play next", () => {
	const loop = looping(flat(LENGTH), synced);
	left(loop, 1000);
	set(loop, { [parameters.PAD_LOOP]: 0 });
	loop.send({ type: "transportStop" });
	expect(
		left(loop, 1000)
			.subarray(FADE)
			.every((value) => value === 0),
	).toBe(true);

	const once = looping(flat(LENGTH), { ...synced, [parameters.PAD_LOOP]: 0 });
	left(once, 1000);
	set(once, { [parameters.PAD_LOOP]: 1 });
	once.send({ type: "transportStop" });
	expect(left(once, 1000).every((value) => value === 0.5)).toBe(true);
});

test.each([
	["a nudge over a round's end", 3.9 * 24_000, command.NUDGE_TRANSPORT, 0.2, 4.1],
	["a move back to before the launch", 2 * 24_000, command.MOVE_TRANSPORT, 1, 1],
	["a move ahead", 2 * 24_000, command.MOVE_TRANSPORT, 6, 6],
])("after %s a loop is at its beat, also when its length in beats changes", (_, frames, type, argument, beat) => {
	const kernel = looping(silence, { ...synced, [parameters.PAD_LENGTH_BEATS]: 2 });
	left(kernel, frames);
	act(kernel, type, argument);
	left(kernel, 2400);
	for (const beats of [2, 4, 3, 8]) {
		set(kernel, { [parameters.PAD_LENGTH_BEATS]: beats });
		kernel.renderBlock(0);
		expect(kernel.playhead(0) / LENGTH).toBeCloseTo(((beat + 0.1) % beats) / beats, 6);
	}
});

test("a numbered voice can be stopped and moved before it begins, and the journal has what began", () => {
	const kernel = looping(silence);
	kernel.send({ type: "load", slot: 2, sample: kernel.place(flat(1000), 1) });
	const voice = (number: number, atFrame: number): void => {
		const words = rawCommand(command.PLAY_SAMPLE, 2);
		const view = new DataView(new ArrayBuffer(layout.COMMAND_BYTES));
		for (const [index, word] of words.entries()) view.setUint32(4 * index, word, true);
		view.setFloat64(command.PLAY_VELOCITY, 1, true);
		view.setUint32(command.PLAY_VOICE, number, true);
		view.setUint32(0, command.PLAY_SAMPLE | command.AT_FRAME, true);
		view.setUint32(command.COMMAND_FRAME_LOW, atFrame, true);
		kernel.pushTimed([...new Uint32Array(view.buffer)]);
	};
	const send = (type: number, number: number, gain = 0): void => {
		const view = new DataView(new ArrayBuffer(layout.COMMAND_BYTES));
		view.setUint32(0, type, true);
		view.setUint32(command.VOICE_NUMBER, number, true);
		if (type === command.SET_VOICE_GAIN) view.setFloat64(command.VOICE_GAIN, gain, true);
		kernel.push([...new Uint32Array(view.buffer)]);
	};
	voice(7, 2000);
	voice(8, 3000);
	left(kernel, 100);
	kernel.events();
	send(command.STOP_VOICE, 7);
	send(command.SET_VOICE_GAIN, 8, 0.25);
	const heard = left(kernel, 5000);
	expect(heard.subarray(0, 2900).every((value) => value === 0)).toBe(true);
	expect(heard.subarray(2900, 3900)).toEqual(new Float32Array(1000).fill(0.125));
	const ended = kernel.events().filter(([type]) => type === kernelEvents.VOICE_ENDED);
	expect(ended.map((event) => event[kernelEvents.EVENT_ARGUMENT / 4])).toEqual([7, 8]);
	const played = kernel.journal().filter(([type = 0]) => (type & 255) === command.PLAY_SAMPLE);
	expect(played.map((entry) => entry[command.PLAY_VOICE / 4])).toEqual([8]);
});
