import * as fc from "fast-check";
import { expect, test } from "vitest";
import * as message from "../../engine/src/protocol/commands.ts";
import { PAD_LENGTH_BEATS, PAD_LOOP, PAD_SYNC, SYNC_SLICES } from "../../engine/src/protocol/parameters.ts";
import { seamFrames } from "../../engine/src/protocol/seam.ts";
import * as layout from "../../engine/src/protocol/shared-memory.ts";
import { firstAddress, KernelHost, loadCommand, play, rawCommand } from "./kernel-host.ts";
import { bitsOf, constant, doubleBits, floatBits, noise } from "./signals.ts";

const SEED = 0x0bad_5eed;
const SAMPLE_BITS = floatBits(0.5);
const kernel = new KernelHost({}, "shared", 80);
const sample = kernel.place(noise(2 * 64, 1), 2);
const memoryBytes = kernel.memory.buffer.byteLength;
/** Stereo frames from the sample to the memory's end. */
const HEAP_FRAMES = (memoryBytes - sample.address) / 8;
const load = ([slot = 0, ...args]: readonly number[]): readonly number[] => loadCommand(slot, args);

/** A load of the sample as a loop in which all is right but what is given. */
function loadedLoop({ frames = 64, edgeFrames = 4, loopFrames = 64 }): number[] {
	return loadCommand(0, [1, sample.address, frames, 2], { edgeFrames, loopFrames });
}

/** A command with slices of the first slot. */
function slices(first: number, total: number, { onsets = [0, 32], lead = 0, tail = 0, period = 0 } = {}): number[] {
	const floats = [lead, lead, tail, tail, period, period].map(floatBits);
	return rawCommand(message.SET_SLICES, 0, first + 256 * total, 0, ...onsets.flatMap(doubleBits), ...floats);
}

const invalidCommands: [string, readonly number[]][] = [
	["type 0", [0, 0, 0, 0]],
	["an unknown type", [40, 0, 0, 0]],
	["a negative type", [0xffff_ffff]],
	["play of a slot out of range", rawCommand(message.PLAY_SAMPLE, 32, ...doubleBits(1), 0)],
	["stop of a slot out of range", rawCommand(message.STOP_SAMPLE, 32)],
	["unload of a slot out of range", rawCommand(message.UNLOAD_SAMPLE, 0xffff_ffff)],
	["load of a slot out of range", load([32, 1, sample.address, 64, 2])],
	["velocity above 1", rawCommand(message.PLAY_SAMPLE, 0, ...doubleBits(1.0000001), 0)],
	["velocity below 0", rawCommand(message.PLAY_SAMPLE, 0, ...doubleBits(-1e-30), 0)],
	["velocity NaN", rawCommand(message.PLAY_SAMPLE, 0, ...doubleBits(Number.NaN), 0)],
	["handle 0", load([0, 0, sample.address, 64, 2])],
	["handle 1,025", load([0, 1025, sample.address, 64, 2])],
	["no frames", load([0, 1, sample.address, 0, 2])],
	["no channels", load([0, 1, sample.address, 64, 0])],
	["three channels", load([0, 1, sample.address, 64, 3])],
	["an address below the heap", load([0, 1, layout.PCM_HEAP - 16, 1, 1])],
	["an address that is not aligned", load([0, 1, layout.PCM_HEAP + 8, 1, 1])],
	["a region that ends outside the memory", load([0, 1, memoryBytes - 16, 5, 1])],
	["a region that wraps round 2^32", load([0, 1, sample.address, 0xffff_ffff, 2])],
	["a region that wraps round to its start", load([0, 1, sample.address, 0x2000_0000, 2])],
	["a loop shorter than its frames", loadedLoop({ loopFrames: 63.49 })],
	["a loop longer than its frames", loadedLoop({ loopFrames: 64.5 })],
	["a loop of NaN frames", loadedLoop({ loopFrames: Number.NaN })],
	["a loop of infinitely many frames", loadedLoop({ loopFrames: Number.POSITIVE_INFINITY })],
	["a loop of a negative length", loadedLoop({ loopFrames: -64 })],
	["edges that end outside the memory", loadedLoop({ frames: HEAP_FRAMES, loopFrames: HEAP_FRAMES, edgeFrames: 1 })],
	["a silence", rawCommand(message.SILENT, 0, 0)],
	["129 slices", slices(0, 129)],
	["a slice behind the last", slices(2, 2)],
	["slices without those before them", slices(2, 4)],
	["slices of a slot out of range", [message.SET_SLICES, 32, ...slices(0, 2).slice(2)]],
	["a slice below 0", slices(0, 1, { onsets: [-1, 0] })],
	["a slice at NaN", slices(0, 1, { onsets: [Number.NaN, 0] })],
	["a slice far behind the longest sample", slices(0, 1, { onsets: [2 ** 33, 0] })],
	["two slices at one frame", slices(0, 2, { onsets: [7, 7] })],
	["a negative lead", slices(0, 1, { lead: -1 })],
	["an infinite lead", slices(0, 1, { lead: Number.POSITIVE_INFINITY })],
	["a tail before its slice", slices(0, 1, { tail: -0.5 })],
	["a period of NaN", slices(0, 1, { period: Number.NaN })],
	["a replay below the heap", rawCommand(message.START_REPLAY, 0, layout.PCM_HEAP - 16, 1)],
	["a replay that is not aligned", rawCommand(message.START_REPLAY, 0, layout.PCM_HEAP + 8, 1)],
	["a replay that ends outside the memory", rawCommand(message.START_REPLAY, 0, memoryBytes - 16, 1)],
	["a replay that wraps round 2^32", rawCommand(message.START_REPLAY, 0, layout.PCM_HEAP, 0xffff_ffff)],
];

