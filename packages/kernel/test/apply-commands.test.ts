import * as fc from "fast-check";
import { expect, test } from "vitest";
import * as message from "../../engine/src/protocol/commands.ts";
import * as layout from "../../engine/src/protocol/shared-memory.ts";
import { replay, sinceSilence } from "./journal-replay.ts";
import { type Command, KernelHost, type KernelOptions, play, rawCommand } from "./kernel-host.ts";
import { commandsFrom, kernelOptions, noises, performances, placeRecordings, type Scene } from "./performance.ts";
import { bitsOf, constant, doubleBits, firstDifference, noise, Random } from "./signals.ts";

const SEED = 0xa9_91_7e;
const TIMES = 400;
const seeds = fc.integer({ min: 1, max: 2 ** 31 - 1 });
const live = new KernelHost();
const other = new KernelHost();

/** All that the kernel has told after a scene. */
interface Outcome {
	readonly heard: Float32Array;
	readonly retired: readonly number[];
	readonly journal: readonly (readonly number[])[];
	readonly status: readonly number[];
}

function start(kernel: KernelHost, how: KernelOptions): void {
	kernel.restart(how);
	kernel.journal();
	kernel.retired();
	// What older commands left in the words that a command does not use is journaled, too.
	kernel.words.fill(0, layout.CONTROL_RING / 4, layout.PRODUCER_RINGS / 4);
	placeRecordings(kernel);
}

/** Plays the scenes. @param afterCommand - called after each command that was sent */
function perform(script: readonly Scene[], how: KernelOptions, afterCommand: (kernel: KernelHost) => void): Outcome[] {
	start(live, how);
	let startFrame = 0;
	return script.map((scene) => {
		for (const command of commandsFrom(scene, startFrame)) {
			live.send(command);
			afterCommand(live);
		}
		startFrame += scene.frames;
		const heard = live.render(scene.frames);
		const journal = live.journal().map((command) => [...command]);
		const status = live.words.subarray(layout.STATUS / 4 + 1, (layout.STATUS + layout.STATUS_BYTES) / 4);
		return { heard, retired: live.retired(), journal, status: [...status] };
	});
}

test("commands applied ahead of a block do what the block would have done: sound, journal, retirements, status", () => {
	let calls = 0;
	fc.assert(
		fc.property(performances(noises), kernelOptions, seeds, (script, how, seed) => {
			const random = new Random(seed);
			const expected = perform(script, how, () => {});
			const actual = perform(script, how, (kernel) => {
				for (; random.next() < 0.4; calls++) kernel.applyCommands();
			});
			for (const [index, outcome] of actual.entries()) {
				expect(firstDifference(outcome.heard, expected[index]!.heard)).toBe(-1);
				expect({ ...outcome, heard: null }).toEqual({ ...expected[index], heard: null });
			}
		}),
		{ seed: SEED, numRuns: TIMES },
	);
	expect(calls).toBeGreaterThan(TIMES);
});

test("a performance that begins between commands applied ahead replays to the bit", () => {
	let midSound = 0;
	const share = fc.integer({ min: 0, max: 999 }).map((thousandths) => thousandths / 1000);
	fc.assert(
		fc.property(performances(noises), kernelOptions, share, seeds, (script, how, from, seed) => {
			const random = new Random(seed);
			const outcomes = perform(script, how, (kernel) => {
				for (; random.next() < 0.4; ) kernel.applyCommands();
			});
			const heard = Float32Array.from(outcomes.flatMap((outcome) => [...outcome.heard]));
			const journal = outcomes.flatMap((outcome) => outcome.journal.map((entry) => Uint32Array.from(entry)));
			const frames = heard.length / 2;
			const part = sinceSilence(journal, Math.floor(from * (frames - 1)));
			if (heard[Math.floor(from * (frames - 1)) * 2] !== 0) midSound++;
			start(other, how);
			const samples = new Map(placeRecordings(other).map((sample, place) => [place + 1, sample]));
			const how2 = { blockFrames: 1 + (seed % 700), sendsAhead: seed % 2 === 0, samples };
			const replayed = replay(other, part, frames - part.silentFrame, how2);
			expect(firstDifference(replayed, heard.subarray(2 * part.silentFrame))).toBe(-1);
		}),
		{ seed: SEED, numRuns: TIMES },
	);
	expect(midSound).toBeGreaterThan(50);
});

test("the commands of all rings are read in a few calls, 1,024 in each", () => {
	const kernel = new KernelHost({ voices: 256 });
	for (let ring = 0; ring < layout.MAX_RINGS; ring++) {
		const commands = ring === 0 ? layout.CONTROL_RING_COMMANDS : layout.PRODUCER_RING_COMMANDS;
		for (let command = 0; command < commands; command++) kernel.send({ type: "stop", slot: 0 }, ring);
	}
	expect(Array.from({ length: 6 }, () => kernel.applyCommands())).toEqual([1024, 1024, 1024, 1024, 1024, 0]);
});

