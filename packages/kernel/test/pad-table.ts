/** What a pad does at an event, by launch mode and situation: the table of docs/guide/looping.md. */

export type Mode = "trigger" | "gate" | "toggle" | "repeat";

/**
 * What a pad is at: silent; silent and waiting for its start; sounding; sounding and waiting for a restart; sounding and waiting for its
 * stop. "held" is a pad in repeat that waits for the line it repeats on, whether it sounds or not.
 */
export type Situation = "idle" | "queued" | "playing" | "restarting" | "stopping" | "held";

export type PadEvent = "press" | "release" | "stop" | "cancel";

/**
 * What follows: nothing; a start or a stop, on its line or at once; the queued action is dropped; it is dropped and, if the pad loops,
 * a stop follows.
 */
export type Outcome = "-" | "start" | "stop" | "drop" | "let go";

const pressed: Record<Situation, Outcome> = {
	idle: "start",
	queued: "drop",
	playing: "start",
	restarting: "drop",
	stopping: "start",
	held: "start",
};
const untouched: Record<Situation, Outcome> = {
	idle: "-",
	queued: "-",
	playing: "-",
	restarting: "-",
	stopping: "-",
	held: "-",
};
const stopped: Record<Situation, Outcome> = {
	idle: "-",
	queued: "drop",
	playing: "stop",
	restarting: "stop",
	stopping: "-",
	held: "stop",
};
const canceled: Record<Situation, Outcome> = {
	idle: "-",
	queued: "drop",
	playing: "-",
	restarting: "drop",
	stopping: "drop",
	held: "drop",
};
const letGo: Record<Situation, Outcome> = {
	idle: "-",
	queued: "drop",
	playing: "let go",
	restarting: "let go",
	stopping: "-",
	held: "let go",
};

export const padTable: Record<Mode, Record<PadEvent, Record<Situation, Outcome>>> = {
	trigger: { press: pressed, release: untouched, stop: stopped, cancel: canceled },
	gate: { press: pressed, release: stopped, stop: stopped, cancel: canceled },
	toggle: {
		press: { ...pressed, playing: "stop", stopping: "-" },
		release: untouched,
		stop: stopped,
		cancel: canceled,
	},
	repeat: { press: pressed, release: letGo, stop: stopped, cancel: canceled },
};
