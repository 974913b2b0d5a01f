import { deviceHolder, type Gesture, isDeviceHolder } from "../input/gesture.ts";
import { type KeyChord, keyVelocity } from "../input/keyboard.ts";
import { isRelative, lowBitsOffset, positionOf, stepsOf } from "../midi/controller-value.ts";
import type { ReceivedMessage } from "../midi/midi-ports.ts";
import { controlName, deviceControlName, keyName } from "./control.ts";
import type { MappingActions } from "./mapping-actions.ts";
import type { Binding, MappingDocument } from "./mapping-document.ts";
import { PressedTargets } from "./pressed-targets.ts";
import { isValueTarget } from "./targets.ts";
import { TurnedValues } from "./turned-values.ts";

/** A button that sends control changes is down from the middle of its values on. */
const downFrom = 64;

/** Does what the performer's keys, notes and knobs are bound to, within the call that reports them. */
export class MappedInput {
	readonly #pressed: PressedTargets;
	readonly #values: TurnedValues;
	readonly #bindings = new Map<string, Binding>();
	/** High bits of controllers of 14 bits, by the name of the control. */
	readonly #highBits = new Map<string, number>();
	/** Controllers that are down as buttons, by what they hold. */
	readonly #down = new Set<string>();

	constructor(actions: MappingActions) {
		this.#pressed = new PressedTargets(actions);
		this.#values = new TurnedValues(actions);
	}

	/** Takes over a mapping. What is held is still released. */
	use(mapping: MappingDocument): void {
		this.#bindings.clear();
		for (const binding of mapping.bindings) this.#bindings.set(controlName(binding.control), binding);
		this.#values.reset(mapping.hasPickup);
	}

	/** Presses a key. @param timeMs - when, in milliseconds on the page's clock; @returns whether it is bound */
	pressKey(chord: KeyChord, timeMs: number): boolean {
		const binding = this.#bindings.get(keyName(chord.code, chord));
		if (binding === undefined) return false;
		this.#pressed.press(binding.target, { velocity: keyVelocity, holder: chord.code, timeMs });
		return true;
	}

	/** Plays a gesture of a pointer, or lets go what a key or pointer holds. */
	perform(gesture: Gesture): void {
		this.#pressed.perform(gesture);
	}

	/** Takes a message of a device. */
	receive({ device, message, timeMs }: ReceivedMessage): void {
		switch (message.type) {
			case "note-on": {
				const binding = this.#find("note", device, message.channel, message.note);
				if (binding === undefined) return;
				const holder = deviceHolder(device, message.channel, `note ${message.note}`);
				this.#pressed.press(binding.target, { velocity: message.velocity, holder, timeMs });
				return;
			}
			case "note-off":
				this.#pressed.release(deviceHolder(device, message.channel, `note ${message.note}`));
				return;
			case "all-notes-off":
				this.#pressed.releaseWhere((holder) => holder.startsWith(deviceHolder(device, message.channel, "")));
				return;
			case "controller":
				this.#turn(device, message, timeMs);
				return;
			case "song-position":
			case "clock":
			case "start":
			case "continue":
			case "stop":
			// A clock conducts the transport, not pads.
		}
	}

	/** Lets go everything that a device holds: it is gone. */
	releaseDevice(device: string): void {
		const isItsOwn = (holder: string): boolean => isDeviceHolder(holder, device);
		this.#pressed.releaseWhere(isItsOwn);
		for (const holder of this.#down) if (isItsOwn(holder)) this.#down.delete(holder);
	}

	/** A binding of the device itself goes before one of any device. */
	#find(type: "note" | "controller", device: string, channel: number, number: number): Binding | undefined {
		return (
			this.#bindings.get(deviceControlName(type, device, channel, number)) ??
			this.#bindings.get(deviceControlName(type, null, channel, number))
		);
	}

	#turn(
		device: string,
		{ channel, controller, value }: { readonly channel: number; readonly controller: number; readonly value: number },
		timeMs: number,
	): void {
		const coarse = this.#find("controller", device, channel, controller - lowBitsOffset);
		if (coarse?.control.type === "controller" && coarse.control.coding === "absolute-14") {
			this.#turnFinely(coarse, value, timeMs);
			return;
		}
		const binding = this.#find("controller", device, channel, controller);
		if (binding?.control.type !== "controller") return;
		const { control } = binding;
		if (control.coding === "absolute-14") this.#highBits.set(controlName(control), value);
		else if (!isValueTarget(binding.target)) this.#button(binding, device, { value, timeMs });
		else if (isRelative(control.coding)) this.#values.step(binding, stepsOf(value, control.coding), timeMs);
		else this.#values.moveTo(binding, positionOf(value, 7), timeMs);
	}

	/** Low bits come last and complete the value. */
	#turnFinely(binding: Binding, lowBits: number, timeMs: number): void {
		const highBits = this.#highBits.get(controlName(binding.control));
		if (highBits === undefined || !isValueTarget(binding.target)) return;
		this.#values.moveTo(binding, positionOf(128 * highBits + lowBits, 14), timeMs);
	}

	#button(
		{ control, target }: Binding,
		device: string,
		{ value, timeMs }: { readonly value: number; readonly timeMs: number },
	): void {
		if (control.type !== "controller") return;
		const holder = deviceHolder(device, control.channel, `controller ${control.controller}`);
		if (value < downFrom) {
			if (this.#down.delete(holder)) this.#pressed.release(holder);
		} else if (!this.#down.has(holder)) {
			this.#down.add(holder);
			this.#pressed.press(target, { velocity: value / 127, holder, timeMs });
		}
	}
}
