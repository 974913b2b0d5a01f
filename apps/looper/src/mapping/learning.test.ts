import { expect, test } from "vitest";
import { InstrumentHarness } from "../instrument/instrument-harness.ts";
import { decodeMidi } from "../midi/midi-message.ts";
import { actionsOf } from "./instrument-actions.ts";
import { Learning } from "./learning.ts";
import type { MappingActions } from "./mapping-actions.ts";
import { bindingOf } from "./mapping-document.ts";
import { MappingStore } from "./mapping-store.ts";
import { parseTarget } from "./parse-target.ts";
import { formatTarget, type Target } from "./targets.ts";

/** Learning over the default mapping. */
class Lesson {
	readonly store: MappingStore;
	readonly learning: Learning;

	constructor(actions: Partial<MappingActions> = {}) {
		const { instrument } = new InstrumentHarness();
		this.store = new MappingStore({ read: () => null, write: () => true }, instrument.notices);
		this.learning = new Learning(this.store, { ...actionsOf(instrument), ...actions });
		this.learning.begin();
	}

	choose(target: string): void {
		this.learning.choose(parseTarget(target) as Target);
	}

	/** @returns whether the message was meant for learning */
	send(...data: readonly number[]): boolean {
		return this.learning.takeMessage({ device: "Knobs", message: decodeMidi(data)!, timeMs: 0 });
	}

	/** The target that a key without modifiers has now. */
	targetOfKey(code: string): string | null {
		const binding = bindingOf(this.store.document, { type: "key", code, shift: false, alt: false });
		return binding === undefined ? null : formatTarget(binding.target);
	}
}

const plain = { shift: false, alt: false };

test("a target and a knob make a binding, and the next target may follow", () => {
	const lesson = new Lesson();
	lesson.choose("set master.gainDecibels");
	expect(lesson.send(0xb2, 21, 3)).toBe(true);
	const control = { type: "controller", device: "Knobs", channel: 3, controller: 21, coding: "absolute" } as const;
	expect(bindingOf(lesson.store.document, control)?.target).toEqual({ type: "set", parameter: "master.gainDecibels" });
	expect(lesson.learning.state.phase).toBe("target");
});

test("a key that did something else is rebound, and what it did is said", () => {
	const lesson = new Lesson();
	lesson.choose("press place 1");
	lesson.learning.takeKey("KeyQ", plain);
	expect(lesson.targetOfKey("KeyQ")).toBe("press place 1");
	const { state } = lesson.learning;
	expect(state.phase === "target" && state.learned?.before).toEqual(parseTarget("press place 9"));
});

test("a key and a note cannot set a value, a taken key cannot be bound, and both are said", () => {
	const lesson = new Lesson();
	lesson.choose("set master.gainDecibels");
	lesson.learning.takeKey("KeyQ", plain);
	expect(lesson.learning.state).toMatchObject({ refusal: "A key cannot set a value. Move a knob or a fader." });
	lesson.send(0x90, 60, 127);
	expect(lesson.learning.state).toMatchObject({ refusal: "A note cannot set a value. Move a knob or a fader." });
	lesson.choose("press place 1");
	lesson.learning.takeKey("Tab", plain);
	expect(lesson.learning.state).toMatchObject({
		refusal: "The key cannot be mapped, it moves the focus. Press another one.",
	});
	expect(lesson.targetOfKey("KeyQ")).toBe("press place 9");
});

test("a button is learned when it goes down, and clocks and releases are left alone", () => {
	const lesson = new Lesson();
	lesson.choose("stop-all");
	expect(lesson.send(0x80, 60, 0)).toBe(false);
	expect(lesson.send(0xf8)).toBe(false);
	lesson.send(0xb0, 20, 0);
	expect(lesson.learning.state.phase).toBe("control");
	lesson.send(0xb0, 20, 127);
	expect(lesson.learning.state.phase).toBe("target");
});

test("messages play as usual while no control is asked for", () => {
	const lesson = new Lesson();
	expect(lesson.send(0x90, 60, 127)).toBe(false);
	lesson.learning.end();
	expect(lesson.send(0x90, 60, 127)).toBe(false);
});

test("a fixed target keeps the pad that is meant now", () => {
	const lesson = new Lesson({ padAt: (place) => 32 + place, padCount: 256, selectedPad: () => null });
	lesson.learning.fix(true);
	lesson.choose("press place 3");
	lesson.learning.takeKey("F1", plain);
	expect(lesson.targetOfKey("F1")).toBe("press pad 35");
	lesson.choose("press selected");
	lesson.learning.takeKey("F2", plain);
	expect(lesson.targetOfKey("F2")).toBe("press selected");
});

test("going back asks for the target again, and then ends", () => {
	const lesson = new Lesson();
	lesson.choose("stop-all");
	lesson.learning.back();
	expect(lesson.learning.state).toEqual({ phase: "target", learned: null });
	lesson.learning.back();
	expect(lesson.learning.state).toEqual({ phase: "off" });
});

test("nothing is chosen before learning begins", () => {
	const lesson = new Lesson();
	lesson.learning.end();
	lesson.choose("stop-all");
	expect(lesson.learning.state).toEqual({ phase: "off" });
});
