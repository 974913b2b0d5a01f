/** The rules of docs/guide/looping.md, each by its name. */
import { expect, test } from "vitest";
import * as parameters from "../../engine/src/protocol/parameters.ts";
import * as layout from "../../engine/src/protocol/shared-memory.ts";
import { type Command, KernelHost, play } from "./kernel-host.ts";
import { constant, firstDifference } from "./signals.ts";

/** At 48 kHz and 120 BPM. */
const BEAT = 24_000;
const FADE = 64;

type Setting = readonly [parameter: number, value: number];

/** A kernel whose pads loop 1,000 frames of 2^-pad on lines of one beat, without a late window, while the transport runs from frame 0 on. */
function host(...settings: readonly Setting[]): KernelHost {
	const kernel = new KernelHost({ fadeFrames: FADE });
	const sample = kernel.place(constant(2 * 1000, 1), 2);
	for (let slot = 0; slot < 4; slot++) {
		kernel.send({ type: "load", slot, sample });
		kernel.send(set(parameters.PAD_LOOP, 1, slot));
		for (const [parameter, value] of settings) kernel.send(set(parameter, value, slot));
	}
	kernel.send(set(parameters.TRANSPORT_QUANTUM, 1));
	kernel.send(set(parameters.TRANSPORT_LATE_WINDOW, 0));
	kernel.send({ type: "transportStart" });
	kernel.renderBlock(1);
	return kernel;
}

function set(parameter: number, value: number, slot = 0): Command {
	return { type: "set", slot, parameter, value };
}

function press(slot = 0, velocity = 2 ** -slot): Command {
	return { type: "press", slot, velocity };
}

function stateOf(kernel: KernelHost, slot = 0): string {
	return ["idle", "playing", "queued", "stopping"][kernel.padStatus(slot, layout.PAD_STATE)]!;
}

/** Renders up to a frame of the clock. @returns the left samples */
function renderTo(kernel: KernelHost, frame: number): number[] {
	const rendered = kernel.render(frame - kernel.status(layout.STATUS_FRAME_LOW), 100);
	return [...rendered].filter((_, index) => index % 2 === 0);
}

/** Whether a signal is silent up to a frame, and at a level from there on. */
function startsAt(heard: readonly number[], frame: number, level = 1): boolean {
	return heard.every((value, index) => value === (index < frame ? 0 : level));
}

test("rule 1: a press waits for its line, which is shown, and starts on it", () => {
	const kernel = host();
	kernel.send(press());
	const before = renderTo(kernel, BEAT);
	expect([stateOf(kernel), kernel.queuedBeat(0)]).toEqual(["queued", 1]);
	const after = renderTo(kernel, BEAT + 100);
	expect([stateOf(kernel), kernel.queuedBeat(0)]).toEqual(["playing", Number.NaN]);
	expect(startsAt([...before, ...after], BEAT - 1)).toBe(true);
});

test("rule 1: a press on a queued start cancels it", () => {
	const kernel = host();
	kernel.send(press());
	renderTo(kernel, 1000);
	kernel.send(press());
	expect(startsAt(renderTo(kernel, 2 * BEAT), Number.POSITIVE_INFINITY)).toBe(true);
	expect(stateOf(kernel)).toBe("idle");
});

test.each([
	[parameters.LAUNCH_TRIGGER, "playing"],
	[parameters.LAUNCH_GATE, "playing"],
	[parameters.LAUNCH_TOGGLE, "stopping"],
	[parameters.LAUNCH_REPEAT, "playing"],
])("rule 1: a press on a queued stop in launch mode %i leaves the pad %s", (mode, state) => {
	const kernel = host([parameters.PAD_LAUNCH_MODE, mode]);
	kernel.send(press());
	renderTo(kernel, BEAT + 100);
	kernel.send({ type: "stopPad", slot: 0 });
	renderTo(kernel, BEAT + 200);
	expect([stateOf(kernel), kernel.queuedBeat(0)]).toEqual(["stopping", 2]);
	kernel.send(press());
	renderTo(kernel, BEAT + 300);
	expect([stateOf(kernel), kernel.queuedBeat(0)]).toEqual([state, 2]);
	renderTo(kernel, 2 * BEAT + FADE + 1);
	expect(stateOf(kernel)).toBe(state === "playing" ? "playing" : "idle");
});

