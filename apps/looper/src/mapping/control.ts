import type { ControllerCoding } from "../midi/controller-value.ts";

/** A key of the computer's keyboard, by its position, and the modifiers that are held with it. */
interface KeyControl {
	readonly type: "key";
	/** As in `KeyboardEvent.code`. */
	readonly code: string;
	readonly shift: boolean;
	readonly alt: boolean;
}

/** A note of a MIDI device. */
export interface NoteControl {
	readonly type: "note";
	/** The device's name; null = any device. */
	readonly device: string | null;
	/** 1..16 */
	readonly channel: number;
	/** 0..127 */
	readonly note: number;
}

/** A knob, fader or button of a MIDI device that sends control changes. */
interface ControllerControl {
	readonly type: "controller";
	/** The device's name; null = any device. */
	readonly device: string | null;
	/** 1..16 */
	readonly channel: number;
	/** 0..119 */
	readonly controller: number;
	readonly coding: ControllerCoding;
}

/** Something that the performer presses or turns. */
export type Control = KeyControl | NoteControl | ControllerControl;

/** Names a control: two with the same name are the same one, whatever the coding of their values. */
export function controlName(control: Control): string {
	switch (control.type) {
		case "key":
			return keyName(control.code, control);
		case "note":
			return deviceControlName("note", control.device, control.channel, control.note);
		case "controller":
			return deviceControlName("controller", control.device, control.channel, control.controller);
	}
}

/** The name of a key. */
export function keyName(code: string, { shift, alt }: { readonly shift: boolean; readonly alt: boolean }): string {
	return `key ${alt ? "Alt+" : ""}${shift ? "Shift+" : ""}${code}`;
}

/** The name of a note or controller. @param device - null = any device */
export function deviceControlName(
	type: "note" | "controller",
	device: string | null,
	channel: number,
	number: number,
): string {
	return `${type} ${channel} ${number} of ${device === null ? "any" : JSON.stringify(device)}`;
}

const notes = ["C", "C♯", "D", "D♯", "E", "F", "F♯", "G", "G♯", "A", "A♯", "B"];

/**
 * A control as the performer reads it: "Shift + Q", "Note C4 (60), channel 10, nanoPAD".
 *
 * @param keyLabel - what is printed on a key
 */
export function controlTitle(control: Control, keyLabel: (code: string) => string): string {
	switch (control.type) {
		case "key":
			return `${control.alt ? "Alt + " : ""}${control.shift ? "Shift + " : ""}${keyLabel(control.code)}`;
		case "note": {
			const name = `${notes[control.note % 12]}${Math.floor(control.note / 12) - 1}`;
			return `Note ${name} (${control.note}), ${origin(control)}`;
		}
		case "controller":
			return `Controller ${control.controller}, ${origin(control)}`;
	}
}

function origin({ device, channel }: NoteControl | ControllerControl): string {
	return `channel ${channel}, ${device ?? "any device"}`;
}
