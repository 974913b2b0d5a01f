import { expect, test } from "vitest";
import * as message from "../../engine/src/protocol/commands.ts";
import * as layout from "../../engine/src/protocol/shared-memory.ts";
import { type Command, KernelHost, play, rawCommand, timedCommand } from "./kernel-host.ts";
import { bitsOf, constant, doubleBits, noise, Random } from "./signals.ts";

/** A host whose slot n holds one frame of 2^-n, so that each frame of its output names the slots that started there. */
function pulseHost(): KernelHost {
	const kernel = new KernelHost({ voices: 256 });
	for (let slot = 0; slot < 20; slot++) {
		kernel.send({ type: "load", slot, sample: kernel.place(constant(2, 2 ** -slot), 2) });
	}
	return kernel;
}

function at(frame: number, command: Command): Command {
	return { ...command, atFrame: frame };
}

/** The frames of a mono-like signal that are not silent, with their value. */
function pulses(rendered: Float32Array): [number, number][] {
	return [...rendered].flatMap((value, index) => (index % 2 === 0 && value !== 0 ? [[index / 2, value]] : []));
}

test.each([1, 64, 128, 2048])("a timed start sounds from its very frame on, in blocks of %i frames", (blockFrames) => {
	const kernel = pulseHost();
	for (const frame of [5000, 77, 128, 127, 0, 129]) kernel.send(at(frame, play(0)));
	expect(pulses(kernel.render(6000, blockFrames))).toEqual([0, 77, 127, 128, 129, 5000].map((frame) => [frame, 1]));
	expect(kernel.status(layout.STATUS_LATE_COMMANDS)).toBe(0);
});

/** What all producers together may let wait. */
const MAX_PENDING = layout.CONTROL_RING_COMMANDS + layout.MAX_PRODUCERS * layout.PRODUCER_RING_COMMANDS;

test("a timed stop begins its fade at its very frame", () => {
	const kernel = new KernelHost({ fadeFrames: 100 });
	kernel.send({ type: "load", slot: 0, sample: kernel.place(constant(2 * 4000, 1), 2) });
	kernel.send(play(0));
	kernel.send(at(333, { type: "stop", slot: 0 }));
	const rendered = kernel.render(600);
	for (let frame = 0; frame < 600; frame++) {
		const expected = frame < 333 ? 1 : Math.max(0, 1 - (frame - 333) / 100);
		expect(rendered[2 * frame]).toBeCloseTo(expected, 6);
	}
});

test("a voice stolen at a later frame of the block it started in fades, one stolen at its own frame is dropped", () => {
	const kernel = new KernelHost({ voices: 1, fadeFrames: 10 });
	kernel.send({ type: "load", slot: 0, sample: kernel.place(constant(2 * 4000, 1), 2) });
	kernel.send({ type: "load", slot: 1, sample: kernel.place(constant(2 * 4000, 2 ** -10), 2) });
	kernel.send(at(20, play(0)));
	kernel.send(at(20, play(0)));
	kernel.send(at(30, play(1)));
	const rendered = kernel.render(128);
	const level = (frame: number): number => rendered[2 * frame] ?? Number.NaN;
	expect([level(19), level(20), level(29)]).toEqual([0, 1, 1]);
	for (let frame = 30; frame < 45; frame++) {
		expect(level(frame)).toBeCloseTo(2 ** -10 + Math.max(0, 1 - (frame - 30) / 10), 6);
	}
	expect(kernel.status(layout.STATUS_DROPPED_VOICES)).toBe(2);
});

test("commands take effect by frame, and those of one frame as they arrived, whatever ring they came through", () => {
	const kernel = new KernelHost({ voices: 1, fadeFrames: 1 });
	for (let slot = 0; slot < 30; slot++) {
		kernel.send({ type: "load", slot, sample: kernel.place(constant(2 * 4000, slot + 1), 2) });
	}
	// One voice: what sounds after a frame is what started there last. Each block reads one command, so arrival is known.
	const random = new Random(77);
	const lastAt = new Map<number, number>();
	for (let command = 0; command < 200; command++) {
		const frame = 1000 + Math.floor(random.next() * 20) * 10;
		const slot = Math.floor(random.next() * 30);
		kernel.send(at(frame, play(slot)), Math.floor(random.next() * layout.MAX_RINGS));
		kernel.renderBlock(1);
		lastAt.set(frame, slot + 1);
	}
	const rendered = kernel.render(1000);
	for (const [frame, level] of lastAt) expect(rendered[2 * (frame - 200 + 5)]).toBe(level);
});

