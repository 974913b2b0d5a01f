import type { GridEdit } from "../analysis/grid-edits.ts";
import { bankNames } from "../instrument/banks.ts";
import type { PadChoiceName, SharedChoiceName } from "./choices.ts";
import { formatPadReference, type PadReference } from "./pad-reference.ts";
import type { PadParameterName, PadSwitchName, SharedParameterName, SharedSwitchName } from "./parameters.ts";

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

/** How many times as long loops become in beats, by the names that mappings have for it. */
export const beatFactors: ReadonlyMap<string, number> = new Map([
	["1/2", 1 / 2],
	["2/3", 2 / 3],
	["3/2", 3 / 2],
	["2", 2],
]);

/** What can be said of a pad's beats with one key. */
export const gridEdits: readonly GridEdit[] = ["tap", "earlier", "later", "one", "match"];

/** What needs no further word. */
export const plainActions = ["stop-all", "tap-tempo", "start-stop", "record", "keep-last"] as const;
export type PlainAction = (typeof plainActions)[number];

/** What a control of the performer acts on. */
export type Target =
	| { readonly type: "press" | "stop" | "select"; readonly pad: PadReference }
	| { readonly type: "roll"; readonly pad: PadReference; readonly length: string }
	| { readonly type: "scale-beats"; readonly pad: PadReference; readonly factor: string }
	| { readonly type: "beats"; readonly pad: PadReference; readonly edit: GridEdit }
	| { readonly type: "set-pad"; readonly pad: PadReference; readonly parameter: PadParameterName }
	| { readonly type: "switch-pad"; readonly pad: PadReference; readonly parameter: PadSwitchName }
	| { readonly type: "next-of-pad"; readonly pad: PadReference; readonly parameter: PadChoiceName }
	| { readonly type: "set"; readonly parameter: SharedParameterName }
	| { readonly type: "switch"; readonly parameter: SharedSwitchName }
	| { readonly type: "next"; readonly parameter: SharedChoiceName }
	| { readonly type: "bank"; readonly bank: number }
	| { readonly type: PlainAction };

/** Whether the target is a value, which needs a knob or a fader; the others act when something is pressed. */
export function isValueTarget(target: Target): boolean {
	return target.type === "set-pad" || target.type === "set";
}

/**
 * Writes a target as mappings and elements (`data-target`) have it: "press place 3", "roll 1/4 selected",
 * "set gainDecibels pad 40", "next transport.quantum", "bank B".
 */
export function formatTarget(target: Target): string {
	switch (target.type) {
		case "press":
		case "stop":
		case "select":
			return `${target.type} ${formatPadReference(target.pad)}`;
		case "roll":
			return `roll ${target.length} ${formatPadReference(target.pad)}`;
		case "scale-beats":
			return `scale-beats ${target.factor} ${formatPadReference(target.pad)}`;
		case "beats":
			return `beats ${target.edit} ${formatPadReference(target.pad)}`;
		case "set-pad":
			return `set ${target.parameter} ${formatPadReference(target.pad)}`;
		case "switch-pad":
			return `switch ${target.parameter} ${formatPadReference(target.pad)}`;
		case "next-of-pad":
			return `next ${target.parameter} ${formatPadReference(target.pad)}`;
		case "set":
		case "switch":
		case "next":
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
