import { expect, test } from "vitest";
import { EngineWords, positionsOf } from "../../test/engine-words.ts";
import * as message from "../protocol/commands.ts";
import { CONTROL_RING_COMMANDS, RING_TIMED_SENT } from "../protocol/shared-memory.ts";
import { ControlRing } from "../rings/control-ring.ts";
import { ControlPort, type SampleCommand } from "./control-port.ts";

const names = new Map<number, string>([
	[message.LOAD_SAMPLE, "load"],
	[message.PLAY_SAMPLE, "play"],
	[message.STOP_SAMPLE, "stop"],
	[message.PLAY_SAMPLE | message.AT_FRAME, "timed play"],
	[message.STOP_SAMPLE | message.AT_FRAME, "timed stop"],
	[message.STOP_ALL, "stop all"],
	[message.UNLOAD_SAMPLE, "unload"],
	[message.SET_MASTER_GAIN, "gain"],
]);

function sample(handle: number): SampleCommand {
	return { handle, address: 2 ** 20 * handle, frames: 48_000, channels: 2, seam: null };
}

/** A port that is still held, with a clock to set and a ring to look into. */
class PortHarness {
	readonly engine: EngineWords = new EngineWords();
	readonly ring: ControlRing = new ControlRing(this.engine.buffer, 0);
	readonly retired: number[] = [];
	milliseconds = 0;
	readonly port: ControlPort = new ControlPort(
		this.ring,
		() => this.milliseconds,
		(handle) => this.retired.push(handle),
	);

	/** What the kernel reads, in words: message, slot, and the handle of a load. */
	take(most?: number): string[] {
		return this.engine.takeCommands(0, most).map(([type, slot, frame, , word]) => {
			const name = names.get(type!)!;
			if (name.startsWith("timed")) return `${name} ${slot} @${frame}`;
			return type === message.LOAD_SAMPLE ? `${name} ${slot} ${word}` : `${name} ${slot}`;
		});
	}

	/** Fills the ring but for some commands. */
	fill(free: number): void {
		for (let command = free; command < CONTROL_RING_COMMANDS; command++) this.ring.stopSample(255);
	}
}

/** A bench whose port lets everything through. */
function running(): PortHarness {
	const bench = new PortHarness();
	bench.port.release();
	return bench;
}

test("while the device runs every message goes straight into the ring, in order", () => {
	const bench = running();
	const { port } = bench;
	port.playSample(1, 0.5, 0);
	port.loadSample(2, sample(9));
	port.stopSample(3);
	port.setMasterGain(-6);
	port.unloadSample(4);
	port.stopAll();
	expect(bench.take()).toEqual(["play 1", "load 2 9", "stop 3", "gain 0", "unload 4", "stop all 0"]);
	expect(bench.retired).toEqual([]);
});

test("while the device runs a full ring refuses every message and keeps nothing of it", () => {
	const bench = running();
	const { port } = bench;
	bench.fill(1);
	expect(port.canSend).toBe(true);
	bench.fill(0);
	expect(port.canSend).toBe(false);
	const answers = [
		port.playSample(1, 1, 0),
		port.loadSample(1, sample(1)),
		port.stopSample(1),
		port.stopAll(),
		port.unloadSample(1),
		port.setMasterGain(0),
	];
	expect(answers).toEqual(answers.map(() => false));
	expect(new Set(bench.take())).toEqual(new Set(["stop 255"]));
	expect(port.release()).toBe(true);
	expect(bench.take()).toEqual([]);
	expect(bench.retired).toEqual([]);
});

test("while the device is suspended nothing reaches the ring, however much is sent", () => {
	const bench = new PortHarness();
	const { port } = bench;
	for (let time = 0; time < 2 * CONTROL_RING_COMMANDS; time++) {
		expect(port.playSample(time % 32, 1, 0)).toBe(true);
		expect(port.stopSample(time % 32)).toBe(true);
		expect(port.setMasterGain(-time)).toBe(true);
	}
	expect(port.canSend).toBe(true);
	expect(bench.ring.isDrained).toBe(true);
});

