import { formatPadReference, type PadReference, parsePadReference, placeCount } from "./pad-reference.ts";
import {
	type PadParameterName,
	type PadSwitchName,
	padParameterNames,
	padParameters,
	padSwitches,
	padSwitchNames,
	type SharedParameterName,
	type SharedSwitchName,
	sharedParameterNames,
	sharedParameters,
	sharedSwitches,
	sharedSwitchNames,
} from "./parameters.ts";

/** The banks, by name. */
export const bankNames: readonly string[] = ["A", "B", "C", "D", "E", "F", "G", "H"];

/** Lengths of rolls in beats, by the names that mappings have for them. */
export const rollLengths: ReadonlyMap<string, number> = new Map([
	["1/32", 1 / 32],
	["1/16", 1 / 16],
	["1/8", 1 / 8],
	["1/4", 1 / 4],
	["1/2", 1 / 2],
	["1", 1],
	["2", 2],
	["4", 4],
]);

const plainActions = ["stop-all", "tap-tempo", "start-stop", "record", "keep-last"] as const;

/** What a control of the performer acts on. */
export type Target =
	| { readonly type: "press" | "stop" | "select"; readonly pad: PadReference }
	| { readonly type: "roll"; readonly pad: PadReference; readonly length: string }
	| { readonly type: "set-pad"; readonly pad: PadReference; readonly parameter: PadParameterName }
	| { readonly type: "switch-pad"; readonly pad: PadReference; readonly parameter: PadSwitchName }
	| { readonly type: "set"; readonly parameter: SharedParameterName }
	| { readonly type: "switch"; readonly parameter: SharedSwitchName }
	| { readonly type: "bank"; readonly bank: number }
	| { readonly type: (typeof plainActions)[number] };

/** Whether the target is a value, which needs a knob or a fader; the others act when something is pressed. */
export function isValueTarget(target: Target): boolean {
	return target.type === "set-pad" || target.type === "set";
}

/**
 * Writes a target as mappings and elements (`data-target`) have it: "press place 3", "roll 1/4 selected",
 * "set gainDecibels pad 40", "set transport.tempo", "bank B".
 */
export function formatTarget(target: Target): string {
	switch (target.type) {
		case "press":
		case "stop":
		case "select":
			return `${target.type} ${formatPadReference(target.pad)}`;
		case "roll":
			return `roll ${target.length} ${formatPadReference(target.pad)}`;
		case "set-pad":
			return `set ${target.parameter} ${formatPadReference(target.pad)}`;
		case "switch-pad":
			return `switch ${target.parameter} ${formatPadReference(target.pad)}`;
		case "set":
		case "switch":
			return `${target.type} ${target.parameter}`;
		case "bank":
			return `bank ${bankNames[target.bank]}`;
		case "stop-all":
		case "tap-tempo":
		case "start-stop":
		case "record":
		case "keep-last":
			return target.type;
	}
}

/** Reads what `formatTarget` writes. @returns what is wrong, as text, for anything else */
export function parseTarget(text: string): Target | string {
	const [verb = "", ...words] = text.split(" ");
	const action = plainActions.find((name) => name === verb);
	if (action !== undefined) return words.length === 0 ? { type: action } : `nothing may follow "${verb}"`;
	switch (verb) {
		case "press":
		case "stop":
		case "select":
			return withPad(words, (pad) => ({ type: verb, pad }));
		case "roll": {
			const [length = "", ...rest] = words;
			if (!rollLengths.has(length)) return `a roll is ${choices([...rollLengths.keys()])} beats long`;
			return withPad(rest, (pad) => ({ type: "roll", pad, length }));
		}
		case "bank": {
			const bank = bankNames.indexOf(words.join(" "));
			return bank < 0 ? `the bank must be ${choices(bankNames)}` : { type: "bank", bank };
		}
		case "set":
			return parseSet(words);
		case "switch":
			return parseSwitch(words);
		default:
			return `it must begin with ${choices(["press", "stop", "select", "roll", "set", "switch", "bank", ...plainActions])}`;
	}
}

/** A target as the performer reads it: "Play pad 3", "Gain of the selected pad"; a pad of one bank is "pad B 3". */
export function targetTitle(target: Target): string {
	switch (target.type) {
		case "press":
			return `Play ${padTitle(target.pad)}`;
		case "stop":
			return `Stop ${padTitle(target.pad)}`;
		case "select":
			return `Select ${padTitle(target.pad)}`;
		case "roll":
			return `Roll of ${target.length} ${target.length === "1" || target.length.includes("/") ? "beat" : "beats"} on ${padTitle(target.pad)}`;
		case "set-pad":
			return `${padParameters[target.parameter].title} of ${padTitle(target.pad)}`;
		case "switch-pad":
			return `${target.parameter === "loop" ? "Loop" : padSwitches[target.parameter].title} of ${padTitle(target.pad)}`;
		case "set":
			return sharedParameters[target.parameter].title;
		case "switch":
			return sharedSwitches[target.parameter].title;
		case "bank":
			return `Show bank ${bankNames[target.bank]}`;
		case "stop-all":
			return "Stop everything";
		case "tap-tempo":
			return "Tap the tempo";
		case "start-stop":
			return "Start or stop the transport";
		case "record":
			return "Start or end a recording";
		case "keep-last":
			return "Keep the last minute";
	}
}

function padTitle(reference: PadReference): string {
	switch (reference.kind) {
		case "pad":
			return `pad ${bankNames[Math.floor(reference.pad / placeCount)]} ${(reference.pad % placeCount) + 1}`;
		case "place":
			return `pad ${reference.place + 1}`;
		case "selected":
			return "the selected pad";
	}
}

function parseSet(words: readonly string[]): Target | string {
	const [name, ...rest] = words;
	const parameter = padParameterNames.find((known) => known === name);
	if (parameter !== undefined) return withPad(rest, (pad) => ({ type: "set-pad", pad, parameter }));
	const shared = sharedParameterNames.find((known) => known === name);
	if (shared !== undefined && rest.length === 0) return { type: "set", parameter: shared };
	return `a value that can be set is ${choices([...padParameterNames, ...sharedParameterNames])}`;
}

function parseSwitch(words: readonly string[]): Target | string {
	const [name, ...rest] = words;
	const parameter = padSwitchNames.find((known) => known === name);
	if (parameter !== undefined) return withPad(rest, (pad) => ({ type: "switch-pad", pad, parameter }));
	const shared = sharedSwitchNames.find((known) => known === name);
	if (shared !== undefined && rest.length === 0) return { type: "switch", parameter: shared };
	return `a switch is ${choices([...padSwitchNames, ...sharedSwitchNames])}`;
}

function withPad(words: readonly string[], make: (pad: PadReference) => Target): Target | string {
	const pad = parsePadReference(words);
	return typeof pad === "string" ? pad : make(pad);
}

/** "a, b or c" */
function choices(names: readonly string[]): string {
	return `${names.slice(0, -1).join(", ")} or ${names.at(-1)}`;
}
