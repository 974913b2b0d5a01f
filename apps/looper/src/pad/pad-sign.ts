import { playStates } from "../instrument/play-state.ts";

/** What a pad's face says about its playing. */
export type PadSign =
	| "idle"
	| "playing"
	| "queued"
	| "restarting"
	| "stopping"
	| "paused"
	| "rolling"
	| "choked"
	| "refused";

/** What a pad shows for a moment only. */
export type PassingSign = "choked" | "refused";

const words: Readonly<Record<PadSign, string>> = {
	idle: "",
	playing: "Playing",
	queued: "Starts in",
	restarting: "Again in",
	stopping: "Stops in",
	paused: "Paused",
	rolling: "Roll",
	choked: "Choked",
	refused: "No trigger",
};

/**
 * The sign of a pad.
 *
 * @param state - as an activity numbers it
 * @param beats - until the line that it waits for; 0 when it waits for none
 * @param passing - what it shows for a moment, unless it does something
 */
export function padSign(state: number, beats: number, passing: PassingSign | null): PadSign {
	const name = playStates[state] ?? "idle";
	if (name === "idle") return passing ?? "idle";
	return name === "playing" && beats > 0 ? "restarting" : name;
}

/** The sign in words, without its beats; "" while the pad is idle. */
export function signWord(sign: PadSign): string {
	return words[sign];
}
