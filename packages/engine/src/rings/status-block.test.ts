import { afterEach, expect, test, vi } from "vitest";
import { EngineWords } from "../../test/engine-words.ts";
import * as layout from "../protocol/shared-memory.ts";
import { StatusBlock } from "./status-block.ts";

const EPOCH = layout.HEADER + layout.HEADER_PEAK_EPOCH;

afterEach(() => vi.restoreAllMocks());

/** Writes what the kernel says after a block; the sequence is the caller's business. */
function writeBlock(engine: EngineWords, frame: number, blockFrames: number): void {
	engine.set(layout.STATUS + layout.STATUS_FRAME_LOW, frame % 2 ** 32);
	engine.set(layout.STATUS + layout.STATUS_FRAME_HIGH, Math.floor(frame / 2 ** 32));
	engine.set(layout.STATUS + layout.STATUS_BLOCK_FRAMES, blockFrames);
}

function setSequence(engine: EngineWords, sequence: number): void {
	engine.set(layout.STATUS + layout.STATUS_SEQUENCE, sequence);
}

function writePeak(engine: EngineWords, peak: number, epoch: number): void {
	engine.floats[(layout.STATUS + layout.STATUS_PEAK) / 4] = peak;
	engine.set(layout.STATUS + layout.STATUS_PEAK_EPOCH, epoch);
}

/** Lets `interrupt` happen once, just after the reader has loaded a word. */
function interruptAfterLoadOf(address: number, interrupt: () => void): void {
	const load = Atomics.load.bind(Atomics) as (words: Int32Array, index: number) => number;
	let isDone = false;
	vi.spyOn(Atomics, "load").mockImplementation(((words: Int32Array, index: number) => {
		const value = load(words, index);
		if (index === address / 4 && !isDone) {
			isDone = true;
			interrupt();
		}
		return value;
	}) as typeof Atomics.load);
}

test("every count is read unsigned and the frame is exact beyond 2^32", () => {
	const engine = new EngineWords();
	writeBlock(engine, 2 ** 53 - 1, 2048);
	engine.set(layout.STATUS + layout.STATUS_ACTIVE_VOICES, 256);
	engine.set(layout.STATUS + layout.STATUS_DROPPED_VOICES, -1);
	engine.set(layout.STATUS + layout.STATUS_LATE_COMMANDS, 2 ** 31);
	engine.set(layout.STATUS + layout.STATUS_INVALID_COMMANDS, 3);
	engine.set(layout.STATUS + layout.STATUS_JOURNAL_LOST, 4);
	expect(new StatusBlock(engine.buffer).read()).toEqual({
		frame: 2 ** 53 - 1,
		blockFrames: 2048,
		activeVoices: 256,
		droppedVoices: 2 ** 32 - 1,
		lateCommands: 2 ** 31,
		invalidCommands: 3,
		journalLost: 4,
	});
});

test("each slot has its own voices and position, the last as the first", () => {
	const engine = new EngineWords();
	for (let slot = 0; slot < layout.MAX_SLOTS; slot++) {
		const command = layout.STATUS + layout.STATUS_SLOTS + slot * layout.STATUS_SLOT_BYTES;
		engine.set(command + layout.STATUS_SLOT_VOICES, slot);
		engine.set(command + layout.STATUS_SLOT_POSITION, 2 ** 32 - 1 - slot);
	}
	const status = new StatusBlock(engine.buffer);
	for (let slot = 0; slot < layout.MAX_SLOTS; slot++) {
		expect(status.readSlot(slot)).toEqual({ voices: slot, positionFrames: 2 ** 32 - 1 - slot });
	}
});

test("a block that is written during a read is read again, whole", () => {
	const engine = new EngineWords();
	setSequence(engine, 6);
	writeBlock(engine, 2 ** 32 - 1, 128);
	interruptAfterLoadOf(layout.STATUS + layout.STATUS_FRAME_HIGH, () => {
		setSequence(engine, 8);
		writeBlock(engine, 2 ** 32 + 63, 64);
	});
	expect(new StatusBlock(engine.buffer).read()).toMatchObject({ frame: 2 ** 32 + 63, blockFrames: 64 });
});

test("a reader that comes while a block is being written waits for its end, across a sequence that wraps", () => {
	const engine = new EngineWords();
	setSequence(engine, -1);
	writeBlock(engine, 2 ** 32 - 1, 128);
	interruptAfterLoadOf(layout.STATUS + layout.STATUS_SEQUENCE, () => {
		writeBlock(engine, 2 ** 32 + 127, 128);
		setSequence(engine, 0);
	});
	expect(new StatusBlock(engine.buffer).read().frame).toBe(2 ** 32 + 127);
});

test("a kernel that never finishes its block does not hold the reader up", () => {
	const engine = new EngineWords();
	setSequence(engine, 7);
	writeBlock(engine, 4096, 128);
	const status = new StatusBlock(engine.buffer);
	expect(status.read().frame).toBe(4096);
	expect(status.readSlot(0)).toEqual({ voices: 0, positionFrames: 0 });
});

test("a peak is taken once, and the kernel is asked for a new one", () => {
	const engine = new EngineWords();
	const status = new StatusBlock(engine.buffer);
	for (const epoch of [0, 1, 2]) {
		expect(engine.words[EPOCH / 4]).toBe(epoch);
		writePeak(engine, 0.25 * (epoch + 1), epoch);
		expect(status.takePeak()).toBe(0.25 * (epoch + 1));
		expect(status.takePeak()).toBe(0);
	}
});

test("epochs go on across 2^32", () => {
	const engine = new EngineWords();
	const status = new StatusBlock(engine.buffer);
	engine.set(EPOCH, -1);
	writePeak(engine, 0.5, -1);
	expect(status.takePeak()).toBe(0.5);
	expect(engine.words[EPOCH / 4]).toBe(0);
	writePeak(engine, 0.75, 0);
	expect(status.takePeak()).toBe(0.75);
});

test("a peak taken already is not taken again with the epoch of the next block", () => {
	const engine = new EngineWords();
	const status = new StatusBlock(engine.buffer);
	writePeak(engine, 1, 0);
	expect(status.takePeak()).toBe(1);
	interruptAfterLoadOf(EPOCH, () => {
		setSequence(engine, 2);
		writePeak(engine, 0.125, 1);
	});
	expect(Math.max(status.takePeak(), status.takePeak())).toBe(0.125);
});
