import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { CANARY, capacityOf, commandsOf, EngineWords, positionsOf } from "../../test/engine-words.ts";
import { RingWriter } from "../../test/ring-writer.ts";
import * as command from "../protocol/commands.ts";
import { MASTER_GAIN } from "../protocol/parameters.ts";
import * as layout from "../protocol/shared-memory.ts";

const SEED = 0x0051_4e67;
const SAMPLE = { handle: 1024, address: 2 ** 32 - 64, frames: 2 ** 28, channels: 2 };
const TIMED_PLAY = command.PLAY_SAMPLE | command.AT_FRAME;
const TIMED_STOP = command.STOP_SAMPLE | command.AT_FRAME;
const NO_FRAME = [0, 0] as const;
const rings = Array.from({ length: layout.MAX_RINGS }, (_, ring) => ring);

/** Every call, and the words that the kernel has to find. */
const commands: readonly [name: string, send: (ring: RingWriter) => boolean, command: readonly number[]][] = [
	["load", (ring) => ring.loadSample(255, SAMPLE), [command.LOAD_SAMPLE, 255, ...NO_FRAME, 1024, -64, 2 ** 28, 2]],
	[
		"play",
		(ring) => ring.playSample(3, 0.5, command.PLAY_LOOPING),
		[command.PLAY_SAMPLE, 3, ...NO_FRAME, ...bits(0.5), 1],
	],
	["stop", (ring) => ring.stopSample(4), [command.STOP_SAMPLE, 4]],
	["press", (ring) => ring.press(7, 0.25), [command.PRESS, 7, ...NO_FRAME, ...bits(0.25)]],
	["release", (ring) => ring.release(7), [command.RELEASE, 7]],
	["stop of a pad", (ring) => ring.stopPad(7), [command.STOP_PAD, 7]],
	["stop all", (ring) => ring.stopAll(), [command.STOP_ALL, 0]],
	["unload", (ring) => ring.unloadSample(5), [command.UNLOAD_SAMPLE, 5]],
	["timed play", (ring) => ring.playSample(3, 0.5, 0, 0), [TIMED_PLAY, 3, 0, 0, ...bits(0.5), 0]],
	["late play", (ring) => ring.playSample(3, 1, 1, 2 ** 53 - 1), [TIMED_PLAY, 3, -1, 0x1f_ffff, ...bits(1), 1]],
	["timed stop", (ring) => ring.stopSample(9, 2 ** 32 + 5), [TIMED_STOP, 9, 5, 1]],
	[
		"silent gain",
		(ring) => ring.setMasterGain(-Infinity),
		[command.SET_PARAMETER, 0, ...NO_FRAME, MASTER_GAIN, 0, ...bits(-Infinity)],
	],
];

/** The two words of a 64-bit float. */
function bits(value: number): Int32Array {
	return new Int32Array(Float64Array.of(value).buffer);
}

/** An engine memory full of canaries, with one empty ring at a position. */
function canariesAround(ring: number, position = 0): EngineWords {
	const engine = new EngineWords();
	engine.words.fill(CANARY);
	engine.setRingPosition(ring, position);
	return engine;
}

/** Expects canaries everywhere but in the ring's own commands and positions. */
function expectCanariesAround(ring: number, engine: EngineWords): void {
	const words = engine.words.slice();
	const start = commandsOf(ring) / 4;
	words.fill(CANARY, start, start + (capacityOf(ring) * layout.COMMAND_BYTES) / 4);
	const positions = [layout.RING_WRITE, layout.RING_READ, layout.RING_TIMED_SENT, layout.RING_TIMED_DONE];
	for (const position of positions) words[(positionsOf(ring) + position) / 4] = CANARY;
	expect(words.findIndex((word) => word !== CANARY)).toBe(-1);
}

test.each(commands)("a %s command is written with its words in their places", (_, send, expected) => {
	for (const ring of rings) {
		const engine = canariesAround(ring);
		expect(send(new RingWriter(engine.buffer, ring))).toBe(true);
		const taken = engine.takeCommands(ring);
		expect(taken.map((words) => [...words.subarray(0, expected.length)])).toEqual([expected]);
		expectCanariesAround(ring, engine);
	}
});

