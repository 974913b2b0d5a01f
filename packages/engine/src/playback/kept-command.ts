import * as command from "../protocol/commands.ts";
import { MAX_SLOTS } from "../protocol/shared-memory.ts";
import { TIMED } from "../rings/moment.ts";

/** A command that waits for the audio thread. */
export interface KeptCommand {
	readonly words: Int32Array;
	/** When it is sent: state first, then triggers, then what follows them. */
	readonly rank: "state" | "trigger" | "follower";
	readonly isTimed: boolean;
	readonly atMilliseconds: number;
	/** Age from which a trigger is not played any more when sound resumes. */
	patienceMilliseconds: number;
}

/** @param type - with its flags */
export function rankOf(type: number): KeptCommand["rank"] {
	switch (type & ~TIMED) {
		case command.PLAY_SAMPLE:
		case command.PRESS:
			return "trigger";
		case command.RELEASE:
			return "follower";
		default:
			return (type & TIMED) === 0 ? "state" : "follower";
	}
}

/**
 * Commands with the same key replace each other: of all triggers of a slot the latest is kept, and of each parameter, voice, capture and
 * pair of slices, and whether the transport runs.
 *
 * @param argument - the first word of the command's arguments
 */
export function keyOf(type: number, slot: number, argument = 0): number {
	return (kindOf(type) * MAX_SLOTS + slot) * 2 ** 32 + (hasOwnKey(type) ? argument : 0);
}

function hasOwnKey(type: number): boolean {
	switch (type & ~TIMED) {
		case command.SET_PARAMETER:
		case command.STOP_VOICE:
		case command.SET_VOICE_GAIN:
		case command.START_CAPTURE:
		case command.STOP_CAPTURE:
		case command.SET_SLICES:
			return true;
		default:
			return false;
	}
}

function kindOf(type: number): number {
	if (rankOf(type) === "trigger") return command.PRESS;
	return type === command.STOP_TRANSPORT ? command.START_TRANSPORT : type;
}
