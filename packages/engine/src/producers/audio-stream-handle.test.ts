import { beforeEach, expect, test } from "vitest";
import { takeCommands } from "../../test/engine-words.ts";
import { show } from "../check-arguments.ts";
import { LooperError } from "../errors.ts";
import type { EngineMemory } from "../memory/engine-memory.ts";
import { AT_FRAME, PLAY_LOOPING, PLAY_SAMPLE, PRESS, STOP_ALL, STOP_SAMPLE } from "../protocol/commands.ts";
import * as layout from "../protocol/shared-memory.ts";
import type { StreamDescriptor, StreamGrant } from "../protocol/stream-descriptor.ts";
import { SharedThreading } from "../threading/shared-threading.ts";
import { AudioStreamHandle } from "./audio-stream-handle.ts";
import { ProducerRings } from "./producer-rings.ts";

const SLOTS = 8;
const half = new Int32Array(Float64Array.of(0.5).buffer);

let threading: SharedThreading;
let memory: EngineMemory;
let grant: StreamGrant;
let handle: AudioStreamHandle;

beforeEach(() => {
	threading = new SharedThreading({
		slots: SLOTS,
		voices: 32,
		overflow: layout.OVERFLOW_REPLACE_OLDEST,
		memoryBudget: 2 ** 20,
	});
	memory = threading.memory;
	memory.setEngineState(layout.ENGINE_RUNNING);
	grant = new ProducerRings(threading, SLOTS).grant();
	handle = AudioStreamHandle.open(grant.descriptor);
});

/** What the kernel reads from the stream's ring: the first words of each command. */
function sent(words: number): number[][] {
	return takeCommands(memory.words, 1).map((command) => [...command.subarray(0, words)]);
}

test("plays and stops reach the stream's own ring in order", () => {
	handle.playSample(0, 0.5, { loop: true });
	handle.playSample(SLOTS - 1, 0.5);
	expect(sent(7)).toEqual([
		[PLAY_SAMPLE, 0, 0, 0, ...half, PLAY_LOOPING],
		[PLAY_SAMPLE, SLOTS - 1, 0, 0, ...half, 0],
	]);
	handle.stopSample(3);
	handle.stopAll();
	expect(sent(2)).toEqual([
		[STOP_SAMPLE, 3],
		[STOP_ALL, 0],
	]);
});

test("a velocity left out is 1", () => {
	handle.playSample(1);
	handle.press(2);
	const one = [...new Int32Array(Float64Array.of(1).buffer)];
	expect(sent(6)).toEqual([
		[PLAY_SAMPLE, 1, 0, 0, ...one],
		[PRESS, 2, 0, 0, ...one],
	]);
});

test("a stream is closed at the end of its scope", () => {
	{
		using scoped = handle;
		scoped.playSample(0);
	}
	expect(() => handle.playSample(0)).toThrow("The stream has been closed");
});

test("plays and stops with a frame carry it", () => {
	handle.playSample(1, 0.5, { loop: true, atFrame: 2 ** 33 + 7 });
	handle.stopSample(1, { atFrame: 9 });
	const commands = takeCommands(memory.words, 1).map(([type, slot, low, high]) => [type, slot, low, high]);
	expect(commands).toEqual([
		[PLAY_SAMPLE | AT_FRAME, 1, 7, 2],
		[STOP_SAMPLE | AT_FRAME, 1, 9, 0],
	]);
});

test("more commands than the ring holds cannot wait for their frame, and the error says what helps", () => {
	for (let command = 0; command < layout.PRODUCER_RING_COMMANDS; command++) {
		handle.stopSample(0, { atFrame: command });
		sent(1);
	}
	const refused = new LooperError(
		"ring-full",
		"256 commands wait for their frame already. Send them later, or clear them with stopAll().",
	);
	expect(() => handle.playSample(0, 1, { atFrame: 1 })).toThrow(refused);
	expect(() => handle.stopSample(0, { atFrame: 1 })).toThrow(refused);
	handle.stopSample(0);
});

test("wrong arguments throw RangeError and send nothing", () => {
	for (const id of [-1, SLOTS, 0.5, Number.NaN]) {
		expect(() => handle.playSample(id, 1)).toThrow(RangeError);
		expect(() => handle.stopSample(id)).toThrow(RangeError);
	}
	for (const atFrame of [-1, 0.5, 2 ** 53, Number.NaN]) {
		expect(() => handle.playSample(0, 1, { atFrame })).toThrow(
			/^The value of atFrame must be a whole number from 0 to/,
		);
		expect(() => handle.stopSample(0, { atFrame })).toThrow(RangeError);
	}
	for (const velocity of [-0.1, 1.1, Number.NaN]) expect(() => handle.playSample(0, velocity)).toThrow(RangeError);
	expect(sent(1)).toEqual([]);
});

