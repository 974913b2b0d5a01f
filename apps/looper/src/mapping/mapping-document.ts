import { padKeyCodes } from "../input/keyboard.ts";
import type { LightProfileName } from "../midi/light-profiles.ts";
import { type Control, controlName } from "./control.ts";
import { padAtPlace, selectedPad } from "./pad-reference.ts";
import type { Target } from "./targets.ts";

/** A control and what it acts on. */
export interface Binding {
	readonly control: Control;
	readonly target: Target;
}

/** A device whose pads are lit. */
interface LitDevice {
	readonly device: string;
	readonly profile: LightProfileName;
}

/** Everything that the performer has mapped. It belongs to the app, not to a set. */
export interface MappingDocument {
	/** No two have the same control. */
	readonly bindings: readonly Binding[];
	/** Whether a knob must first reach a value before it moves it; else values jump to the knob. */
	readonly hasPickup: boolean;
	/** Devices whose pads are lit, each once. */
	readonly lights: readonly LitDevice[];
	/** The device whose MIDI clock the transport follows; null = none. */
	readonly clockInput: string | null;
	/** Devices that are sent MIDI clock. */
	readonly clockOutputs: readonly string[];
}

/** Bindings that a mapping can have. */
export const mostBindings = 2000;
/** Devices that can be lit or sent clock. */
export const mostDevices = 32;

/** What is said of the selected pad's beats, by the keys that say it together with Alt. */
const beatKeys: readonly (readonly [code: string, target: Target])[] = [
	["KeyA", { type: "beats", pad: selectedPad, edit: "tap" }],
	["KeyZ", { type: "beats", pad: selectedPad, edit: "earlier" }],
	["KeyX", { type: "beats", pad: selectedPad, edit: "later" }],
	["KeyQ", { type: "beats", pad: selectedPad, edit: "one" }],
	["KeyM", { type: "beats", pad: selectedPad, edit: "match" }],
	["Comma", { type: "scale-beats", pad: selectedPad, factor: "1/2" }],
	["Period", { type: "scale-beats", pad: selectedPad, factor: "2" }],
	["KeyK", { type: "scale-beats", pad: selectedPad, factor: "2/3" }],
	["KeyL", { type: "scale-beats", pad: selectedPad, factor: "3/2" }],
];

/** The mapping of a first start: the keyboard's four rows play the pads, with Shift they stop them; Alt corrects the selected pad's beats. */
export const defaultMapping: MappingDocument = {
	bindings: [
		...padKeyCodes.flatMap((code, place): readonly Binding[] => [
			{ control: { type: "key", code, shift: false, alt: false }, target: { type: "press", pad: padAtPlace(place) } },
			{ control: { type: "key", code, shift: true, alt: false }, target: { type: "stop", pad: padAtPlace(place) } },
		]),
		...beatKeys.map(([code, target]): Binding => ({ control: { type: "key", code, shift: false, alt: true }, target })),
	],
	hasPickup: true,
	lights: [],
	clockInput: null,
	clockOutputs: [],
};

/** The binding of a control, if it has one. */
export function bindingOf(document: MappingDocument, control: Control): Binding | undefined {
	const name = controlName(control);
	return document.bindings.find((binding) => controlName(binding.control) === name);
}

/** Binds a control. What it was bound to before, it leaves. */
export function withBinding(document: MappingDocument, added: Binding): MappingDocument {
	const { bindings } = withoutControl(document, added.control);
	return { ...document, bindings: [...bindings, added] };
}

/** Takes a control's binding away. */
export function withoutControl(document: MappingDocument, control: Control): MappingDocument {
	const name = controlName(control);
	return { ...document, bindings: document.bindings.filter((binding) => controlName(binding.control) !== name) };
}

/** Lights a device by a profile; null = not at all. */
export function withLights(
	document: MappingDocument,
	device: string,
	profile: LightProfileName | null,
): MappingDocument {
	const others = document.lights.filter((light) => light.device !== device);
	return { ...document, lights: profile === null ? others : [...others, { device, profile }] };
}

/** Sends a device MIDI clock, or no longer. */
export function withClockOutput(document: MappingDocument, device: string, isSent: boolean): MappingDocument {
	const others = document.clockOutputs.filter((output) => output !== device);
	return { ...document, clockOutputs: isSent ? [...others, device] : others };
}