test("what waited for a frame comes before what is sent for the same frame later, timed or not", () => {
	const kernel = new KernelHost({ voices: 1, fadeFrames: 1 });
	for (let slot = 0; slot < 3; slot++) {
		kernel.send({ type: "load", slot, sample: kernel.place(constant(2 * 4000, slot + 1), 2) });
	}
	kernel.send(at(128, play(0)));
	kernel.render(128);
	kernel.send(play(1));
	kernel.send(at(128, play(2)));
	expect(kernel.render(1)).toEqual(constant(2, 3));
	kernel.send(at(200, play(0)));
	kernel.render(71);
	kernel.send(play(1));
	expect(kernel.render(1)).toEqual(constant(2, 2 + 3)); // the 3 that sounded before fades over its one frame
});

test("a command whose frame has passed takes effect at once and is counted late", () => {
	const kernel = pulseHost();
	kernel.render(1000);
	kernel.send(at(999, play(0)));
	kernel.send(at(0, play(1)), 3);
	kernel.send(at(1000, play(2)));
	expect(pulses(kernel.render(128))).toEqual([[0, 1 + 0.5 + 0.25]]);
	expect(kernel.status(layout.STATUS_LATE_COMMANDS)).toBe(2);
	expect([kernel.timedWaiting(0), kernel.timedWaiting(3)]).toEqual([0, 0]);
});

test("every producer may fill its whole ring with commands that wait, and each comes at its frame", () => {
	const kernel = pulseHost();
	kernel.renderBlock(1);
	const random = new Random(4);
	const expected = new Map<number, number>();
	for (let ring = 0; ring < layout.MAX_RINGS; ring++) {
		const count = ring === 0 ? layout.CONTROL_RING_COMMANDS : layout.PRODUCER_RING_COMMANDS;
		for (let command = 0; command < count; command++) {
			const frame = 100 + Math.floor(random.next() * 5000);
			kernel.send(at(frame, play(0)), ring);
			expected.set(frame - 1, (expected.get(frame - 1) ?? 0) + 1);
		}
		kernel.renderBlock(0);
		expect(kernel.waiting(ring)).toBe(0);
		expect(kernel.timedWaiting(ring)).toBe(count);
	}
	const sounded = pulses(kernel.render(5200));
	expect(sounded).toEqual([...expected].toSorted(([a], [b]) => a - b));
	for (let ring = 0; ring < layout.MAX_RINGS; ring++) expect(kernel.timedWaiting(ring)).toBe(0);
	expect(kernel.status(layout.STATUS_INVALID_COMMANDS)).toBe(0);
});

test("stop all clears what waits, of every producer, and counts it done; what is sent after it stays", () => {
	const kernel = pulseHost();
	for (const ring of [0, 1, 16]) {
		for (let command = 0; command < 50; command++) kernel.send(at(300 + command, play(ring)), ring);
	}
	kernel.renderBlock(128);
	kernel.send(at(400, play(2)));
	kernel.send({ type: "stopAll" });
	kernel.send(at(500, play(3)));
	kernel.renderBlock(0);
	expect([0, 1, 16].map((ring) => kernel.timedWaiting(ring))).toEqual([1, 0, 0]);
	expect(pulses(kernel.render(1000))).toEqual([[500 - 128, 2 ** -3]]);
});

test("a stop of all with a frame of its own leaves alone what waits for a later one", () => {
	const kernel = new KernelHost({ fadeFrames: 1 });
	kernel.send({ type: "load", slot: 0, sample: kernel.place(constant(2 * 4000, 1), 2) });
	kernel.send(play(0));
	kernel.send(at(50, { type: "stopAll" }));
	kernel.send(at(60, play(0)));
	kernel.send(at(70, { type: "unload", slot: 0 }));
	kernel.send(at(80, play(0)));
	const heard = [...kernel.render(128)].filter((_, index) => index % 2 === 0);
	// A fade of one frame still sounds its first.
	expect(heard).toEqual(
		Array.from({ length: 128 }, (_, frame) => (frame <= 50 || (frame >= 60 && frame <= 70) ? 1 : 0)),
	);
});