test.each([parameters.LAUNCH_GATE, parameters.LAUNCH_REPEAT])(
	"rule 1: releasing a queued pad in launch mode %i cancels it",
	(mode) => {
		const kernel = host([parameters.PAD_LAUNCH_MODE, mode]);
		kernel.send(press());
		renderTo(kernel, 1000);
		kernel.send({ type: "release", slot: 0 });
		expect(startsAt(renderTo(kernel, 2 * BEAT), Number.POSITIVE_INFINITY)).toBe(true);
	},
);

test.each<Command>([
	{ type: "stopPad", slot: 0 },
	{ type: "cancelQueued", slot: 0 },
	{ type: "stop", slot: 0 },
	{ type: "stopAll" },
	{ type: "unload", slot: 0 },
	{ type: "transportStop" },
])("rules 1, 8 and 13: $type cancels a queued start", (command) => {
	const kernel = host();
	kernel.send(press());
	renderTo(kernel, 1000);
	kernel.send(command);
	expect(startsAt(renderTo(kernel, 2 * BEAT), Number.POSITIVE_INFINITY)).toBe(true);
	expect([stateOf(kernel), kernel.queuedBeat(0)]).toEqual(["idle", Number.NaN]);
});

test("rule 2: queued actions come after the commands of their frame", () => {
	const kernel = host();
	kernel.send(press());
	kernel.send({ ...set(parameters.PAD_TRIGGER_MUTE, 1), atFrame: BEAT });
	expect(startsAt(renderTo(kernel, 2 * BEAT), Number.POSITIVE_INFINITY)).toBe(true);
	expect(kernel.status(layout.STATUS_CHOKED_LAUNCHES)).toBe(0);
});

test("rule 2: of starts in one choke group on one frame the last pressed wins, and the others are told", () => {
	const kernel = host([parameters.PAD_CHOKE_GROUP, 3]);
	for (const slot of [2, 0, 1]) kernel.send(press(slot));
	renderTo(kernel, BEAT - 1);
	kernel.events();
	const heard = renderTo(kernel, BEAT + 100);
	expect(heard.slice(1)).toEqual(Array<number>(100).fill(2 ** -1));
	expect(kernel.status(layout.STATUS_CHOKED_LAUNCHES)).toBe(2);
	expect([0, 1, 2].map((slot) => stateOf(kernel, slot))).toEqual(["idle", "playing", "idle"]);
	expect(kernel.events().map((event) => [event[1], event[4]])).toEqual([
		[0, layout.PAD_IDLE],
		[1, layout.PAD_PLAYING],
		[2, layout.PAD_IDLE],
	]);
});

test.each([
	[0.08, 3840, true],
	[0.08, 3841, false],
	[0, 1, false],
	[1, BEAT / 2, true],
	[1, BEAT / 2 + 1, false],
])(
	"rule 3: with a late window of %f s what comes %i frames late takes effect at once: %s",
	(window, late, isAtOnce) => {
		const kernel = host();
		kernel.send(set(parameters.TRANSPORT_LATE_WINDOW, window));
		kernel.send(set(parameters.PAD_LAUNCH_QUANTUM, 0, 1));
		kernel.send(press(1));
		// The window holds for stops, too.
		kernel.send({ ...press(0), atFrame: BEAT + late });
		kernel.send({ type: "stopPad", slot: 1, atFrame: BEAT + late });
		renderTo(kernel, BEAT + late + 1);
		expect([stateOf(kernel, 0), stateOf(kernel, 1)]).toEqual(isAtOnce ? ["playing", "idle"] : ["queued", "stopping"]);
	},
);

test("rule 4: the stop quantum is its own, and a short loop goes round until its line", () => {
	const kernel = host([parameters.PAD_LAUNCH_QUANTUM, 0], [parameters.PAD_STOP_QUANTUM, 2]);
	kernel.send(press());
	renderTo(kernel, 100);
	kernel.send({ type: "stopPad", slot: 0 });
	const heard = renderTo(kernel, 2 * BEAT + FADE + 100);
	const fades = heard.slice(2 * BEAT - 100);
	expect(heard.slice(0, 2 * BEAT - 99).every((value) => value === 1)).toBe(true);
	expect(fades.slice(1, FADE).every((value, index) => value < fades[index]!)).toBe(true);
	expect(fades.slice(FADE)).toEqual(fades.slice(FADE).map(() => 0));
});