test("what was kept leaves once: gain, stops, unloads, samples, then the trigger that may need them", () => {
	const bench = new PortHarness();
	const { port } = bench;
	port.playSample(5, 0.5, message.PLAY_LOOPING);
	port.loadSample(5, sample(50));
	port.unloadSample(6);
	port.stopSample(7);
	port.setMasterGain(-12);
	port.setMasterGain(-6);
	expect(port.release()).toBe(true);
	const commands = bench.engine.takeCommands(0);
	expect(commands.map(([type, slot]) => `${names.get(type!)} ${slot}`)).toEqual([
		"gain 0",
		"stop 7",
		"unload 6",
		"load 5",
		"play 5",
	]);
	const firstValueOf = (words: Int32Array): number => new DataView(words.buffer).getFloat64(4 * 4, true);
	expect(firstValueOf(commands[0]!)).toBe(-6);
	expect([...commands[3]!.subarray(4, 8)]).toEqual([50, 50 * 2 ** 20, 48_000, 2]);
	expect([firstValueOf(commands[4]!), commands[4]![6]]).toEqual([0.5, message.PLAY_LOOPING]);
	expect(port.release()).toBe(true);
	expect(bench.take()).toEqual([]);
});

test("of the triggers only the latest is played", () => {
	const bench = new PortHarness();
	const { port } = bench;
	for (const slot of [1, 2, 3]) port.playSample(slot, 1, 0);
	port.release();
	expect(bench.take()).toEqual(["play 3"]);
});

test.each([
	[499.9, ["play 1"]],
	[500, []],
	[60_000, []],
])("a trigger %f ms old leaves %j, and is not played later", (age, expected) => {
	const bench = new PortHarness();
	const { port } = bench;
	bench.milliseconds = 1_000_000;
	port.playSample(1, 1, 0);
	bench.milliseconds += age;
	port.release();
	expect(bench.take()).toEqual(expected);
	port.hold();
	port.release();
	expect(bench.take()).toEqual([]);
});

test.each([
	["with it", 0, 1_999, ["play 1"]],
	["with it", 0, 2_000, []],
	["half a second before it", -499, 1_999, ["play 1"]],
	["half a second after it", 499, 1_999, ["play 1"]],
	["long before it", -500, 500, []],
	["too late for it", 500, 501, []],
])("a trigger whose sound was asked for %s, by %i ms, and that is %i ms old leaves %j", (_, asked, age, expected) => {
	const bench = new PortHarness();
	const { port } = bench;
	const touched = 1_000_000;
	const steps: [number, () => void][] = [
		[touched + asked, () => port.noteResume()],
		[touched, () => port.playSample(1, 1, 0)],
		[touched + age, () => port.release()],
	];
	for (const [milliseconds, act] of steps.toSorted(([one], [other]) => one - other)) {
		bench.milliseconds = milliseconds;
		act();
	}
	expect(bench.take()).toEqual(expected);
});

test("while triggers are held everything else flows, and each slot's latest follows in its order", () => {
	const bench = running();
	const { port } = bench;
	port.holdTriggers();
	for (const slot of [1, 2, 1]) port.playSample(slot, 1, 0);
	port.playSample(3, 1, 0, 500);
	port.loadSample(4, sample(40));
	port.stopSample(5);
	port.setMasterGain(-6);
	expect(bench.take()).toEqual(["timed play 3 @500", "load 4 40", "stop 5", "gain 0"]);
	bench.milliseconds += 60_000;
	expect(port.releaseTriggers()).toBe(true);
	expect(bench.take()).toEqual(["play 2", "play 1"]);
	port.playSample(1, 1, 0);
	expect(bench.take()).toEqual(["play 1"]);
});

test("a trigger from before the output ran is held like those after it, and what it needs goes ahead", () => {
	const bench = new PortHarness();
	const { port } = bench;
	port.loadSample(1, sample(10));
	port.playSample(1, 1, 0);
	port.holdTriggers();
	expect(port.release()).toBe(true);
	port.playSample(2, 1, 0);
	expect(bench.take()).toEqual(["load 1 10"]);
	port.releaseTriggers();
	expect(bench.take()).toEqual(["play 1", "play 2"]);
});