test.each(invalidCommands)("%s is skipped and counted, and the commands around it are applied", (_, command) => {
	kernel.restart();
	kernel.place(sample.samples, 2);
	kernel.send({ type: "load", slot: 0, sample });
	kernel.push(command);
	kernel.send(play(0));
	expect(bitsOf(kernel.render(64))).toEqual(bitsOf(sample.samples));
	expect(kernel.status(layout.STATUS_INVALID_COMMANDS)).toBe(1);
});

test("edges that end with the memory are played", () => {
	kernel.restart();
	// Three frames, the guard, and the edges.
	const frames = 3;
	const end = (frames + layout.GUARD_FRAMES + seamFrames(frames, 1)) * 8;
	const address = memoryBytes - end - (end % 16);
	const loop = loadCommand(0, [1, address, frames, 2], { edgeFrames: 1, loopFrames: 3 });
	kernel.push(loop);
	kernel.send(play(0, 1, true));
	kernel.render(64);
	expect(kernel.status(layout.STATUS_INVALID_COMMANDS)).toBe(0);
});

test("a region whose guard frames end with the memory is played", () => {
	kernel.restart();
	const last = kernel.place(noise(4, 2), 1, memoryBytes - 16 - 4 * layout.GUARD_FRAMES);
	kernel.send({ type: "load", slot: 0, sample: last });
	kernel.send(play(0, 1, true));
	expect(kernel.render(128).subarray(6, 8)).toEqual(constant(2, last.samples[3]!));
	expect(kernel.status(layout.STATUS_INVALID_COMMANDS)).toBe(0);
});