test("rule 8: stopping the transport releases synced loops; unsynced ones and one-shots go on", () => {
	const kernel = host([parameters.PAD_LAUNCH_QUANTUM, 0]);
	kernel.send(set(parameters.PAD_SYNC, parameters.SYNC_REPITCH, 1));
	kernel.send(set(parameters.PAD_LOOP, 0, 2));
	for (const slot of [0, 1, 2]) kernel.send(press(slot));
	renderTo(kernel, 100);
	kernel.send({ type: "transportStop" });
	renderTo(kernel, 200);
	expect([0, 1, 2].map((slot) => stateOf(kernel, slot))).toEqual(["playing", "idle", "playing"]);
	expect(kernel.status(layout.STATUS_TRANSPORT_RUNNING)).toBe(0);
});

test("rule 8: moving the transport sends what waits to the next line", () => {
	const kernel = host([parameters.PAD_LAUNCH_QUANTUM, 4]);
	kernel.send(press());
	renderTo(kernel, 1000);
	kernel.send({ type: "transportMove", beat: 18 });
	renderTo(kernel, 1001);
	expect(kernel.queuedBeat(0)).toBe(20);
	const heard = renderTo(kernel, 1000 + 2 * BEAT + 10);
	expect(startsAt(heard, 2 * BEAT - 1)).toBe(true);
});

test("rule 9: trigger mute refuses new voices, lets sounding ones go on, and may wait for a line", () => {
	const kernel = host([parameters.PAD_LAUNCH_QUANTUM, 0]);
	kernel.send(press());
	kernel.send({ ...set(parameters.PAD_TRIGGER_MUTE, 1), atLine: 1 });
	renderTo(kernel, BEAT - 1);
	kernel.send(press(0, 0.5));
	renderTo(kernel, BEAT + FADE);
	kernel.send(press(0, 0.25));
	expect(renderTo(kernel, BEAT + FADE + 100)).toEqual(Array<number>(100).fill(0.5));
});

test("rule 10: in exclusive mode a start chokes every other pad, on one frame", () => {
	const kernel = host();
	kernel.send({ ...press(0), atFrame: BEAT });
	kernel.send({ ...press(1), atFrame: BEAT });
	kernel.send(set(parameters.TRANSPORT_EXCLUSIVE, 1));
	kernel.send(press(2));
	renderTo(kernel, BEAT + 1);
	// The presses on the line came after that of the third pad.
	expect([0, 1, 2].map((slot) => stateOf(kernel, slot))).toEqual(["idle", "playing", "idle"]);
	kernel.send(press(3));
	const heard = renderTo(kernel, 2 * BEAT + FADE);
	expect(heard.slice(0, -FADE).every((value) => value === 0.5)).toBe(true);
	for (const [frame, value] of heard.slice(-FADE).entries()) {
		expect(value).toBeCloseTo((0.5 * (FADE - frame)) / FADE + 0.125, 6);
	}
});

test.each([
	[0, 1],
	[1, 2],
])(
	"rule 11: with retrigger %i a second press of a one-shot leaves %i voices, and its attack is whole",
	(value, voices) => {
		const kernel = host(
			[parameters.PAD_LOOP, 0],
			[parameters.PAD_LAUNCH_QUANTUM, 0],
			[parameters.PAD_RETRIGGER, value],
		);
		kernel.send(press());
		renderTo(kernel, 100);
		kernel.send(press());
		expect(renderTo(kernel, 101)).toEqual([2]);
		expect(kernel.padStatus(0, layout.PAD_VOICES)).toBe(voices);
	},
);

