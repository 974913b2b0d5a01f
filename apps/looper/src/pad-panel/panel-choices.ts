import type { LaunchMode, Sync } from "flitzis-looper";
import type { Choice } from "../choice/choice.ts";
import type { SnapTarget } from "./snap.ts";

const mostGroups = 16;

/** What a press means. */
export const launchModeChoices: readonly (Choice & { readonly value: LaunchMode })[] = [
	{ value: "trigger", text: "Trigger" },
	{ value: "gate", text: "Gate" },
	{ value: "toggle", text: "Toggle" },
	{ value: "repeat", text: "Repeat" },
];

/** How a loop follows the tempo. */
export const syncChoices: readonly (Choice & { readonly value: Sync })[] = [
	{ value: "off", text: "Off" },
	{ value: "repitch", text: "Repitch" },
	{ value: "slices", text: "Slices" },
];

/** Choke groups; 0 is none. */
export const chokeChoices: readonly Choice[] = Array.from({ length: mostGroups + 1 }, (_, group) => ({
	value: String(group),
	text: group === 0 ? "None" : String(group),
}));

/** What a loop's handles snap to. */
export const snapChoices: readonly (Choice & { readonly value: SnapTarget })[] = [
	{ value: "off", text: "Free" },
	{ value: "zero", text: "Zero crossings" },
	{ value: "beat", text: "Beats" },
];

/** The one of the choices that has this value; the first for none. */
export function chosen<Value extends string>(
	choices: readonly { readonly value: Value; readonly text: string }[],
	value: string,
): Value {
	return (choices.find((choice) => choice.value === value) ?? choices[0]!).value;
}