test("a full ring throws ring-full with the number that waits, keeps the old commands and goes on later", () => {
	for (let command = 0; command < layout.PRODUCER_RING_COMMANDS; command++) handle.stopSample(command % SLOTS);
	const refused = new LooperError(
		"ring-full",
		"256 commands wait for the audio thread already. Send fewer commands per block.",
	);
	expect(() => handle.playSample(0, 1)).toThrow(refused);
	expect(() => handle.stopSample(0)).toThrow(refused);
	expect(() => handle.stopAll()).toThrow(refused);
	const slots = sent(2).map(([, slot]) => slot);
	expect(slots).toEqual(Array.from({ length: layout.PRODUCER_RING_COMMANDS }, (_, command) => command % SLOTS));
	handle.stopAll();
	expect(sent(1)).toEqual([[STOP_ALL]]);
});

const calls: readonly [string, (stream: AudioStreamHandle) => void][] = [
	["playSample", (stream) => stream.playSample(0, 1)],
	["stopSample", (stream) => stream.stopSample(0)],
	["stopAll", (stream) => stream.stopAll()],
];

test.each(calls)("%s throws not-running while the engine is suspended and closed after it was shut down", (_, call) => {
	memory.setEngineState(layout.ENGINE_SUSPENDED);
	expect(() => call(handle)).toThrow(
		new LooperError("not-running", "The audio thread is suspended. Call resume() in a user's gesture."),
	);
	memory.setEngineState(layout.ENGINE_CLOSED);
	expect(() => call(handle)).toThrow(new LooperError("closed", "The engine has been shut down. Create a new one."));
	expect(sent(1)).toEqual([]);
	memory.setEngineState(layout.ENGINE_RUNNING);
	call(handle);
	expect(sent(1).length).toBe(1);
});

test.each(calls)("%s throws closed once the stream has closed, and what it sent before stays", (_, call) => {
	call(handle);
	handle.close();
	handle.close();
	expect(() => call(handle)).toThrow(new LooperError("closed", "The stream has been closed. Create a new one."));
	expect(sent(1).length).toBe(1);
});

test("a release from the control thread closes the stream under its thread", () => {
	grant.release();
	expect(() => handle.stopAll()).toThrow("The stream has been closed");
	expect(() => AudioStreamHandle.open(grant.descriptor)).toThrow("The stream has been closed");
});

test("an old stream neither writes to nor closes the ring of a newer one", () => {
	grant.release();
	const newer = new ProducerRings(threading, SLOTS).grant();
	expect(newer.descriptor.ring).toBe(grant.descriptor.ring);
	const newerHandle = AudioStreamHandle.open(newer.descriptor);
	expect(() => handle.playSample(0, 1)).toThrow("The stream has been closed");
	handle.close();
	newerHandle.stopAll();
	expect(sent(1)).toEqual([[STOP_ALL]]);
});

test("a stream whose ring is closed may be opened by no one, whatever generation a descriptor claims", () => {
	for (const generation of [0, 2, -1, 0.5, Number.NaN, 2 ** 32 + 1]) {
		expect(() => AudioStreamHandle.open({ ...grant.descriptor, generation })).toThrow("The stream has been closed");
		expect(() => AudioStreamHandle.open({ ...grant.descriptor, ring: 2, generation })).toThrow(
			"The stream has been closed",
		);
	}
});

test.each<[string, unknown]>([
	["nothing", undefined],
	["null", null],
	["a number", 5],
	["an empty object", {}],
	["no memory", { ring: 1, generation: 1, slots: SLOTS }],
	["a memory without a buffer", { memory: {} }],
	["an unshared memory", { memory: new WebAssembly.Memory({ initial: 8 }), ring: 1, generation: 1, slots: SLOTS }],
	[
		"a memory too short for an engine",
		{ memory: { buffer: new SharedArrayBuffer(1024) }, ring: 1, generation: 1, slots: SLOTS },
	],
	[
		"a memory of another program",
		{ memory: new WebAssembly.Memory({ initial: 8, maximum: 8, shared: true }), ring: 1, generation: 1, slots: SLOTS },
	],
])("%s is no descriptor", (_, descriptor) => {
	const open = (): unknown => AudioStreamHandle.open(descriptor as StreamDescriptor);
	expect(open).toThrow(TypeError);
	expect(open).toThrow("Pass one from AudioEngine.createStreamHandle().");
});

test("a memory of another layout version is no descriptor for this one", () => {
	memory.words[(layout.HEADER + layout.HEADER_VERSION) / 4] = layout.LAYOUT_VERSION + 1;
	expect(() => AudioStreamHandle.open(grant.descriptor)).toThrow(TypeError);
});

test.each([0, -1, 17, 1.5, Number.NaN, "1"])("ring %s of a descriptor is refused, naming the range", (ring) => {
	expect(() => AudioStreamHandle.open({ ...grant.descriptor, ring: ring as number })).toThrow(
		new TypeError(`The value of descriptor.ring must be a whole number from 1 to 16, not ${show(ring)}.`),
	);
});

test.each([0, -1, 257, 1e9, 1.5, Number.NaN, "8"])("%s slots of a descriptor are refused", (slots) => {
	expect(() => AudioStreamHandle.open({ ...grant.descriptor, slots: slots as number })).toThrow(
		new TypeError(`The value of descriptor.slots must be a whole number from 1 to 256, not ${show(slots)}.`),
	);
});