describe.each([0, 1, layout.MAX_RINGS - 1])("ring %i", (ring) => {
	test("holds exactly its capacity, refuses every further command and keeps the old ones", () => {
		const engine = canariesAround(ring, 100);
		const writer = new RingWriter(engine.buffer, ring);
		expect([writer.isDrained, writer.isFull]).toEqual([true, false]);
		for (let count = 0; count < capacityOf(ring); count++) {
			expect(writer.isFull).toBe(false);
			expect(writer.playSample(count, 1, 0)).toBe(true);
		}
		expect([writer.isDrained, writer.isFull]).toEqual([false, true]);
		const full = engine.words.slice();
		for (const [, send] of commands) expect(send(writer)).toBe(false);
		expect(engine.words.findIndex((word, index) => word !== full[index])).toBe(-1);
		expect(engine.takeCommands(ring).map((words) => words[1])).toEqual([...Array(capacityOf(ring)).keys()]);
		expect([writer.isDrained, writer.isFull]).toEqual([true, false]);
	});

	test("takes one command for each one read", () => {
		const engine = canariesAround(ring);
		const writer = new RingWriter(engine.buffer, ring);
		while (writer.stopAll());
		for (let read = 0; read < 3; read++) {
			engine.takeCommands(ring, 1);
			expect([writer.stopAll(), writer.stopAll()]).toEqual([true, false]);
		}
	});

	test("is a queue in bursts of any length, around any position, and touches nothing else", () => {
		const position = fc.oneof(
			fc.integer({ min: 0, max: 2 ** 32 - 1 }),
			fc.integer({ min: 2 ** 32 - 3000, max: 2 ** 32 - 1 }),
			fc.integer({ min: 2 ** 31 - 3000, max: 2 ** 31 }),
		);
		const count = fc.nat(capacityOf(ring) + 10);
		const run = (start: number, bursts: readonly (readonly [writes: number, reads: number])[]): void => {
			const engine = canariesAround(ring, start);
			const writer = new RingWriter(engine.buffer, ring);
			const waiting: number[] = [];
			let sent = 0;
			for (const [writes, reads] of bursts) {
				const free = capacityOf(ring) - waiting.length;
				const answers = Array.from({ length: writes }, (_, index) => writer.stopSample(sent + index));
				expect(answers).toEqual(answers.map((_, index) => index < free));
				for (let taken = Math.min(writes, free); taken > 0; taken--) waiting.push(sent++);
				expect([writer.isDrained, writer.isFull]).toEqual([waiting.length === 0, waiting.length === capacityOf(ring)]);
				const taken = engine.takeCommands(ring, reads);
				expect(taken.map((words) => words[1])).toEqual(waiting.splice(0, reads));
			}
			expect(engine.words[(positionsOf(ring) + layout.RING_WRITE) / 4]).toBe((start + sent) | 0);
			expectCanariesAround(ring, engine);
		};
		fc.assert(fc.property(position, fc.array(fc.tuple(count, count), { maxLength: 20 }), run), {
			seed: SEED,
			numRuns: 50,
		});
	});

	test("goes on across 2^32, full and empty on either side of it", () => {
		const engine = canariesAround(ring, 2 ** 32 - capacityOf(ring) - 1);
		const writer = new RingWriter(engine.buffer, ring);
		for (let count = 0; count < 4 * capacityOf(ring); count += capacityOf(ring) / 2) {
			for (let index = 0; index < capacityOf(ring) / 2; index++) expect(writer.stopSample(count + index)).toBe(true);
			expect(writer.isFull).toBe(count > 0);
			expect(writer.isDrained).toBe(false);
			if (count === 0) continue;
			const taken = engine.takeCommands(ring, capacityOf(ring) / 2);
			expect(taken.at(-1)?.[1]).toBe(count - 1);
		}
		expect(engine.words[(positionsOf(ring) + layout.RING_WRITE) / 4]).toBe(3 * capacityOf(ring) - 1);
	});
});

describe.each([0, 1, layout.MAX_RINGS - 1])("commands of ring %i with a frame of their own", (ring) => {
	test.each([0, 2 ** 31 - 100, 2 ** 32 - 100])("wait up to the ring's capacity, from count %i on", (count) => {
		const engine = canariesAround(ring);
		engine.setTimedCount(ring, count);
		const writer = new RingWriter(engine.buffer, ring);
		for (let sent = 0; sent < capacityOf(ring); sent++) {
			expect(writer.timedRoom).toBe(capacityOf(ring) - sent);
			expect(sent % 2 ? writer.stopSample(1, sent) : writer.playSample(1, 1, 0, sent)).toBe(true);
			engine.takeCommands(ring);
		}
		const full = engine.words.slice();
		expect([writer.timedRoom, writer.playSample(1, 1, 0, 5), writer.stopSample(1, 5)]).toEqual([0, false, false]);
		expect(engine.words.findIndex((word, index) => word !== full[index])).toBe(-1);
		expect([writer.playSample(1, 1, 0), writer.stopAll()]).toEqual([true, true]);
		engine.set(positionsOf(ring) + layout.RING_TIMED_DONE, (count + 3) | 0);
		expect([0, 1, 2, 3].map((frame) => writer.stopSample(2, frame))).toEqual([true, true, true, false]);
	});

	test("are not counted when the ring itself is full", () => {
		const engine = canariesAround(ring);
		const writer = new RingWriter(engine.buffer, ring);
		while (writer.stopAll());
		expect(writer.playSample(1, 1, 0, 5)).toBe(false);
		expect(writer.timedRoom).toBe(capacityOf(ring));
	});
});