test("no command and no header can make the kernel trap or write to the header or the heap", () => {
	const words = fc.oneof(
		fc.integer({ min: 0, max: 8 }),
		fc.integer({ min: 0, max: 0xffff_ffff }),
		fc.float().map(floatBits),
		fc.integer({ min: 0, max: 2000 }).map((step) => layout.PCM_HEAP + 16 * step),
		fc.integer({ min: 0, max: 4 }).map((step) => memoryBytes - 16 * step),
	);
	const types = fc.tuple(fc.integer({ min: 0, max: 12 }), fc.constantFrom(0, message.AT_FRAME)).map(([a, b]) => a + b);
	const wild = fc.tuple(types, ...Array.from({ length: layout.COMMAND_BYTES / 4 - 1 }, () => words));
	const plausible = fc
		.tuple(fc.integer({ min: 0, max: 3 }), fc.constantFrom(0, 0.5, 1), fc.integer({ min: 0, max: 1 }))
		.map(([slot, velocity, flags]) => rawCommand(message.PLAY_SAMPLE, slot, ...doubleBits(velocity), flags));
	const loads = fc
		.tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 5000 }))
		.map(([slot, handle, frames]) => load([slot, handle, firstAddress(2), frames, 2]));
	const loops = fc
		.tuple(fc.integer({ min: 1, max: 5000 }), words, fc.double({ min: -0.5, max: 0.5 }))
		.map(([frames, edgeFrames, more]) =>
			loadCommand(0, [1, firstAddress(2), frames, 2], { edgeFrames, loopFrames: frames + more }),
		);
	const sync = [PAD_SYNC, PAD_LOOP, PAD_LENGTH_BEATS].map((parameter) => {
		const value = parameter === PAD_SYNC ? SYNC_SLICES : 1;
		return rawCommand(message.SET_PARAMETER, 0, parameter, 0, ...doubleBits(value));
	});
	const sliced = fc.oneof(
		fc.constantFrom(...sync, rawCommand(message.PRESS, 0, ...doubleBits(1))),
		fc
			.tuple(
				fc.constantFrom(0, 0, 2),
				fc.integer({ min: 0, max: 4 }),
				fc.array(words, { minLength: 11, maxLength: 11 }),
			)
			.map(([first, total, others]) => rawCommand(message.SET_SLICES, 0, first + 256 * total, ...others)),
		fc
			.tuple(
				fc.nat(5000),
				fc.integer({ min: 1, max: 5000 }),
				fc.constantFrom(0, 1, 70, 65_536),
				fc.constantFrom(0, 100, 2 ** 31),
				fc.constantFrom(0, 1, 64, 700, 65_536),
			)
			.map(([onset, more, lead, tail, period]) => slices(0, 2, { onsets: [onset, onset + more], lead, tail, period })),
	);
	const blocks = fc.array(
		fc.tuple(
			fc.array(fc.oneof(wild, plausible, loads, loops, sliced), { maxLength: 100 }),
			fc.integer({ min: 0, max: layout.MAX_RINGS - 1 }),
			fc.integer({ min: 1, max: layout.MAX_BLOCK_FRAMES }),
		),
		{ maxLength: 10 },
	);
	const headers = fc.record({ slots: words, voices: words, overflow: words, fadeFrames: words });
	fc.assert(
		fc.property(headers, blocks, (options, script) => {
			kernel.restart(options);
			const header = kernel.words.slice(layout.HEADER / 4, layout.RING_POSITIONS / 4);
			kernel.words.fill(SAMPLE_BITS, layout.PCM_HEAP / 4);
			for (const [commands, ring, frames] of script) {
				for (const command of commands) kernel.push(command, ring);
				kernel.journal();
				kernel.renderBlock(frames);
			}
			expect(kernel.words.slice(layout.HEADER / 4, layout.RING_POSITIONS / 4)).toEqual(header);
			expect(kernel.words.subarray(layout.PCM_HEAP / 4).every((word) => word === SAMPLE_BITS)).toBe(true);
		}),
		{ seed: SEED, numRuns: 300 },
	);
});

test("a timed command of the last frame that there is waits without end", () => {
	kernel.restart();
	kernel.push([message.STOP_ALL | message.AT_FRAME, 0, 0xffff_ffff, 0xffff_ffff]);
	kernel.renderBlock(2048);
	kernel.setClock(0xffff_f000, 0xffff_ffff);
	kernel.renderBlock(2048);
	expect(kernel.status(layout.STATUS_INVALID_COMMANDS)).toBe(0);
});

test("ring positions that no producer could have written do no more harm than a block's worth of commands", () => {
	kernel.restart();
	kernel.setRingPosition(1, 0);
	Atomics.store(
		kernel.words,
		(layout.RING_POSITIONS + layout.RING_POSITIONS_BYTES + layout.RING_WRITE) / 4,
		0xffff_ff00,
	);
	kernel.renderBlock(128);
	expect(kernel.waiting(1)).toBe(0xffff_ff00 - layout.MAX_COMMANDS_PER_BLOCK);
});

test("a block longer than the output holds is rendered as far as that goes, and no word behind it changes", () => {
	const host = new KernelHost();
	host.send({ type: "load", slot: 0, sample: host.place(constant(2 * 64, 0.5), 2) });
	host.send(play(0, 1, true));
	host.renderBlock(2 * layout.MAX_BLOCK_FRAMES);
	expect(host.output(layout.MAX_BLOCK_FRAMES)).toEqual(constant(2 * layout.MAX_BLOCK_FRAMES, 0.5));
	const start = firstAddress(2) / 4;
	expect(host.floats.subarray(start, start + 128).every((value) => value === 0.5)).toBe(true);
	const behind = host.words.subarray(start + 128, start + 128 + 4 * layout.MAX_BLOCK_FRAMES);
	expect(behind.every((word) => word === 0)).toBe(true);
	expect(host.words[(layout.STATUS + layout.STATUS_FRAME_LOW) / 4]).toBe(layout.MAX_BLOCK_FRAMES);
});
