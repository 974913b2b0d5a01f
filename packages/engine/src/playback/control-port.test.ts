import { expect, test } from "vitest";
import { positionsOf } from "../../test/engine-words.ts";
import { names, PortHarness, running, sample } from "../../test/port-harness.ts";
import * as command from "../protocol/commands.ts";
import { MASTER_GAIN } from "../protocol/parameters.ts";
import { CONTROL_RING_COMMANDS, RING_TIMED_SENT } from "../protocol/shared-memory.ts";
import type { CommandWriter } from "../rings/command-writer.ts";
import { onLine } from "../rings/moment.ts";

test("while the device runs every message goes straight into the ring, in order", () => {
	const harness = running();
	const { writer } = harness;
	writer.playSample(1, 0.5, 0);
	writer.loadSample(2, sample(9));
	writer.stopSample(3);
	writer.setParameter(0, MASTER_GAIN, -6);
	writer.unloadSample(4);
	writer.stopAll();
	expect(harness.take()).toEqual(["play 1", "load 2 9", "stop 3", "gain 0", "unload 4", "stop all 0"]);
	expect(harness.retired).toEqual([]);
});

test("while the device runs a full ring refuses every message and keeps nothing of it", () => {
	const harness = running();
	const { port, writer } = harness;
	harness.fill(1);
	expect(port.canSend).toBe(true);
	harness.fill(0);
	expect(port.canSend).toBe(false);
	const answers = [
		writer.playSample(1, 1, 0),
		writer.loadSample(1, sample(1)),
		writer.stopSample(1),
		writer.stopAll(),
		writer.unloadSample(1),
		writer.setParameter(0, MASTER_GAIN, 0),
	];
	expect(answers).toEqual(answers.map(() => false));
	expect(new Set(harness.take())).toEqual(new Set(["stop 255"]));
	expect(port.release()).toBe(true);
	expect(harness.take()).toEqual([]);
	expect(harness.retired).toEqual([]);
});

test("while the device is suspended nothing reaches the ring, however much is sent", () => {
	const harness = new PortHarness();
	const { port, writer } = harness;
	for (let time = 0; time < 2 * CONTROL_RING_COMMANDS; time++) {
		expect(writer.playSample(time % 32, 1, 0)).toBe(true);
		expect(writer.stopSample(time % 32)).toBe(true);
		expect(writer.setParameter(0, MASTER_GAIN, -time)).toBe(true);
	}
	expect(port.canSend).toBe(true);
	expect(harness.ring.isDrained).toBe(true);
});

test("what was kept leaves once, in order, and last the trigger that may need it", () => {
	const harness = new PortHarness();
	const { port, writer } = harness;
	writer.playSample(5, 0.5, command.PLAY_LOOPING);
	writer.loadSample(5, sample(50));
	writer.unloadSample(6);
	writer.stopSample(7);
	writer.setParameter(0, MASTER_GAIN, -12);
	writer.setParameter(0, MASTER_GAIN, -6);
	expect(port.release()).toBe(true);
	const commands = harness.engine.takeCommands(0);
	expect(commands.map(([type, slot]) => `${names.get(type!)} ${slot}`)).toEqual([
		"load 5",
		"unload 6",
		"stop 7",
		"gain 0",
		"play 5",
	]);
	const firstValueOf = (words: Int32Array): number => new DataView(words.buffer).getFloat64(4 * 4, true);
	expect(new DataView(commands[3]!.buffer).getFloat64(command.PARAMETER_VALUE, true)).toBe(-6);
	expect([...commands[0]!.subarray(4, 8)]).toEqual([50, 50 * 2 ** 20, 48_000, 2]);
	expect([firstValueOf(commands[4]!), commands[4]![6]]).toEqual([0.5, command.PLAY_LOOPING]);
	expect(port.release()).toBe(true);
	expect(harness.take()).toEqual([]);
});

test("of the triggers only the latest is played", () => {
	const harness = new PortHarness();
	const { port, writer } = harness;
	for (const slot of [1, 2, 3]) writer.playSample(slot, 1, 0);
	port.release();
	expect(harness.take()).toEqual(["play 3"]);
});