test("rule 13: voices of playSample change no state, choke nothing, are not choked, and trigger mute does not refuse them", () => {
	const kernel = host([parameters.PAD_CHOKE_GROUP, 1], [parameters.PAD_LAUNCH_QUANTUM, 0]);
	kernel.send(press(0));
	kernel.send(set(parameters.PAD_TRIGGER_MUTE, 1, 1));
	kernel.send(play(1, 0.25, true));
	renderTo(kernel, 100);
	expect([stateOf(kernel, 0), stateOf(kernel, 1), kernel.padStatus(1, layout.PAD_VOICES)]).toEqual([
		"playing",
		"idle",
		1,
	]);
	kernel.send(press(2));
	renderTo(kernel, 200);
	expect([stateOf(kernel, 0), kernel.padStatus(1, layout.PAD_VOICES)]).toEqual(["idle", 1]);
});

test("rule 13: replacing a sample keeps the queued start, which plays the new one", () => {
	const kernel = host();
	kernel.send(press());
	renderTo(kernel, 1000);
	kernel.send({ type: "load", slot: 0, sample: kernel.place(constant(2 * 1000, 0.5), 2) });
	expect(startsAt(renderTo(kernel, BEAT + 10), BEAT - 1000, 0.5)).toBe(true);
});

test("rule 14: presses with a frame wait in any number, and act at their frame as one that arrives then", () => {
	const kernel = host([parameters.PAD_LAUNCH_MODE, parameters.LAUNCH_TOGGLE]);
	for (const atFrame of [10, BEAT + 10, 2 * BEAT + 10]) kernel.send({ ...press(), atFrame });
	const states = [11, BEAT + 1, BEAT + 11, 2 * BEAT + 5, 2 * BEAT + 11, 3 * BEAT + 1].map((frame) => {
		renderTo(kernel, frame);
		return stateOf(kernel);
	});
	expect(states).toEqual(["queued", "playing", "stopping", "idle", "queued", "playing"]);
});

test("a pad held in repeat restarts on every line until it is let go; a one-shot rings out", () => {
	const kernel = host(
		[parameters.PAD_LAUNCH_MODE, parameters.LAUNCH_REPEAT],
		[parameters.PAD_LOOP, 0],
		[parameters.PAD_LAUNCH_QUANTUM, 0.25],
	);
	kernel.send(press());
	const line = BEAT / 4;
	const heard = [...renderTo(kernel, 3 * line + 10)];
	kernel.send({ type: "release", slot: 0 });
	heard.push(...renderTo(kernel, 6 * line));
	for (const [index, value] of heard.entries()) {
		const frame = index + 1;
		expect(value).toBe(frame >= line && frame < 3 * line + 1000 && frame % line < 1000 ? 1 : 0);
	}
});

test("the first launch on a transport that stands still starts it on its own frame, at the beat last moved to", () => {
	const kernel = host();
	kernel.send({ type: "transportStop" });
	kernel.send({ type: "transportMove", beat: 8 });
	renderTo(kernel, 500);
	expect(kernel.statusDouble(layout.STATUS_BEAT)).toBe(8);
	kernel.send(press());
	expect(startsAt(renderTo(kernel, 500 + BEAT), 0)).toBe(true);
	expect([kernel.statusDouble(layout.STATUS_BEAT), kernel.status(layout.STATUS_TRANSPORT_RUNNING)]).toEqual([9, 1]);
});

test("quantised starts: 0 frames off, over quanta, tempi, rates and block lengths", () => {
	let starts = 0;
	for (const sampleRate of [8000, 44_100, 48_000, 96_000]) {
		for (const tempo of [20, 97, 120, 133.37, 400]) {
			for (const quantum of [1 / 32, 1 / 4, 1 / 3, 1, 4]) {
				const blockFrames = 1 + ((starts * 7919) % 2048);
				const framesPerBeat = (60 * sampleRate) / tempo;
				const kernel = new KernelHost({ sampleRate });
				kernel.send({ type: "load", slot: 0, sample: kernel.place(Float32Array.of(1, 1), 2) });
				kernel.send(set(parameters.TRANSPORT_TEMPO, tempo));
				kernel.send(set(parameters.TRANSPORT_LATE_WINDOW, 0));
				kernel.send(set(parameters.PAD_LAUNCH_QUANTUM, quantum));
				kernel.send({ type: "transportStart" });
				const line = (number: number): number => Math.floor((number * quantum * (60 * sampleRate)) / tempo + 0.5);
				const numbers = [1, 2, 3, 5].filter((number) => line(number) < 3 * sampleRate);
				for (const number of numbers) kernel.send({ ...press(), atFrame: line(number - 1) + 1 });
				const last = numbers.at(-1);
				if (last === undefined) continue;
				const heard = [...kernel.render(line(last) + 2, blockFrames)].filter((_, index) => index % 2 === 0);
				const found = heard.flatMap((value, frame) => (value === 0 ? [] : [frame]));
				expect([sampleRate, tempo, quantum, framesPerBeat, found]).toEqual([
					sampleRate,
					tempo,
					quantum,
					framesPerBeat,
					numbers.map(line),
				]);
				starts += found.length;
			}
		}
	}
	expect(starts).toBeGreaterThan(250);
});

