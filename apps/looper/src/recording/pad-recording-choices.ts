import type { Activity } from "flitzis-looper";
import type { Choice } from "../choice/choice.ts";
import type { PadState } from "../instrument/pad-state.ts";
import type { PadRecording } from "./recording-types.ts";

/** What a pad's sound is recorded from. */
export type SourceName = "master" | "cue" | "pad" | "input";

/** The sources to choose from. */
export const sourceChoices: readonly (Choice & { readonly value: SourceName })[] = [
	{ value: "master", text: "Master: all that is heard" },
	{ value: "cue", text: "Cue: pads with their cue switch on" },
	{ value: "pad", text: "Another pad" },
	{ value: "input", text: "Input: microphone, instrument" },
];

const freeChoice: Choice = { value: "free", text: "Free: begins and ends at once" };
const barCounts = [1, 2, 4, 8, 16];

/** The lengths to choose from. Lines are there only while the transport runs. */
export function lengthChoices(isTransportRunning: boolean): readonly Choice[] {
	if (!isTransportRunning) return [freeChoice];
	const bars = barCounts.map((count) => ({ value: String(count), text: count === 1 ? "1 bar" : `${count} bars` }));
	return [...bars, { value: "open", text: "From bar to bar, until it is stopped" }, freeChoice];
}

/** The bars that a length stands for. A length of bars is free while the transport stands still. */
export function barsOf(length: string, isTransportRunning: boolean): PadRecording["bars"] {
	if (!isTransportRunning || length === "free") return null;
	return length === "open" ? "open" : Number(length);
}

/** What a recorded sound is called: "Input 12.31.05". */
export function recordedTitle(source: string, now: Date): string {
	const time = [now.getHours(), now.getMinutes(), now.getSeconds()].map((part) => String(part).padStart(2, "0"));
	return `${source} ${time.join(".")}`;
}

/** The level of what a recording of the engine's own sound would hold now. The cue bus has no meter: its loudest pad stands for it. */
export function soundPeak(
	source: Exclude<SourceName, "input">,
	{ masterPeak, peak }: Pick<Activity, "masterPeak" | "peak">,
	{ pad, states }: { readonly pad: number; readonly states: readonly Pick<PadState, "settings">[] },
): number {
	if (source === "master") return masterPeak;
	if (source === "pad") return peak[pad] ?? 0;
	return states.reduce((highest, { settings }, index) => Math.max(highest, settings.isCued ? peak[index]! : 0), 0);
}