test("a held trigger is taken back by stops at once and by an unload; its stop at a frame follows it", () => {
	const bench = running();
	const { port } = bench;
	port.holdTriggers();
	for (const slot of [1, 2, 3]) port.playSample(slot, 1, 0);
	port.stopSample(1);
	port.unloadSample(2);
	port.stopSample(3, 900);
	port.stopSample(4, 800);
	expect(bench.take()).toEqual(["stop 1", "unload 2", "timed stop 4 @800"]);
	port.releaseTriggers();
	expect(bench.take()).toEqual(["play 3", "timed stop 3 @900"]);
	port.holdTriggers();
	port.playSample(3, 1, 0);
	port.stopSample(3, 900);
	port.stopAll();
	expect(port.releaseTriggers()).toBe(true);
	expect(bench.take()).toEqual(["stop all 0"]);
});

test("held triggers that find the ring full leave later, without loss, double or change of order", () => {
	const bench = running();
	const { port } = bench;
	port.holdTriggers();
	for (const slot of [1, 2]) port.playSample(slot, 1, 0);
	bench.fill(1);
	expect(port.releaseTriggers()).toBe(false);
	port.playSample(3, 1, 0);
	bench.take(2);
	expect(port.releaseTriggers()).toBe(true);
	expect(bench.take().filter((command) => command !== "stop 255")).toEqual(["play 1", "play 2", "play 3"]);
});

test("of held triggers only the latest outlasts a suspension, for as long as it would have without", () => {
	const bench = running();
	const { port } = bench;
	for (const [age, expected] of [
		[499, ["play 2"]],
		[500, []],
	] as const) {
		port.holdTriggers();
		for (const slot of [1, 2]) port.playSample(slot, 1, 0);
		port.hold();
		bench.milliseconds += age;
		port.release();
		expect(bench.take()).toEqual(expected);
	}
});

test.each<[string, (port: ControlPort) => void, string[]]>([
	["stop of everything", (port) => port.stopAll(), ["stop all 0"]],
	["stop of its slot", (port) => port.stopSample(1), ["stop 1"]],
	["unload of its slot", (port) => port.unloadSample(1), ["unload 1"]],
	["stop of another slot", (port) => port.stopSample(2), ["stop 2", "play 1"]],
	["unload of another slot", (port) => port.unloadSample(2), ["unload 2", "play 1"]],
])("a waiting trigger and a later %s", (_, send, expected) => {
	const bench = new PortHarness();
	const { port } = bench;
	port.playSample(1, 1, 0);
	send(port);
	port.release();
	expect(bench.take()).toEqual(expected);
});

test("while the device runs a trigger and a stop with frames go straight into the ring", () => {
	const bench = running();
	bench.port.playSample(1, 1, 0, 500);
	bench.port.stopSample(1, 900);
	expect(bench.take()).toEqual(["timed play 1 @500", "timed stop 1 @900"]);
});

test("a kept trigger keeps its frame, and of a slot's stops with frames the latest follows it", () => {
	const bench = new PortHarness();
	const { port } = bench;
	port.stopSample(3, 100);
	port.playSample(3, 1, 0, 500);
	port.stopSample(3, 900);
	port.stopSample(4, 800);
	port.release();
	expect(bench.take()).toEqual(["timed play 3 @500", "timed stop 3 @900", "timed stop 4 @800"]);
	port.hold();
	port.release();
	expect(bench.take()).toEqual([]);
});

test("a later stop of everything clears kept triggers and stops with frames", () => {
	const bench = new PortHarness();
	const { port } = bench;
	port.playSample(3, 1, 0, 500);
	port.stopSample(3, 900);
	port.stopAll();
	port.release();
	expect(bench.take()).toEqual(["stop all 0"]);
});

