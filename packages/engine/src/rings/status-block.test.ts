import { afterEach, expect, test, vi } from "vitest";
import { EngineWords } from "../../test/engine-words.ts";
import { Metering } from "../playback/metering.ts";
import * as layout from "../protocol/shared-memory.ts";
import { StatusBlock } from "./status-block.ts";

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
	engine.set(layout.STATUS + layout.STATUS_CUT_RELEASES, 5);
	engine.set(layout.STATUS + layout.STATUS_CHOKED_LAUNCHES, 6);
	engine.set(layout.STATUS + layout.STATUS_LATE_COMMANDS, 2 ** 31);
	engine.set(layout.STATUS + layout.STATUS_INVALID_COMMANDS, 3);
	engine.set(layout.STATUS + layout.STATUS_JOURNAL_LOST, 4);
	engine.floats[(layout.STATUS + layout.STATUS_PEAK) / 4] = 0.75;
	expect(new StatusBlock(engine.buffer).journalLost).toBe(4);
	expect(new StatusBlock(engine.buffer).read()).toEqual({
		frame: 2 ** 53 - 1,
		blockFrames: 2048,
		activeVoices: 256,
		droppedVoices: 2 ** 32 - 1,
		cutReleases: 5,
		chokedLaunches: 6,
		lateCommands: 2 ** 31,
		invalidCommands: 3,
		peak: 0.75,
	});
});

test("an activity has every pad's state, the last as the first, and the master's", () => {
	const engine = new EngineWords();
	writeBlock(engine, 2 ** 53 - 1, 128);
	engine.floats[(layout.STATUS + layout.STATUS_PEAK) / 4] = 0.5;
	engine.floats[(layout.STATUS + layout.STATUS_RMS) / 4] = 0.25;
	engine.floats[(layout.STATUS + layout.STATUS_GAIN_REDUCTION) / 4] = 3;
	const view = new DataView(engine.buffer);
	for (let pad = 0; pad < layout.MAX_SLOTS; pad++) {
		const entry = layout.STATUS + layout.STATUS_PADS + pad * layout.STATUS_PAD_BYTES;
		engine.set(entry + layout.PAD_VOICES, pad);
		engine.set(entry + layout.PAD_STATE, (pad % 2) + (pad % 3 === 0 ? layout.PAD_RATE_HELD : 0));
		view.setFloat64(entry + layout.PAD_PLAYHEAD, 2 ** 32 + pad + 0.5, true);
		view.setFloat32(entry + layout.PAD_PEAK, pad / 256, true);
		view.setFloat32(entry + layout.PAD_RMS, pad / 512, true);
	}
	const activity = new Metering(() => {}).createActivity(layout.MAX_SLOTS);
	new StatusBlock(engine.buffer).readActivity(activity);
	const { frame, masterPeak, masterRms, gainReductionDecibels } = activity;
	expect([frame, masterPeak, masterRms, gainReductionDecibels]).toEqual([2 ** 53 - 1, 0.5, 0.25, 3]);
	for (let pad = 0; pad < layout.MAX_SLOTS; pad++) {
		const { voices, padState, isRateHeld, playhead, peak, rms } = activity;
		expect([voices[pad], padState[pad], isRateHeld[pad], playhead[pad], peak[pad], rms[pad]]).toEqual([
			pad,
			pad % 2,
			pad % 3 === 0 ? 1 : 0,
			2 ** 32 + pad + 0.5,
			pad / 256,
			pad / 512,
		]);
	}
});

test("an activity that is read while a block is written is read again, whole", () => {
	const engine = new EngineWords();
	setSequence(engine, 6);
	writeBlock(engine, 1000, 128);
	interruptAfterLoadOf(layout.STATUS + layout.STATUS_PADS + layout.PAD_VOICES, () => {
		setSequence(engine, 8);
		writeBlock(engine, 1128, 128);
		engine.set(layout.STATUS + layout.STATUS_PADS + layout.PAD_VOICES, 3);
	});
	const activity = new Metering(() => {}).createActivity(1);
	new StatusBlock(engine.buffer).readActivity(activity);
	expect([activity.frame, activity.voices[0]]).toEqual([1128, 3]);
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
});
