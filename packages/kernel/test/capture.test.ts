import { expect, test } from "vitest";
import * as ring from "../../engine/src/protocol/capture-ring.ts";
import * as command from "../../engine/src/protocol/commands.ts";
import * as layout from "../../engine/src/protocol/shared-memory.ts";
import { KernelHost, play, rawCommand } from "./kernel-host.ts";
import { bitsOf, doubleBits, noise } from "./signals.ts";

const CAPACITY = 4096;
const RING_BYTES = ring.CAPTURE_HEADER_BYTES + CAPACITY * ring.CAPTURE_FRAME_BYTES;
const MASTER: number = ring.SOURCE_MASTER;
const ends = layout.PCM_HEAP + 2 ** 20;

/** A kernel that plays noise on slots 0 and 1, with its two capture rings. */
function playingKernel(): KernelHost {
	const kernel = new KernelHost();
	for (const slot of [0, 1]) {
		kernel.send({ type: "load", slot, sample: kernel.place(noise(2 * 1_000, slot + 1), 2) });
		kernel.send(play(slot, 0.5, true));
	}
	for (let number = 0; number < ring.CAPTURES; number++) {
		kernel.setHeader(layout.HEADER_CAPTURE_RINGS + 4 * number, addressOf(number));
		kernel.words[addressOf(number) / 4] = CAPACITY;
	}
	return kernel;
}

function addressOf(number: number): number {
	return ends + number * RING_BYTES;
}

function word(kernel: KernelHost, number: number, field: number): number {
	return kernel.words[(addressOf(number) + field) / 4] ?? 0;
}

function start({ number = 0, name = 1, frame = 0, source = MASTER, pad = 0, delay = 0 }): number[] {
	return rawCommand(command.START_CAPTURE, pad, number, name, ...doubleBits(frame), source, delay);
}

function stop({ number = 0, name = 1, frame = 0 }): number[] {
	return rawCommand(command.STOP_CAPTURE, 0, number, name, ...doubleBits(frame));
}

/** Takes what a ring has, interleaved, as the recording thread does. */
function captured(kernel: KernelHost, number = 0): Float32Array {
	const read = word(kernel, number, ring.CAPTURE_READ);
	const count = (word(kernel, number, ring.CAPTURE_WRITE) - read) >>> 0;
	const frames = (addressOf(number) + ring.CAPTURE_HEADER_BYTES) / 4;
	const samples = Float32Array.from({ length: 2 * count }, (_, index) => {
		return kernel.floats[frames + ((2 * read + index) % (2 * CAPACITY))] ?? Number.NaN;
	});
	kernel.words[(addressOf(number) + ring.CAPTURE_READ) / 4] = read + count;
	return samples;
}

test.each([1, 7, 128, 1_000, 2_048])("a capture is what was rendered between its frames, in blocks of %i", (block) => {
	const kernel = playingKernel();
	kernel.push(start({ frame: 301 }));
	kernel.push(stop({ frame: 3_333 }));
	const rendered = kernel.render(4_000, block);
	expect(bitsOf(captured(kernel))).toEqual(bitsOf(rendered.subarray(2 * 301, 2 * 3_333)));
	expect(word(kernel, 0, ring.CAPTURE_START_LOW)).toBe(301);
	expect([word(kernel, 0, ring.CAPTURE_ENDED), word(kernel, 0, ring.CAPTURE_LOST)]).toEqual([1, 0]);
});

test("a frame that has passed is the next one, and an end before the start leaves nothing", () => {
	const kernel = playingKernel();
	kernel.render(500);
	kernel.push(start({ frame: 3 }));
	const rendered = kernel.render(256);
	kernel.push(stop({ frame: 700 }));
	kernel.render(128);
	expect(word(kernel, 0, ring.CAPTURE_START_LOW)).toBe(500);
	expect(bitsOf(captured(kernel))).toEqual(bitsOf(rendered));
	kernel.push(start({ name: 2, frame: 2_000 }));
	kernel.push(stop({ name: 2, frame: 1_000 }));
	kernel.render(2_000);
	expect([captured(kernel).length, word(kernel, 0, ring.CAPTURE_ENDED)]).toEqual([0, 1]);
});

test("two captures do not disturb each other, and a stop of an earlier one does nothing", () => {
	const kernel = playingKernel();
	kernel.push(start({ name: 5 }));
	kernel.push(start({ number: 1, name: 6, source: ring.SOURCE_PAD, pad: 1 }));
	kernel.push(stop({ name: 4 }));
	const both = kernel.render(300);
	kernel.push(stop({ number: 1, name: 6 }));
	const rest = kernel.render(200);
	expect(bitsOf(captured(kernel))).toEqual(bitsOf(Float32Array.of(...both, ...rest)));
	const alone = new KernelHost();
	alone.send({ type: "load", slot: 1, sample: alone.place(noise(2 * 1_000, 2), 2) });
	alone.send(play(1, 0.5, true));
	expect(bitsOf(captured(kernel, 1))).toEqual(bitsOf(alone.render(300)));
	expect([word(kernel, 0, ring.CAPTURE_ENDED), word(kernel, 1, ring.CAPTURE_ENDED)]).toEqual([0, 1]);
	expect([word(kernel, 0, ring.CAPTURE_CURRENT), word(kernel, 1, ring.CAPTURE_CURRENT)]).toEqual([5, 6]);
});

