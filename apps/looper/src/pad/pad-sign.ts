import { playStates } from "../instrument/play-state.ts";

/** What a pad's face says about its playing. */
export type PadSign = "idle" | "playing" | "queued" | "restarting" | "stopping" | "paused" | "choked";

const words: Readonly<Record<PadSign, string>> = {
	idle: "",
	playing: "Playing",
	queued: "Starts in",
	restarting: "Again in",
	stopping: "Stops in",
	paused: "Paused",
	choked: "Choked",
};

/**
 * The sign of a pad.
 *
 * @param state - as an activity numbers it
 * @param beats - until the line that it waits for; 0 when it waits for none
 * @param isChoked - whether another pad has just choked it
 */
export function padSign(state: number, beats: number, isChoked: boolean): PadSign {
	const name = playStates[state] ?? "idle";
	if (name === "idle") return isChoked ? "choked" : "idle";
	return name === "playing" && beats > 0 ? "restarting" : name;
}

/** The sign in words, without its beats; "" while the pad is idle. */
export function signWord(sign: PadSign): string {
	return words[sign];
}
