import * as command from "../protocol/commands.ts";
import type { LoopSeam } from "../protocol/loop-seam.ts";
import { COMMAND_BYTES } from "../protocol/shared-memory.ts";
import type { PerformanceCommand } from "./performance.ts";

/** -Infinity cannot be written in JSON; this is silence, too. */
const SILENCE_DECIBELS = -1000;

/** Words of a journal entry or of a command in a ring. */
export const ENTRY_WORDS: number = COMMAND_BYTES / 4;

/** The frame that an entry carries, exact to 2^53. */
export function frameOfEntry(entry: DataView): number {
	return entry.getUint32(command.COMMAND_FRAME_HIGH, true) * 2 ** 32 + entry.getUint32(command.COMMAND_FRAME_LOW, true);
}

/** The type that an entry carries, without its flags. */
export function typeOfEntry(entry: DataView): number {
	return entry.getUint32(command.COMMAND_TYPE, true) & ~command.AT_FRAME;
}

/**
 * Reads a journal entry.
 *
 * @param sampleOf - the performance's sample under a handle
 * @returns null for an entry that is not a command
 */
export function readCommandEntry(entry: DataView, sampleOf: (handle: number) => number): PerformanceCommand | null {
	const frame = frameOfEntry(entry);
	const slot = entry.getUint32(command.COMMAND_SLOT, true);
	switch (typeOfEntry(entry)) {
		case command.LOAD_SAMPLE:
			return { frame, type: "load", slot, sample: sampleOf(entry.getUint32(command.LOAD_HANDLE, true)) };
		case command.PLAY_SAMPLE: {
			const loop = (entry.getUint32(command.PLAY_FLAGS, true) & command.PLAY_LOOPING) !== 0;
			return { frame, type: "play", slot, velocity: entry.getFloat64(command.PLAY_VELOCITY, true), loop };
		}
		case command.STOP_SAMPLE:
			return { frame, type: "stop", slot };
		case command.UNLOAD_SAMPLE:
			return { frame, type: "unload", slot };
		case command.STOP_ALL:
			return { frame, type: "stopAll" };
		case command.SET_MASTER_GAIN: {
			const decibels = entry.getFloat64(command.GAIN_DECIBELS, true);
			return { frame, type: "gain", decibels: Math.max(decibels, SILENCE_DECIBELS) };
		}
		default:
			return null;
	}
}

/** Where a replay's sample lies. */
export interface PlacedSample {
	readonly handle: number;
	readonly address: number;
	readonly frames: number;
	readonly channels: number;
	/** How it goes round; null when its frames are the loop themselves. */
	readonly seam: LoopSeam | null;
}

/**
 * Writes a command as an entry of a replay.
 *
 * @param entry - COMMAND_BYTES of zeros; @param placeOf - where the performance's samples lie
 */
export function writeCommandEntry(
	entry: DataView,
	performed: PerformanceCommand,
	placeOf: (sample: number) => PlacedSample,
): void {
	entry.setUint32(command.COMMAND_TYPE, writeArguments(entry, performed, placeOf) | command.AT_FRAME, true);
	entry.setUint32(command.COMMAND_SLOT, "slot" in performed ? performed.slot : 0, true);
	entry.setUint32(command.COMMAND_FRAME_LOW, performed.frame % 2 ** 32, true);
	entry.setUint32(command.COMMAND_FRAME_HIGH, Math.floor(performed.frame / 2 ** 32), true);
}

/** @returns the command's type. */
function writeArguments(
	entry: DataView,
	performed: PerformanceCommand,
	placeOf: (sample: number) => PlacedSample,
): number {
	switch (performed.type) {
		case "play":
			entry.setFloat64(command.PLAY_VELOCITY, performed.velocity, true);
			entry.setUint32(command.PLAY_FLAGS, performed.loop ? command.PLAY_LOOPING : 0, true);
			return command.PLAY_SAMPLE;
		case "gain":
			entry.setFloat64(command.GAIN_DECIBELS, performed.decibels, true);
			return command.SET_MASTER_GAIN;
		case "load": {
			const { handle, address, frames, channels, seam } = placeOf(performed.sample);
			entry.setUint32(command.LOAD_EDGE_FRAMES, seam?.edgeFrames ?? 0, true);
			entry.setFloat64(command.LOAD_LOOP_FRAMES, seam?.loopFrames ?? 0, true);
			entry.setUint32(command.LOAD_HANDLE, handle, true);
			entry.setUint32(command.LOAD_ADDRESS, address, true);
			entry.setUint32(command.LOAD_FRAMES, frames, true);
			entry.setUint32(command.LOAD_CHANNELS, channels, true);
			return command.LOAD_SAMPLE;
		}
		case "stop":
			return command.STOP_SAMPLE;
		case "unload":
			return command.UNLOAD_SAMPLE;
		case "stopAll":
			return command.STOP_ALL;
	}
}