test("a command that its producer did not live to publish is never read; the ring's next owner writes over it", () => {
	const ring = 5;
	for (let words = 1; words <= layout.COMMAND_BYTES / 4; words++) {
		const engine = canariesAround(ring);
		new RingWriter(engine.buffer, ring).stopSample(1);
		const begun = (commandsOf(ring) + layout.COMMAND_BYTES) / 4;
		for (let word = 0; word < words; word++) engine.words[begun + word] = command.STOP_ALL;
		expect(engine.takeCommands(ring).map(([, slot]) => slot)).toEqual([1]);
		const next = new RingWriter(engine.buffer, ring);
		expect(next.isDrained).toBe(true);
		next.loadSample(2, SAMPLE);
		next.unloadSample(3);
		const taken = engine.takeCommands(ring).map(([type, slot]) => [type, slot]);
		expect(taken).toEqual([
			[command.LOAD_SAMPLE, 2],
			[command.UNLOAD_SAMPLE, 3],
		]);
	}
});

test("full rings lie side by side: each holds its own commands, none reaches into the next region", () => {
	const engine = new EngineWords();
	for (const ring of rings) {
		const writer = new RingWriter(engine.buffer, ring);
		while (writer.playSample(ring, 1, 0));
	}
	for (const ring of rings) {
		const taken = engine.takeCommands(ring);
		expect(taken.length).toBe(capacityOf(ring));
		expect(taken.every((words) => words[0] === command.PLAY_SAMPLE && words[1] === ring)).toBe(true);
	}
	const behind = engine.words.subarray(layout.RETIREMENT_WRITE / 4);
	expect(behind.findIndex((word) => word !== 0)).toBe(-1);
	expect(engine.words.subarray(0, layout.RING_POSITIONS / 4).findIndex((word) => word !== 0)).toBe(-1);
});

test.each([0, 1])("ring %i makes room when it is full, for every message, and asks for none before", (ring) => {
	const engine = canariesAround(ring);
	let asked = 0;
	const writer = new RingWriter(engine.buffer, ring, {
		makeRoom: () => {
			asked += 1;
			engine.takeCommands(ring);
		},
	});
	for (let slot = 0; slot < capacityOf(ring); slot++) expect(writer.stopSample(slot)).toBe(true);
	expect([asked, writer.isFull]).toEqual([0, true]);
	expect([writer.ring.hasRoomFor(1), asked, writer.isDrained]).toEqual([true, 1, true]);
	for (const [, send] of commands) {
		while (!writer.isFull) writer.stopAll();
		const before = asked;
		expect([send(writer), asked]).toEqual([true, before + 1]);
	}
	while (!writer.isFull) writer.stopAll();
	expect(writer.ring.send(Int32Array.of(command.STOP_ALL, 0, 0, 0, 0, 0, 0, 0))).toBe(true);
	expect(writer.isFull).toBe(false);
});

test("when no room can be made the message is refused after one try", () => {
	const engine = canariesAround(2);
	let asked = 0;
	const writer = new RingWriter(engine.buffer, 2, { makeRoom: () => void asked++ });
	while (!writer.isFull) writer.stopAll();
	expect([writer.stopAll(), asked]).toEqual([false, 1]);
	expect([writer.playSample(0, 1, 0, 5), asked]).toEqual([false, 2]);
});

test("commands whose frame has come make room for others that wait for theirs", () => {
	const engine = canariesAround(1);
	const writer = new RingWriter(engine.buffer, 1, {
		makeRoom: () => {
			const taken = engine.takeCommands(1).length;
			engine.words[(positionsOf(1) + layout.RING_TIMED_DONE) / 4]! += taken;
		},
	});
	for (let frame = 0; frame < 3 * capacityOf(1); frame++) expect(writer.stopSample(0, frame)).toBe(true);
	expect(writer.timedRoom).toBe(0);
	expect(writer.ring.send(Int32Array.of(TIMED_STOP, 0, 0, 0, 0, 0, 7, 0))).toBe(true);
	expect(writer.timedRoom).toBe(capacityOf(1) - 1);
});