test.each<[string, (writer: CommandWriter) => void, string[]]>([
	["stop of everything", (writer) => writer.stopAll(), ["stop all 0"]],
	["stop of its slot", (writer) => writer.stopSample(1), ["stop 1"]],
	["unload of its slot", (writer) => writer.unloadSample(1), ["unload 1"]],
	["stop of another slot", (writer) => writer.stopSample(2), ["stop 2", "play 1"]],
	["unload of another slot", (writer) => writer.unloadSample(2), ["unload 2", "play 1"]],
])("a waiting trigger and a later %s", (_, send, expected) => {
	const harness = new PortHarness();
	const { port, writer } = harness;
	writer.playSample(1, 1, 0);
	send(writer);
	port.release();
	expect(harness.take()).toEqual(expected);
});

test("while the device runs a trigger and a stop with frames go straight into the ring", () => {
	const harness = running();
	harness.writer.playSample(1, 1, 0, 500);
	harness.writer.stopSample(1, 900);
	expect(harness.take()).toEqual(["timed play 1 @500", "timed stop 1 @900"]);
});

test("a kept trigger keeps its frame, and of a slot's stops with frames the latest follows it", () => {
	const harness = new PortHarness();
	const { port, writer } = harness;
	writer.stopSample(3, 100);
	writer.playSample(3, 1, 0, 500);
	writer.stopSample(3, 900);
	writer.stopSample(4, 800);
	port.release();
	expect(harness.take()).toEqual(["timed play 3 @500", "timed stop 3 @900", "timed stop 4 @800"]);
	port.hold();
	port.release();
	expect(harness.take()).toEqual([]);
});

test("a later stop of everything clears kept triggers and stops with frames", () => {
	const harness = new PortHarness();
	const { port, writer } = harness;
	writer.playSample(3, 1, 0, 500);
	writer.stopSample(3, 900);
	writer.stopAll();
	port.release();
	expect(harness.take()).toEqual(["stop all 0"]);
});

test("what is kept with a frame counts against what may wait, so that a release never finds no room", () => {
	const harness = new PortHarness();
	const { port, writer } = harness;
	harness.engine.setTimedCount(0, 0);
	harness.engine.set(positionsOf(0) + RING_TIMED_SENT, CONTROL_RING_COMMANDS - 2);
	expect(port.timedRoom).toBe(2);
	expect([writer.stopSample(1, 10), writer.playSample(1, 1, 0, 5)]).toEqual([true, true]);
	expect(port.timedRoom).toBe(0);
	expect([writer.stopSample(2, 10), writer.playSample(2, 1, 0, 5)]).toEqual([false, false]);
	expect(writer.stopSample(1, 11)).toBe(true); // takes the place of the one that waits
	expect(port.release()).toBe(true);
	expect(harness.take()).toEqual(["timed play 1 @5", "timed stop 1 @11"]);
	expect(writer.stopSample(2, 10)).toBe(false);
});

test("a stop before the trigger does not take it away", () => {
	const harness = new PortHarness();
	const { port, writer } = harness;
	writer.stopAll();
	writer.stopSample(1);
	writer.playSample(1, 1, 0);
	port.release();
	expect(harness.take()).toEqual(["stop all 0", "stop 1", "play 1"]);
});

test("a newer sample of the slot withdraws the one that waits, and only that", () => {
	const harness = new PortHarness();
	const { port, writer } = harness;
	writer.loadSample(1, sample(10));
	writer.loadSample(2, sample(20));
	writer.loadSample(1, sample(11));
	expect(harness.retired).toEqual([10]);
	writer.loadSample(1, sample(12));
	port.release();
	expect(harness.retired).toEqual([10, 11]);
	expect(harness.take()).toEqual(["load 2 20", "load 1 12"]);
	port.hold();
	writer.loadSample(1, sample(13));
	expect(harness.retired).toEqual([10, 11]);
});

test("an unload withdraws the sample that waits, and a later sample follows the unload", () => {
	const harness = new PortHarness();
	const { port, writer } = harness;
	writer.loadSample(1, sample(10));
	writer.unloadSample(1);
	expect(harness.retired).toEqual([10]);
	writer.loadSample(1, sample(11));
	port.release();
	expect(harness.take()).toEqual(["unload 1", "load 1 11"]);
	expect(harness.retired).toEqual([10]);
});

