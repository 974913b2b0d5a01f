import { expect, test } from "vitest";
import * as command from "../../engine/src/protocol/commands.ts";
import { MAX_BEAT, TRANSPORT_TEMPO } from "../../engine/src/protocol/parameters.ts";
import * as layout from "../../engine/src/protocol/shared-memory.ts";
import { frameOf, typeOf } from "./journal-replay.ts";
import { type Command, KernelHost, play, rawCommand } from "./kernel-host.ts";
import { constant, doubleBits } from "./signals.ts";
import { TransportModel } from "./transport-model.ts";

function beatOf(kernel: KernelHost): number {
	return kernel.statusDouble(layout.STATUS_BEAT);
}

function tempo(value: number): Command {
	return { type: "set", slot: 0, parameter: TRANSPORT_TEMPO, value };
}

test.each([44_100, 48_000])("the beat goes on across 50 tempo changes as the formula says, at %i Hz", (sampleRate) => {
	const kernel = new KernelHost({ sampleRate });
	const model = new TransportModel(sampleRate);
	kernel.send({ type: "transportStart" });
	model.start();
	for (let change = 0; change < 50; change++) {
		const frames = 1 + ((change * 7919) % 30_000);
		const value = 20 + ((change * 77.77) % 380);
		kernel.send(tempo(value));
		model.setTempo(value);
		kernel.render(frames, 1 + ((change * 31) % 2048));
		model.frame += frames;
		expect(beatOf(kernel)).toBe(model.beat);
		expect(kernel.statusDouble(layout.STATUS_TEMPO)).toBe(value);
	}
});

test("it starts at the beat last moved to, goes back there when it stops, and does not move while it stands still", () => {
	const kernel = new KernelHost();
	kernel.send({ type: "transportMove", beat: 2.5 });
	kernel.render(1000);
	expect(beatOf(kernel)).toBe(2.5);
	kernel.send({ type: "transportStart" });
	kernel.render(24_000);
	kernel.send({ type: "transportStart" });
	kernel.render(24_000);
	expect(beatOf(kernel)).toBe(4.5);
	kernel.send({ type: "transportStop" });
	kernel.render(1);
	expect([beatOf(kernel), kernel.status(layout.STATUS_TRANSPORT_RUNNING)]).toEqual([2.5, 0]);
});

test("a nudge moves the beat, but not below 0", () => {
	const kernel = new KernelHost();
	kernel.send({ type: "transportStart" });
	kernel.render(24_000);
	kernel.send({ type: "transportNudge", beats: 0.25 });
	kernel.renderBlock(0);
	expect(beatOf(kernel)).toBe(1.25);
	kernel.send({ type: "transportNudge", beats: -3 });
	kernel.renderBlock(0);
	expect(beatOf(kernel)).toBe(0);
});

test("silence tells where the transport is, by an anchor that a replay starts from to the bit", () => {
	const kernel = new KernelHost();
	kernel.send({ type: "transportMove", beat: 3 });
	kernel.send({ type: "transportStart" });
	kernel.send(tempo(97));
	kernel.send({ type: "load", slot: 0, sample: kernel.place(constant(2, 1), 2) });
	kernel.render(1000);
	kernel.journal();
	kernel.send(play(0));
	kernel.render(5000);
	const silence = kernel.journal().find((entry) => typeOf(entry) === command.SILENT)!;
	const view = new DataView(silence.slice().buffer);
	const double = (offset: number): number => view.getFloat64(offset, true);
	expect(silence[command.SILENT_RUNNING / 4]).toBe(1);
	expect(double(command.SILENT_START_BEAT)).toBe(3);
	const replaying = new KernelHost();
	replaying.send(tempo(97));
	const anchor = [
		1,
		0,
		...doubleBits(double(command.SILENT_ANCHOR_BEAT)),
		...doubleBits(double(command.SILENT_ANCHOR_AGE)),
	];
	replaying.push(rawCommand(command.START_TRANSPORT, 0, ...anchor));
	replaying.render(6000 - frameOf(silence));
	expect(beatOf(replaying)).toBe(beatOf(kernel));
});

test.each([
	["a beat below 0", rawCommand(command.MOVE_TRANSPORT, 0, ...doubleBits(-1))],
	["a beat of NaN", rawCommand(command.MOVE_TRANSPORT, 0, ...doubleBits(Number.NaN))],
	["a beat beyond the last", rawCommand(command.MOVE_TRANSPORT, 0, ...doubleBits(MAX_BEAT * 2))],
	["a nudge of NaN", rawCommand(command.NUDGE_TRANSPORT, 0, ...doubleBits(Number.NaN))],
	["an anchor that lies ahead", rawCommand(command.START_TRANSPORT, 0, 1, 0, ...doubleBits(0), ...doubleBits(-1))],
	["a quantum of 0", [command.STOP_ALL | command.AT_LINE, 0, 0, 0]],
	["a quantum of NaN", [command.STOP_ALL | command.AT_LINE, 0, ...doubleBits(Number.NaN)]],
	["a frame and a line", [command.STOP_ALL | command.AT_LINE | command.AT_FRAME, 0, ...doubleBits(1)]],
	["a load on a line", [command.LOAD_SAMPLE | command.AT_LINE, 0, ...doubleBits(1)]],
])("%s is skipped, counted and done with", (_, words) => {
	const kernel = new KernelHost();
	kernel.send({ type: "transportStart" });
	if ((words[0] ?? 0) >= command.AT_FRAME) kernel.pushTimed(words);
	else kernel.push(words);
	kernel.renderBlock(128);
	expect([kernel.status(layout.STATUS_INVALID_COMMANDS), kernel.timedWaiting(0)]).toEqual([1, 0]);
});

test("both kinds of waiting commands share the room that producers have", () => {
	const kernel = new KernelHost();
	kernel.send({ type: "transportStart" });
	kernel.renderBlock(1);
	for (let ring = 0; ring < layout.MAX_RINGS; ring++) {
		const count = ring === 0 ? layout.CONTROL_RING_COMMANDS : layout.PRODUCER_RING_COMMANDS;
		for (let sent = 0; sent < count; sent++) {
			const moment = sent % 2 === 0 ? { atFrame: 30_000 - sent } : { atLine: 1 + (sent % 5) };
			kernel.send({ ...play(0), ...moment }, ring);
		}
		kernel.renderBlock(1);
	}
	const waiting = (): number =>
		Array.from({ length: layout.MAX_RINGS }, (_, ring) => kernel.timedWaiting(ring)).reduce(
			(one, other) => one + other,
		);
	expect([waiting(), kernel.status(layout.STATUS_INVALID_COMMANDS)]).toEqual([layout.MAX_PENDING, 0]);
	kernel.render(31_000);
	const left = waiting();
	expect(left).toBeLessThan(layout.MAX_PENDING / 2);
	kernel.render(20 * 24_000, 2048);
	expect([waiting(), kernel.status(layout.STATUS_LATE_COMMANDS)]).toEqual([0, 0]);
});