test("a timed gain moves from its frame on", () => {
	const kernel = new KernelHost();
	kernel.send({ type: "load", slot: 0, sample: kernel.place(constant(2 * 4000, 1), 2) });
	kernel.send(play(0, 1, true));
	kernel.send(at(40, { type: "gain", decibels: Number.NEGATIVE_INFINITY }));
	const rendered = kernel.render(600);
	for (let frame = 0; frame < 600; frame++) {
		expect(rendered[2 * frame]).toBe(Math.fround(1 - Math.min(Math.max(frame - 40, 0), 480) / 480));
	}
});

test("a block of no frames applies commands and renders nothing", () => {
	const kernel = new KernelHost({ voices: 1 });
	const sample = kernel.place(noise(2 * 500, 3), 2);
	kernel.send({ type: "load", slot: 0, sample });
	kernel.send(play(0));
	kernel.renderBlock(0);
	kernel.send(play(0)); // steals the voice, which has not sounded yet
	kernel.renderBlock(0);
	expect(kernel.status(layout.STATUS_FRAME_LOW)).toBe(0);
	expect(bitsOf(kernel.render(500))).toEqual(bitsOf(sample.samples));
});

const refused: [string, readonly number[]][] = [
	["a load", rawCommand(message.LOAD_SAMPLE, 0, 1, layout.PCM_HEAP, 1)],
	["a replay", rawCommand(message.START_REPLAY, 0, layout.PCM_HEAP, 1)],
	["a silence", rawCommand(message.SILENT)],
	["an unknown type", [99]],
	["a type with higher bits", rawCommand(message.PLAY_SAMPLE | 0x1_0000, 0, ...doubleBits(1))],
];

test.each(refused)("%s cannot wait for a frame: it is skipped, counted, and done with", (_, command) => {
	const kernel = pulseHost();
	kernel.push(timedCommand(command, 200));
	kernel.renderBlock(0);
	expect(kernel.status(layout.STATUS_INVALID_COMMANDS)).toBe(1);
	expect(kernel.words[(layout.RING_POSITIONS + layout.RING_TIMED_DONE) / 4]).toBe(1);
	expect(pulses(kernel.render(400))).toEqual([]);
});

test("a record with a wrong argument is skipped when its frame comes", () => {
	const kernel = pulseHost();
	kernel.push(timedCommand(rawCommand(message.PLAY_SAMPLE, 99, ...doubleBits(1), 0), 200));
	kernel.push(timedCommand(rawCommand(message.PLAY_SAMPLE, 0, ...doubleBits(2), 0), 200));
	expect(pulses(kernel.render(199))).toEqual([]);
	expect(kernel.status(layout.STATUS_INVALID_COMMANDS)).toBe(0);
	expect(pulses(kernel.render(100))).toEqual([]);
	expect(kernel.status(layout.STATUS_INVALID_COMMANDS)).toBe(2);
});

test("producers that take more than their share are refused, and nothing behind the waiting commands is written", () => {
	const kernel = pulseHost();
	kernel.renderBlock(0);
	const share = layout.CONTROL_RING_COMMANDS;
	for (let sent = 0; sent < MAX_PENDING + share; sent += share) {
		for (let command = 0; command < share; command++) kernel.send(at(10_000, play(0)));
		kernel.renderBlock(0);
	}
	expect(kernel.timedWaiting(0)).toBe(MAX_PENDING);
	expect(kernel.status(layout.STATUS_INVALID_COMMANDS)).toBe(share);
	const behind = kernel.words.subarray(layout.OUTPUT / 4, (layout.OUTPUT + layout.OUTPUT_BYTES) / 4);
	expect(behind.every((word) => word === 0)).toBe(true);
});

test("starting again forgets what waits, and counts it done", () => {
	const kernel = pulseHost();
	kernel.send(at(0, play(0)));
	kernel.send(at(500, play(0)));
	kernel.render(128);
	kernel.send(at(1, play(0)));
	kernel.renderBlock(1);
	expect(kernel.status(layout.STATUS_LATE_COMMANDS)).toBe(1);
	kernel.restart();
	kernel.send({ type: "load", slot: 0, sample: kernel.place(constant(2, 1), 2) });
	expect(pulses(kernel.render(1000))).toEqual([]);
	expect(kernel.timedWaiting(0)).toBe(0);
	expect(kernel.status(layout.STATUS_LATE_COMMANDS)).toBe(0);
});
