import { expect, test } from "vitest";
import { InstrumentHarness } from "../instrument/instrument-harness.ts";
import type { PadSource } from "../instrument/pad-state.ts";
import type { ControllerCoding } from "../midi/controller-value.ts";
import { decodeMidi } from "../midi/midi-message.ts";
import type { Control } from "./control.ts";
import { actionsOf } from "./instrument-actions.ts";
import { MappedInput } from "./mapped-input.ts";
import type { MappingActions } from "./mapping-actions.ts";
import { type Binding, defaultMapping } from "./mapping-document.ts";
import { parseTarget } from "./parse-target.ts";
import type { Target } from "./targets.ts";

const kick: PadSource = { source: "kick.wav", title: "Kick", isDemo: false, color: null };

/** A running instrument with a sound on all pads, and what its controls are bound to. */
class Stage {
	readonly harness: InstrumentHarness;
	readonly input: MappedInput;
	#timeMs = 0;

	private constructor(harness: InstrumentHarness, actions: Partial<MappingActions>) {
		this.harness = harness;
		this.input = new MappedInput({ ...actionsOf(harness.instrument), ...actions });
	}

	static async with(bindings: readonly Binding[], actions: Partial<MappingActions> = {}): Promise<Stage> {
		const harness = await InstrumentHarness.running();
		for (const pad of [0, 1, 2]) harness.put(pad, kick);
		const stage = new Stage(harness, actions);
		stage.input.use({ ...defaultMapping, bindings });
		return stage;
	}

	get calls(): readonly string[] {
		return this.harness.engine.calls;
	}