test("a release that finds the ring full goes on where it stopped, without loss, double or change of order", () => {
	const harness = new PortHarness();
	const { port, writer } = harness;
	writer.setParameter(0, MASTER_GAIN, -6);
	writer.stopAll();
	for (const slot of [1, 2]) writer.stopSample(slot);
	for (const slot of [3, 4]) writer.unloadSample(slot);
	for (const slot of [5, 6]) writer.loadSample(slot, sample(slot));
	writer.playSample(5, 1, 0);
	harness.fill(0);
	const sent: string[] = [];
	const releases: boolean[] = [];
	while (releases.at(-1) !== true) {
		releases.push(port.release());
		sent.push(...harness.take(1));
	}
	sent.push(...harness.take());
	expect(sent.filter((taken) => taken !== "stop 255")).toEqual([
		"gain 0",
		"stop all 0",
		"stop 1",
		"stop 2",
		"unload 3",
		"unload 4",
		"load 5 5",
		"load 6 6",
		"play 5",
	]);
	expect(releases).toEqual([...Array.from({ length: 9 }, () => false), true]);
	expect(harness.retired).toEqual([]);
});

test("messages sent between two parts of a release wait for the next part and keep their meaning", () => {
	const harness = new PortHarness();
	const { port, writer } = harness;
	for (const slot of [1, 2]) writer.loadSample(slot, sample(slot));
	harness.fill(1);
	expect(port.release()).toBe(false);
	writer.loadSample(1, sample(11));
	writer.loadSample(2, sample(22));
	writer.playSample(1, 1, 0);
	expect(harness.retired).toEqual([2]);
	harness.take(3);
	expect(port.release()).toBe(true);
	expect(harness.take().slice(-4)).toEqual(["load 1 1", "load 1 11", "load 2 22", "play 1"]);
});

test("held again, the port keeps back what it let through before", () => {
	const harness = running();
	const { port, writer } = harness;
	writer.stopAll();
	port.hold();
	writer.stopAll();
	expect(harness.take()).toEqual(["stop all 0"]);
	port.release();
	expect(harness.take()).toEqual(["stop all 0"]);
});

test("a release follows the kept press that it belongs to, and none before", () => {
	const harness = new PortHarness();
	const { port, writer } = harness;
	writer.press(1, 1);
	writer.release(1);
	writer.press(1, 0.5);
	port.release();
	expect(harness.take()).toEqual(["press 1"]);
	port.hold();
	writer.press(1, 1);
	writer.release(1);
	port.release();
	expect(harness.take()).toEqual(["press 1", "release 1"]);
});

test("of what is sent to the transport the last start or stop is kept, the last move, and no line", () => {
	const harness = new PortHarness();
	const { port, writer } = harness;
	writer.startTransport();
	writer.moveTransport(3);
	writer.stopTransport();
	writer.moveTransport(8);
	writer.startTransport();
	port.release();
	const commands = harness.engine.takeCommands(0);
	expect(commands.map(([type]) => type)).toEqual([command.MOVE_TRANSPORT, command.START_TRANSPORT]);
	expect(new DataView(commands[0]!.buffer).getFloat64(command.ARGUMENT, true)).toBe(8);
	writer.press(1, 1, onLine(4));
	expect(harness.engine.takeCommands(0).map(([type]) => type)).toEqual([command.PRESS | command.AT_LINE]);
	expect(harness.engine.words[positionsOf(0) / 4 + RING_TIMED_SENT / 4]).toBe(1);
});

test("of a pad's slices the latest list is kept, behind the sample that it belongs to", () => {
	const harness = new PortHarness();
	const { port, writer } = harness;
	const slices = [0, 10, 20, 30, 40].map((onsetFrame) => ({ startFrame: onsetFrame, onsetFrame, tail: null }));
	writer.setSlices(1, slices);
	writer.setSlices(2, slices.slice(0, 1));
	writer.loadSample(1, sample(9));
	writer.setSlices(1, slices.slice(0, 3));
	port.release();
	const sent = harness.engine.takeCommands(0).map((words) => [words[0], words[1], words[command.SLICES_FIRST / 4]]);
	expect(sent).toEqual([
		[command.SET_SLICES, 2, 256],
		[command.LOAD_SAMPLE, 1, 9],
		[command.SET_SLICES, 1, 3 * 256],
		[command.SET_SLICES, 1, 3 * 256 + 2],
	]);
});
