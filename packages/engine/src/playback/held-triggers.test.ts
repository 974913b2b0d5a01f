import { expect, test } from "vitest";
import { PortHarness, running, sample } from "../../test/port-harness.ts";
import { MASTER_GAIN } from "../protocol/parameters.ts";

test.each([
	[499.9, ["play 1"]],
	[500, []],
	[60_000, []],
])("a trigger %f ms old leaves %j, and is not played later", (age, expected) => {
	const harness = new PortHarness();
	const { port, writer } = harness;
	harness.milliseconds = 1_000_000;
	writer.playSample(1, 1, 0);
	harness.milliseconds += age;
	port.release();
	expect(harness.take()).toEqual(expected);
	port.hold();
	port.release();
	expect(harness.take()).toEqual([]);
});

test.each([
	["with it", 0, 1_999, ["play 1"]],
	["with it", 0, 2_000, []],
	["half a second before it", -499, 1_999, ["play 1"]],
	["half a second after it", 499, 1_999, ["play 1"]],
	["long before it", -500, 500, []],
	["too late for it", 500, 501, []],
])("a trigger whose sound was asked for %s, by %i ms, and that is %i ms old leaves %j", (_, asked, age, expected) => {
	const harness = new PortHarness();
	const { port, writer } = harness;
	const touched = 1_000_000;
	const steps: [number, () => void][] = [
		[touched + asked, () => port.noteResume()],
		[touched, () => writer.playSample(1, 1, 0)],
		[touched + age, () => port.release()],
	];
	for (const [milliseconds, act] of steps.toSorted(([one], [other]) => one - other)) {
		harness.milliseconds = milliseconds;
		act();
	}
	expect(harness.take()).toEqual(expected);
});

test("while triggers are held everything else flows, and each slot's latest follows in its order", () => {
	const harness = running();
	const { port, writer } = harness;
	port.holdTriggers();
	for (const slot of [1, 2, 1]) writer.playSample(slot, 1, 0);
	writer.playSample(3, 1, 0, 500);
	writer.loadSample(4, sample(40));
	writer.stopSample(5);
	writer.setParameter(0, MASTER_GAIN, -6);
	expect(harness.take()).toEqual(["timed play 3 @500", "load 4 40", "stop 5", "gain 0"]);
	harness.milliseconds += 60_000;
	expect(port.releaseTriggers()).toBe(true);
	expect(harness.take()).toEqual(["play 2", "play 1"]);
	writer.playSample(1, 1, 0);
	expect(harness.take()).toEqual(["play 1"]);
});

test("a trigger from before the output ran is held like those after it, and what it needs goes ahead", () => {
	const harness = new PortHarness();
	const { port, writer } = harness;
	writer.loadSample(1, sample(10));
	writer.playSample(1, 1, 0);
	port.holdTriggers();
	expect(port.release()).toBe(true);
	writer.playSample(2, 1, 0);
	expect(harness.take()).toEqual(["load 1 10"]);
	port.releaseTriggers();
	expect(harness.take()).toEqual(["play 1", "play 2"]);
});

test("a held trigger is taken back by stops at once and by an unload; its stop at a frame follows it", () => {
	const harness = running();
	const { port, writer } = harness;
	port.holdTriggers();
	for (const slot of [1, 2, 3]) writer.playSample(slot, 1, 0);
	writer.stopSample(1);
	writer.unloadSample(2);
	writer.stopSample(3, 900);
	writer.stopSample(4, 800);
	expect(harness.take()).toEqual(["stop 1", "unload 2", "timed stop 4 @800"]);
	port.releaseTriggers();
	expect(harness.take()).toEqual(["play 3", "timed stop 3 @900"]);
	port.holdTriggers();
	writer.playSample(3, 1, 0);
	writer.stopSample(3, 900);
	writer.stopAll();
	expect(port.releaseTriggers()).toBe(true);
	expect(harness.take()).toEqual(["stop all 0"]);
});

test("held triggers that find the ring full leave later, without loss, double or change of order", () => {
	const harness = running();
	const { port, writer } = harness;
	port.holdTriggers();
	for (const slot of [1, 2]) writer.playSample(slot, 1, 0);
	harness.fill(1);
	expect(port.releaseTriggers()).toBe(false);
	writer.playSample(3, 1, 0);
	harness.take(2);
	expect(port.releaseTriggers()).toBe(true);
	expect(harness.take().filter((taken) => taken !== "stop 255")).toEqual(["play 1", "play 2", "play 3"]);
});

test("of held triggers only the latest outlasts a suspension, for as long as it would have without", () => {
	const harness = running();
	const { port, writer } = harness;
	for (const [age, expected] of [
		[499, ["play 2"]],
		[500, []],
	] as const) {
		port.holdTriggers();
		for (const slot of [1, 2]) writer.playSample(slot, 1, 0);
		port.hold();
		harness.milliseconds += age;
		port.release();
		expect(harness.take()).toEqual(expected);
	}
});