test("what is kept with a frame counts against what may wait, so that a release never finds no room", () => {
	const bench = new PortHarness();
	const { port } = bench;
	bench.engine.setTimedCount(0, 0);
	bench.engine.set(positionsOf(0) + RING_TIMED_SENT, CONTROL_RING_COMMANDS - 2);
	expect(port.timedRoom).toBe(2);
	expect([port.stopSample(1, 10), port.playSample(1, 1, 0, 5)]).toEqual([true, true]);
	expect(port.timedRoom).toBe(0);
	expect([port.stopSample(2, 10), port.playSample(2, 1, 0, 5)]).toEqual([false, false]);
	expect(port.stopSample(1, 11)).toBe(true); // takes the place of the one that waits
	expect(port.release()).toBe(true);
	expect(bench.take()).toEqual(["timed play 1 @5", "timed stop 1 @11"]);
	expect(port.stopSample(2, 10)).toBe(false);
});

test("a stop before the trigger does not take it away", () => {
	const bench = new PortHarness();
	const { port } = bench;
	port.stopAll();
	port.stopSample(1);
	port.playSample(1, 1, 0);
	port.release();
	expect(bench.take()).toEqual(["stop all 0", "stop 1", "play 1"]);
});

test("a newer sample of the slot withdraws the one that waits, and only that", () => {
	const bench = new PortHarness();
	const { port } = bench;
	port.loadSample(1, sample(10));
	port.loadSample(2, sample(20));
	port.loadSample(1, sample(11));
	expect(bench.retired).toEqual([10]);
	port.loadSample(1, sample(12));
	port.release();
	expect(bench.retired).toEqual([10, 11]);
	expect(bench.take()).toEqual(["load 2 20", "load 1 12"]);
	port.hold();
	port.loadSample(1, sample(13));
	expect(bench.retired).toEqual([10, 11]);
});

test("an unload withdraws the sample that waits, and a later sample follows the unload", () => {
	const bench = new PortHarness();
	const { port } = bench;
	port.loadSample(1, sample(10));
	port.unloadSample(1);
	expect(bench.retired).toEqual([10]);
	port.loadSample(1, sample(11));
	port.release();
	expect(bench.take()).toEqual(["unload 1", "load 1 11"]);
	expect(bench.retired).toEqual([10]);
});

test("a release that finds the ring full goes on where it stopped, without loss, double or change of order", () => {
	const bench = new PortHarness();
	const { port } = bench;
	port.setMasterGain(-6);
	port.stopAll();
	for (const slot of [1, 2]) port.stopSample(slot);
	for (const slot of [3, 4]) port.unloadSample(slot);
	for (const slot of [5, 6]) port.loadSample(slot, sample(slot));
	port.playSample(5, 1, 0);
	bench.fill(0);
	const sent: string[] = [];
	const releases: boolean[] = [];
	while (releases.at(-1) !== true) {
		releases.push(port.release());
		sent.push(...bench.take(1));
	}
	sent.push(...bench.take());
	expect(sent.filter((command) => command !== "stop 255")).toEqual([
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
	expect(bench.retired).toEqual([]);
});

test("messages sent between two parts of a release wait for the next part and keep their meaning", () => {
	const bench = new PortHarness();
	const { port } = bench;
	for (const slot of [1, 2]) port.loadSample(slot, sample(slot));
	bench.fill(1);
	expect(port.release()).toBe(false);
	port.loadSample(1, sample(11));
	port.loadSample(2, sample(22));
	port.playSample(1, 1, 0);
	expect(bench.retired).toEqual([2]);
	bench.take(3);
	expect(port.release()).toBe(true);
	expect(bench.take().slice(-4)).toEqual(["load 1 1", "load 1 11", "load 2 22", "play 1"]);
});

test("held again, the port keeps back what it let through before", () => {
	const bench = running();
	const { port } = bench;
	port.stopAll();
	port.hold();
	port.stopAll();
	expect(bench.take()).toEqual(["stop all 0"]);
	port.release();
	expect(bench.take()).toEqual(["stop all 0"]);
});