	/** Bytes that a device sends, 10 ms after those before. */
	send(device: string, ...messages: readonly (readonly number[])[]): void {
		for (const data of messages) {
			this.#timeMs += 10;
			this.input.receive({ device, message: decodeMidi(data)!, timeMs: this.#timeMs });
		}
	}

	rest(milliseconds: number): void {
		this.#timeMs += milliseconds;
	}
}

function bind(control: Control, target: string): Binding {
	return { control, target: parseTarget(target) as Target };
}

function note(number: number, device: string | null = null, channel = 1): Control {
	return { type: "note", device, channel, note: number };
}

function controller(number: number, coding: ControllerCoding = "absolute"): Control {
	return { type: "controller", device: null, channel: 1, controller: number, coding };
}

test("a note presses its pad with its velocity within the call, and releases it", async () => {
	const stage = await Stage.with([bind(note(36), "press place 2")]);
	stage.send("Pads", [0x90, 36, 127]);
	expect(stage.calls).toEqual(["press 1 at 1"]);
	stage.send("Pads", [0x80, 36, 0]);
	expect(stage.calls).toEqual(["press 1 at 1", "release 1"]);
});

test("notes of other channels and numbers play nothing", async () => {
	const stage = await Stage.with([bind(note(36), "press place 2")]);
	stage.send("Pads", [0x91, 36, 127], [0x90, 37, 127]);
	expect(stage.calls).toEqual([]);
});

test("a binding of a device goes before one of any device", async () => {
	const stage = await Stage.with([bind(note(36), "press place 1"), bind(note(36, "Left"), "press place 2")]);
	stage.send("Left", [0x90, 36, 127]);
	stage.send("Right", [0x90, 36, 127]);
	expect(stage.calls).toEqual(["press 1 at 1", "press 0 at 1"]);
});

test("two devices that hold one pad release it together", async () => {
	const stage = await Stage.with([bind(note(36), "press place 1")]);
	stage.send("Left", [0x90, 36, 127]);
	stage.send("Right", [0x90, 36, 127]);
	stage.send("Left", [0x80, 36, 0]);
	expect(stage.calls).toEqual(["press 0 at 1", "press 0 at 1"]);
	stage.send("Right", [0x80, 36, 0]);
	expect(stage.calls.slice(2)).toEqual(["release 0"]);
});

test("a device that is gone, and one that ends all notes, release their pads but no other's", async () => {
	for (const leave of [
		(stage: Stage) => stage.input.releaseDevice("nanoPAD"),
		(stage: Stage) => stage.send("nanoPAD", [0xb0, 123, 0]),
	]) {
		const stage = await Stage.with([bind(note(36), "press place 1"), bind(note(37), "press place 2")]);
		stage.send("nanoPAD", [0x90, 36, 127]);
		stage.send("nanoPAD 2", [0x90, 37, 127]);
		leave(stage);
		expect(stage.calls.slice(2)).toEqual(["release 0"]);
	}
});

test("keys press, stop and release by their position and modifiers", async () => {
	const stage = await Stage.with(defaultMapping.bindings);
	expect(stage.input.pressKey({ code: "Digit1", shift: false, alt: false }, 0)).toBe(true);
	stage.input.perform({ type: "release", holder: "Digit1" });
	stage.input.pressKey({ code: "Digit2", shift: true, alt: false }, 0);
	expect(stage.input.pressKey({ code: "Digit2", shift: false, alt: true }, 0)).toBe(false);
	expect(stage.calls).toEqual(["press 0 at 0.8", "release 0", "stop 1"]);
});

test("a button that sends control changes presses once and releases", async () => {
	const stage = await Stage.with([bind(controller(20), "press place 1"), bind(controller(21), "stop-all")]);
	stage.send("Pads", [0xb0, 20, 127], [0xb0, 20, 100], [0xb0, 20, 0], [0xb0, 20, 0], [0xb0, 21, 127], [0xb0, 21, 0]);
	expect(stage.calls).toEqual(["press 0 at 1", "release 0", "stop all"]);
});

test("a knob sets a value after it has reached it", async () => {
	const stage = await Stage.with([bind(controller(7), "set pan place 1")]);
	const pan = (): number => stage.harness.instrument.pads.states[0]!.settings.pan;
	stage.send("Knobs", [0xb0, 7, 127]);
	expect(pan()).toBe(0);
	stage.send("Knobs", [0xb0, 7, 64]);
	expect(pan()).toBe(0);
	stage.send("Knobs", [0xb0, 7, 127]);
	expect(pan()).toBe(1);
	stage.harness.instrument.pads.set(0, { pan: -1 });
	stage.send("Knobs", [0xb0, 7, 126]);
	expect(pan()).toBe(-1);
});

test("without pickup a value jumps to the knob", async () => {
	const stage = await Stage.with([]);
	stage.input.use({ ...defaultMapping, hasPickup: false, bindings: [bind(controller(7), "set pan place 1")] });
	stage.send("Knobs", [0xb0, 7, 0]);
	expect(stage.harness.instrument.pads.states[0]!.settings.pan).toBe(-1);
});

test.each([
	["twos-complement", 1, 127],
	["offset", 65, 63],
	["sign-magnitude", 1, 65],
] as const)("an endless knob in %s moves a value up and down from where it is", async (coding, up, down) => {
	const stage = await Stage.with([bind(controller(7, coding), "set semitones place 1")]);
	const semitones = (): number => stage.harness.instrument.pads.states[0]!.settings.semitones;
	stage.send("Knobs", [0xb0, 7, up], [0xb0, 7, up], [0xb0, 7, up]);
	expect(semitones()).toBe(3);
	stage.send("Knobs", [0xb0, 7, down]);
	expect(semitones()).toBe(2);
});

test("a fader of 14 bits moves a value by its low bits, with the high bits before", async () => {
	const stage = await Stage.with([bind(controller(7, "absolute-14"), "set pan place 1")]);
	const pan = (): number => stage.harness.instrument.pads.states[0]!.settings.pan;
	stage.send("Fader", [0xb0, 39, 0]);
	expect(pan()).toBe(0);
	stage.send("Fader", [0xb0, 7, 64], [0xb0, 39, 0], [0xb0, 39, 1]);
	expect(pan()).toBeCloseTo(1 / 8191, 12);
});

test("a knob on a controller beside one of 7 bits is a knob of its own", async () => {
	const stage = await Stage.with([
		bind(controller(7), "set pan place 1"),
		bind(controller(39), "set gainDecibels place 1"),
	]);
	stage.send("Knobs", [0xb0, 39, 116], [0xb0, 39, 127]);
	expect(stage.harness.instrument.pads.states[0]!.settings).toMatchObject({ pan: 0, gainDecibels: 6 });
});

test("one movement of a knob is one edit, and a later one another", async () => {
	const gestures: string[] = [];
	const stage = await Stage.with([bind(controller(7, "offset"), "set pan place 1")], {
		setPad: (_pad, _settings, gesture) => gestures.push(gesture),
	});
	stage.send("Knobs", [0xb0, 7, 65], [0xb0, 7, 65]);
	stage.rest(2000);
	stage.send("Knobs", [0xb0, 7, 65]);
	expect(gestures[0]).toBe(gestures[1]);
	expect(gestures[1]).not.toBe(gestures[2]);
});

/** The stage's first pad: the fake engine says of its recording that it has 24,000 frames per second. */
function firstPad(stage: Stage) {
	const { pads } = stage.harness.instrument;
	return { settings: () => pads.states[0]!.settings, frames: pads.sampleInfo(0)!.source.frames };
}

test("knobs move the ends of a loop as far as they reach, with its beats, and one undo takes a movement back", async () => {
	const stage = await Stage.with([
		bind(controller(7), "set loopStartFrame place 1"),
		bind(controller(8), "set loopEndFrame place 1"),
	]);
	const { settings, frames } = firstPad(stage);
	stage.harness.instrument.pads.set(0, { lengthBeats: 8 });
	stage.send("Knobs", [0xb0, 7, 0], [0xb0, 7, 60], [0xb0, 7, 64]);
	expect(settings()).toMatchObject({ loopRegion: { startFrame: frames / 2, endFrame: frames }, lengthBeats: 4 });
	stage.send("Knobs", [0xb0, 8, 127], [0xb0, 8, 0]);
	expect(settings().loopRegion).toEqual({ startFrame: frames / 2, endFrame: frames / 2 + 32 });
	stage.harness.instrument.history.undo();
	expect(settings()).toMatchObject({ loopRegion: { startFrame: frames / 2, endFrame: frames }, lengthBeats: 4 });
	stage.harness.instrument.history.undo();
	expect(settings()).toMatchObject({ loopRegion: null, lengthBeats: 8 });
});

test("a loop's beats come back with its end, however short a movement has made it", async () => {
	const stage = await Stage.with([bind(controller(8), "set loopEndFrame place 1")]);
	const { settings } = firstPad(stage);
	stage.harness.instrument.pads.set(0, { lengthBeats: 1 / 16 });
	stage.send("Knobs", [0xb0, 8, 127], [0xb0, 8, 2], [0xb0, 8, 127]);
	expect(settings()).toMatchObject({ loopRegion: null, lengthBeats: 1 / 16 });
});

test("a movement begins anew when something else has changed the pad", async () => {
	const stage = await Stage.with([bind(controller(8), "set loopEndFrame place 1")]);
	const { settings } = firstPad(stage);
	stage.harness.instrument.pads.set(0, { lengthBeats: 8 });
	stage.send("Knobs", [0xb0, 8, 127], [0xb0, 8, 64]);
	expect(settings().lengthBeats).toBe(4);
	stage.harness.instrument.pads.set(0, { lengthBeats: 2 });
	stage.send("Knobs", [0xb0, 8, 127]);
	expect(settings()).toMatchObject({ loopRegion: null, lengthBeats: 4 });
});

test("an endless knob moves a loop's end by milliseconds", async () => {
	const stage = await Stage.with([bind(controller(8, "offset"), "set loopEndFrame place 1")]);
	const { settings, frames } = firstPad(stage);
	stage.send("Knobs", [0xb0, 8, 63], [0xb0, 8, 61]);
	expect(settings().loopRegion).toEqual({ startFrame: 0, endFrame: frames - 4 * 24 });
});

test("an empty pad has no loop for a knob to move", async () => {
	const stage = await Stage.with([bind(controller(8, "offset"), "set loopEndFrame place 32")], {
		recordingOf: () => null,
	});
	stage.send("Knobs", [0xb0, 8, 60]);
	expect(stage.harness.instrument.pads.states[31]!.settings.loopRegion).toBeNull();
});

test("a loop is set to lengths in beats, and made twice and half as long", async () => {
	const stage = await Stage.with([
		bind(controller(7, "offset"), "set lengthBeats place 1"),
		bind(note(1), "scale-beats 2 place 1"),
		bind(note(2), "scale-beats 1/2 place 1"),
	]);
	const { settings } = firstPad(stage);
	stage.send("Pads", [0x90, 1, 127], [0x90, 2, 127]);
	expect(settings().lengthBeats).toBe(0);
	stage.send("Knobs", [0xb0, 7, 73]);
	expect(settings().lengthBeats).toBe(4);
	stage.send("Pads", [0x90, 1, 127], [0x90, 1, 127], [0x90, 2, 127]);
	expect(settings().lengthBeats).toBe(8);
	stage.harness.instrument.history.undo();
	expect(settings().lengthBeats).toBe(16);
});

test("choices go on with every press", async () => {
	const stage = await Stage.with([
		bind(note(1), "next launchMode place 1"),
		bind(note(2), "next launchQuantum place 1"),
		bind(note(3), "next transport.quantum"),
	]);
	const { settings } = firstPad(stage);
	stage.send("Pads", [0x90, 1, 127], [0x80, 1, 0], [0x90, 2, 127], [0x90, 3, 127], [0x90, 3, 127]);
	expect(settings()).toMatchObject({ launchMode: "gate", launchQuantum: 0 });
	expect(stage.harness.instrument.settings.settings.quantum).toBe(0.5);
});

test("switches turn with every press", async () => {
	const stage = await Stage.with([bind(note(1), "switch isMuted place 1"), bind(note(2), "switch loop place 1")]);
	const settings = () => stage.harness.instrument.pads.states[0]!.settings;
	stage.send("Pads", [0x90, 1, 127], [0x90, 2, 127]);
	expect(settings()).toMatchObject({ isMuted: true, loop: true, launchMode: "toggle" });
	stage.send("Pads", [0x90, 1, 127], [0x90, 2, 127]);
	expect(settings()).toMatchObject({ isMuted: false, loop: false, launchMode: "trigger" });
});

test("a roll lasts while its note is held, and as long as one of two that hold it", async () => {
	const rolls: string[] = [];
	const stage = await Stage.with([bind(note(1), "roll 1/4 place 1"), bind(note(2), "roll 1/8 place 1")], {
		roll: (pad, beats) => rolls.push(`roll ${pad} over ${beats}`),
		endRoll: (pad) => rolls.push(`end ${pad}`),
	});
	stage.send("Pads", [0x90, 1, 127], [0x90, 2, 127], [0x80, 1, 0]);
	expect(rolls).toEqual(["roll 0 over 0.25", "roll 0 over 0.125"]);
	stage.send("Pads", [0x80, 2, 0]);
	expect(rolls.slice(2)).toEqual(["end 0"]);
	stage.send("Pads", [0x90, 1, 127]);
	stage.input.perform({ type: "release-all" });
	expect(rolls.slice(3)).toEqual(["roll 0 over 0.25"]);
	stage.input.releaseDevice("Pads");
	expect(rolls.slice(4)).toEqual(["end 0"]);
});

test("a roll that a key holds ends with the key, and with all keys", async () => {
	const rolls: string[] = [];
	const key = { type: "key", code: "KeyR", shift: false, alt: false } as const;
	const stage = await Stage.with([bind(key, "roll 1 place 1")], {
		roll: () => rolls.push("roll"),
		endRoll: () => rolls.push("end"),
	});
	for (const gesture of [{ type: "release", holder: "KeyR" }, { type: "release-all" }] as const) {
		stage.input.pressKey({ code: "KeyR", shift: false, alt: false }, 0);
		stage.input.perform(gesture);
	}
	expect(rolls).toEqual(["roll", "end", "roll", "end"]);
});

test("actions of parts to come reach them", async () => {
	const done: string[] = [];
	const stage = await Stage.with(
		["tap-tempo", "start-stop", "bank C", "select place 2", "switch master.isLimiterOn", "press selected"].map(
			(target, number) => bind(note(number), target),
		),
		{
			tapTempo: (timeMs) => done.push(`tap at ${timeMs}`),
			startOrStop: () => done.push("start"),
			showBank: (bank) => done.push(`bank ${bank}`),
			select: (pad) => done.push(`select ${pad}`),
			selectedPad: () => 2,
			switches: { "master.isLimiterOn": { read: () => false, write: (isOn) => done.push(`limiter ${isOn}`) } },
		},
	);
	for (let number = 0; number < 6; number++) stage.send("Pads", [0x90, number, 127]);
	expect(done).toEqual(["tap at 10", "start", "bank 2", "select 1", "limiter true"]);
	expect(stage.calls).toEqual(["press 2 at 1"]);
});

test("nothing happens on pads that do not exist, and on a selection that is empty", async () => {
	const stage = await Stage.with(
		[bind(note(1), "press pad 256"), bind(note(2), "press selected"), bind(controller(3), "set pan selected")],
		{ selectedPad: () => null },
	);
	stage.send("Pads", [0x90, 1, 127], [0x90, 2, 127], [0xb0, 3, 64]);
	expect(stage.calls).toEqual([]);
});

test("a pad that is held while the mapping changes is still released", async () => {
	const stage = await Stage.with([bind(note(36), "press place 1")]);
	stage.send("Pads", [0x90, 36, 127]);
	stage.input.use({ ...defaultMapping, bindings: [] });
	stage.send("Pads", [0x80, 36, 0]);
	expect(stage.calls).toEqual(["press 0 at 1", "release 0"]);
});