test("a full ring keeps what was whole and counts the rest, also when room comes back", () => {
	const kernel = playingKernel();
	kernel.push(start({}));
	const rendered = kernel.render(CAPACITY + 500);
	expect(word(kernel, 0, ring.CAPTURE_LOST)).toBe(500);
	expect(bitsOf(captured(kernel))).toEqual(bitsOf(rendered.subarray(0, 2 * CAPACITY)));
	kernel.render(100);
	kernel.push(stop({}));
	kernel.render(100);
	expect([captured(kernel).length, word(kernel, 0, ring.CAPTURE_LOST)]).toEqual([0, 600]);
});

test("positions wrap at 2^32", () => {
	const kernel = playingKernel();
	for (const field of [ring.CAPTURE_READ, ring.CAPTURE_WRITE])
		kernel.words[(addressOf(0) + field) / 4] = 2 ** 32 - 1_000;
	kernel.push(start({}));
	const rendered = kernel.render(3_000);
	expect(word(kernel, 0, ring.CAPTURE_WRITE)).toBe(2_000);
	expect(bitsOf(captured(kernel))).toEqual(bitsOf(rendered));
});

test("what an earlier capture left unread is dropped", () => {
	const kernel = playingKernel();
	kernel.push(start({}));
	kernel.render(CAPACITY);
	kernel.push(start({ name: 2 }));
	const rendered = kernel.render(CAPACITY);
	expect(bitsOf(captured(kernel))).toEqual(bitsOf(rendered));
	expect(word(kernel, 0, ring.CAPTURE_LOST)).toBe(0);
});

test.each([
	["a ring that there is none of", start({ number: 2 })],
	["a negative number", start({ number: -1 })],
	["an unknown source", start({ source: 9 })],
	["a pad out of range", start({ source: ring.SOURCE_PAD, pad: 32 })],
	["a delay beyond every latency", start({ source: ring.SOURCE_INPUT, delay: 2 ** 20 + 1 })],
	["a frame before 0", start({ frame: -1 })],
	["a frame that is no number", start({ frame: Number.NaN })],
	["an infinite frame", start({ frame: Number.POSITIVE_INFINITY })],
	["a stop of a ring that there is none of", stop({ number: 2 })],
	["a stop at a frame that is no number", stop({ frame: Number.NaN })],
] as const)("%s is skipped and counted", (_, words) => {
	const kernel = playingKernel();
	const before = kernel.words.slice(ends / 4, ends / 4 + (2 * RING_BYTES) / 4);
	kernel.push([...words]);
	kernel.render(500);
	expect(kernel.status(layout.STATUS_INVALID_COMMANDS)).toBe(1);
	expect(kernel.words.slice(ends / 4, ends / 4 + (2 * RING_BYTES) / 4)).toEqual(before);
});

test("nothing is captured before there is a ring", () => {
	const kernel = playingKernel();
	kernel.setHeader(layout.HEADER_CAPTURE_RINGS, 0);
	kernel.push(start({}));
	kernel.render(500);
	expect(kernel.status(layout.STATUS_INVALID_COMMANDS)).toBe(1);
});

test.each([1, 100, 128])("an input is captured from its frame on, later by its delay, in blocks of %i", (block) => {
	const kernel = playingKernel();
	const input = noise(2 * 3_000, 9);
	kernel.push(start({ source: ring.SOURCE_INPUT, frame: 777, delay: 100 }));
	kernel.push(stop({ frame: 2_000 }));
	for (let frame = 0; frame < 3_000; frame += block) {
		for (let index = 0; index < block; index++) {
			kernel.floats[layout.INPUT / 4 + index] = input[2 * (frame + index)] ?? 0;
			kernel.floats[(layout.INPUT + layout.OUTPUT_CHANNEL_BYTES) / 4 + index] = input[2 * (frame + index) + 1] ?? 0;
		}
		// Splits the block into runs.
		kernel.send({ type: "stop", slot: 1, atFrame: frame + 3 });
		kernel.renderBlock(block);
	}
	expect(bitsOf(captured(kernel))).toEqual(bitsOf(input.subarray(2 * 877, 2 * 2_100)));
	expect([word(kernel, 0, ring.CAPTURE_START_LOW), word(kernel, 0, ring.CAPTURE_ENDED)]).toEqual([777, 1]);
});

test("captures are not journaled and do not put silence off", () => {
	const kernel = new KernelHost();
	kernel.setHeader(layout.HEADER_CAPTURE_RINGS, addressOf(0));
	kernel.words[addressOf(0) / 4] = CAPACITY;
	kernel.render(128);
	kernel.journal();
	kernel.push(start({}));
	kernel.push(stop({ frame: 10_000 }));
	kernel.render(1_000);
	expect(kernel.journal()).toEqual([]);
});