test("applying moves neither clock nor status, and renders nothing", () => {
	const kernel = new KernelHost();
	const sample = kernel.place(noise(2 * 500, 1), 2);
	kernel.send({ type: "load", slot: 0, sample });
	kernel.send(play(0));
	kernel.render(128);
	const status = kernel.words.slice(layout.STATUS / 4, (layout.STATUS + layout.STATUS_BYTES) / 4);
	const output = kernel.output(128);
	kernel.send({ type: "stopAll" });
	kernel.send({ ...play(0), atFrame: 129 });
	expect(kernel.applyCommands()).toBe(2);
	expect(kernel.words.slice(layout.STATUS / 4, (layout.STATUS + layout.STATUS_BYTES) / 4)).toEqual(status);
	expect(kernel.output(128)).toEqual(output);
	expect(kernel.timedWaiting(0)).toBe(1);
	kernel.setHeader(layout.HEADER_FADE_FRAMES, 0);
	const rendered = kernel.render(128);
	// The voice fades from frame 128 on, and the next begins with frame 129.
	expect(rendered[0]).toBe(sample.samples[2 * 128]);
	expect(rendered[2]).not.toBe(sample.samples[2 * 129]);
	expect(kernel.status(layout.STATUS_LATE_COMMANDS)).toBe(0);
});

test("a sample replaced or unloaded is retired without a frame", () => {
	const kernel = new KernelHost();
	const [first, second] = [kernel.place(constant(2, 1), 2), kernel.place(constant(2, 1), 2)];
	const commands: Command[] = [
		{ type: "load", slot: 0, sample: first },
		{ type: "load", slot: 0, sample: second },
		{ type: "unload", slot: 0 },
	];
	for (const command of commands) kernel.send(command);
	kernel.applyCommands();
	expect(kernel.retired()).toEqual([first.handle, second.handle]);
	expect(kernel.status(layout.STATUS_FRAME_LOW)).toBe(0);
});

const refusedLoads: readonly (readonly [string, readonly [number, ...number[]]])[] = [
	["no frames", [0, 7, layout.PCM_HEAP, 0, 2]],
	["a slot out of range", [32, 7, layout.PCM_HEAP, 64, 2]],
	["an address that is not aligned", [0, 7, layout.PCM_HEAP + 8, 64, 2]],
	["an address below the heap", [0, 7, layout.PCM_HEAP - 16, 1, 1]],
	["three channels", [0, 7, layout.PCM_HEAP, 64, 3]],
	["an end outside the memory", [0, 7, layout.PCM_HEAP, 2 ** 28, 2]],
];

test.each(refusedLoads)("a sample refused for %s is retired, and the slot keeps what it has", (_, words) => {
	const kernel = new KernelHost();
	const sample = kernel.place(noise(2 * 64, 3), 2);
	kernel.send({ type: "load", slot: 0, sample });
	kernel.push(rawCommand(message.LOAD_SAMPLE, ...words));
	kernel.send(play(0));
	expect(bitsOf(kernel.render(64))).toEqual(bitsOf(sample.samples));
	expect(kernel.status(layout.STATUS_INVALID_COMMANDS)).toBe(1);
	expect(kernel.retired()).toEqual([7]);
});

test("a refused sample is retired once at most, and never while a slot or a voice holds its handle", () => {
	const kernel = new KernelHost();
	const sample = kernel.place(noise(2 * 500, 3), 2);
	const refused = rawCommand(message.LOAD_SAMPLE, 0, sample.handle, sample.address, 0, 2);
	kernel.send({ type: "load", slot: 0, sample });
	kernel.push(refused);
	kernel.send(play(0));
	kernel.send({ type: "load", slot: 0, sample: kernel.place(constant(2, 1), 2) });
	kernel.render(100);
	kernel.push(refused);
	kernel.render(100);
	expect(kernel.retired()).toEqual([]);
	kernel.render(500);
	expect(kernel.retired()).toEqual([sample.handle]);
});

test("numbers that are no handles, and samples that a stream sends, are not retired when they are refused", () => {
	const kernel = new KernelHost();
	for (const handle of [0, layout.MAX_HANDLES + 1, 0xffff_ffff]) {
		kernel.push(rawCommand(message.LOAD_SAMPLE, 0, handle, layout.PCM_HEAP, 0, 2));
	}
	for (let command = 0; command < layout.PRODUCER_RING_COMMANDS; command++) {
		kernel.push(rawCommand(message.LOAD_SAMPLE, 0, 9, layout.PCM_HEAP, 0, 2), 3);
	}
	kernel.push(rawCommand(message.PLAY_SAMPLE, 99, ...doubleBits(1)));
	kernel.renderBlock(1);
	expect(kernel.retired()).toEqual([]);
});
