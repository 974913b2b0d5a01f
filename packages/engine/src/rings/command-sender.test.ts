import * as fc from "fast-check";
import { expect, test } from "vitest";
import { positionsOf, takeCommands } from "../../test/engine-words.ts";
import { RingWriter } from "../../test/ring-writer.ts";
import { PLAY_FLAGS } from "../protocol/commands.ts";
import * as layout from "../protocol/shared-memory.ts";
import { appendCommands } from "./command-receiver.ts";
import { CommandSender } from "./command-sender.ts";

const SEED = 0x0e11_0e11;
const COMMAND_WORDS = layout.COMMAND_BYTES / 4;

/** A producer's mirror and the kernel's memory; both rings at the same position. */
function create(ring: number, position: number) {
	const mirror = new Int32Array(layout.SHARED_END / 4);
	const kernel = new Int32Array(layout.SHARED_END / 4);
	for (const words of [mirror, kernel]) {
		for (const field of [layout.RING_WRITE, layout.RING_READ]) words[(positionsOf(ring) + field) / 4] = position;
	}
	const posted: Int32Array[] = [];
	const sender = new CommandSender(mirror, ring);
	const control = new RingWriter(mirror.buffer, ring, { published: () => posted.push(sender.take()) });
	return { mirror, kernel, control, sender, posted };
}

test.each([0, 1, 16])("ring %i: what the mirror's ring takes arrives once and in order, across 2^32", (ring) => {
	const capacity = ring === 0 ? layout.CONTROL_RING_COMMANDS : layout.PRODUCER_RING_COMMANDS;
	/** How many commands are tried, how many messages arrive, how many commands the kernel reads. */
	const step = fc.tuple(fc.nat(400), fc.nat(400), fc.nat(400));
	const run = (start: number, steps: readonly [number, number, number][]): void => {
		const { mirror, kernel, control, posted } = create(ring, -start);
		const readWord = (positionsOf(ring) + layout.RING_READ) / 4;
		let sent = 0;
		let read = 0;
		const arrive = (count: number): void => {
			for (const words of posted.splice(0, count)) appendCommands(kernel, ring, words);
		};
		const readSome = (most: number): void => {
			for (const command of takeCommands(kernel, ring, most)) {
				expect(command[PLAY_FLAGS / 4]).toBe(read);
				read += 1;
			}
		};
		for (const [tries, arrivals, reads] of steps) {
			for (let attempt = 0; attempt < tries; attempt++) {
				// The control thread knows what was read only from snapshots.
				const isRefused = !control.playSample(1, 0.5, sent);
				const used = sent - ((mirror[readWord]! + start) | 0);
				expect(isRefused).toBe(used >= capacity);
				if (!isRefused) sent += 1;
			}
			arrive(arrivals);
			readSome(reads);
			mirror[readWord] = kernel[readWord]!;
		}
		arrive(Number.POSITIVE_INFINITY);
		readSome(Number.POSITIVE_INFINITY);
		expect(read).toBe(sent);
	};
	const start = fc.nat(1000);
	fc.assert(fc.property(start, fc.array(step, { minLength: 1, maxLength: 20 }), run), { seed: SEED, numRuns: 25 });
});

test("several commands written before they are taken go in one message", () => {
	const mirror = new Int32Array(layout.SHARED_END / 4);
	const sender = new CommandSender(mirror, 0);
	const ring = new RingWriter(mirror.buffer, 0);
	for (const slot of [4, 5, 6]) ring.stopSample(slot);
	expect([...sender.take()].filter((_, word) => word % COMMAND_WORDS === 1)).toEqual([4, 5, 6]);
	expect(sender.take().length).toBe(0);
});

test("commands with a frame of their own are counted as sent where they arrive", () => {
	const { kernel, control, posted } = create(2, 0);
	control.playSample(1, 1, 0, 1000);
	control.playSample(1, 1, 0);
	control.stopSample(1, 2000);
	for (const words of posted) appendCommands(kernel, 2, words);
	expect(kernel[(positionsOf(2) + layout.RING_TIMED_SENT) / 4]).toBe(2);
});

test("more commands than the ring has room for are not taken over those that wait", () => {
	const { kernel } = create(1, 0);
	const commands = new Int32Array((layout.PRODUCER_RING_COMMANDS + 3) * COMMAND_WORDS).map((_, word) =>
		Math.floor(word / COMMAND_WORDS),
	);
	appendCommands(kernel, 1, commands);
	const taken = takeCommands(kernel, 1);
	expect(taken.map(([number]) => number)).toEqual(Array.from({ length: layout.PRODUCER_RING_COMMANDS }, (_, n) => n));
});