test("queued actions follow a tempo change, commands with a frame do not", () => {
	const kernel = host();
	kernel.send(press());
	kernel.send({ ...play(1, 0.25), atFrame: BEAT });
	kernel.send({ ...set(parameters.TRANSPORT_TEMPO, 60), atFrame: BEAT / 2 });
	const heard = renderTo(kernel, 2 * BEAT);
	expect(heard.indexOf(0.25) + 1).toBe(BEAT);
	expect(heard.indexOf(1) + 1).toBe(BEAT * 1.5);
});

test("commands for a line take effect on it, a line on this very frame counts, and a transport that stands still has none", () => {
	const kernel = host([parameters.PAD_LAUNCH_QUANTUM, 0]);
	kernel.send({ ...play(0, 0.5), atLine: 2 });
	expect(kernel.render(1)[0]).toBe(0);
	expect(kernel.timedWaiting(0)).toBe(1);
	expect(renderTo(kernel, 2 * BEAT + 1).indexOf(0.5) + 2).toBe(2 * BEAT);
	renderTo(kernel, 4 * BEAT);
	kernel.send({ ...play(0, 0.25), atLine: 2 });
	expect(kernel.render(1)[0]).toBe(0.25);
	kernel.send({ type: "transportStop" });
	kernel.render(2000);
	kernel.send({ ...play(0, 0.125), atLine: 2 });
	expect([kernel.render(1)[0], kernel.timedWaiting(0)]).toEqual([0.125, 0]);
});

test("stopping the transport forgets commands for a line and counts them done", () => {
	const kernel = host();
	for (const ring of [0, 3]) kernel.send({ ...play(0), atLine: 4 }, ring);
	renderTo(kernel, 100);
	kernel.send({ type: "transportStop" });
	renderTo(kernel, 200);
	expect([kernel.timedWaiting(0), kernel.timedWaiting(3)]).toEqual([0, 0]);
	expect(startsAt(renderTo(kernel, 5 * BEAT), Number.POSITIVE_INFINITY)).toBe(true);
});

test("any block length gives the same, with quanta, tempo changes and the metronome", () => {
	const perform = (blockFrames: number): Float32Array => {
		const kernel = host([parameters.PAD_STOP_QUANTUM, 1 / 3]);
		kernel.send(set(parameters.TRANSPORT_METRONOME, 1));
		kernel.send(set(parameters.TRANSPORT_BEATS_PER_BAR, 3));
		const at = (atFrame: number, command: Command): void => kernel.send({ ...command, atFrame });
		for (const [index, slot] of [0, 1, 2, 3, 1, 0, 2].entries()) at(1000 + 7001 * index, press(slot));
		for (const [index, tempo] of [97, 400, 133.3].entries())
			at(9999 + 20_001 * index, set(parameters.TRANSPORT_TEMPO, tempo));
		at(30_000, { type: "stopPad", slot: 0 });
		at(33_333, { type: "transportNudge", beats: 0.3 });
		at(44_444, { type: "transportMove", beat: 11.9 });
		kernel.send({ ...set(parameters.PAD_MUTE, 1, 3), atLine: 1 / 3 });
		return kernel.render(80_000, blockFrames);
	};
	const usual = perform(128);
	for (const blockFrames of [1, 100, 777, 2048]) expect(firstDifference(perform(blockFrames), usual)).toBe(-1);
});
