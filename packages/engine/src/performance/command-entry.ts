import * as message from "../protocol/commands.ts";
import { COMMAND_BYTES } from "../protocol/layout.ts";
import type { PerformanceCommand } from "./performance.ts";

/**
 * The record of a command that takes effect at its frame, counted from the kernel's first.
 *
 * @returns COMMAND_BYTES / 4 words; null for a load, which cannot wait for its frame.
 */
export function commandEntry(command: PerformanceCommand): Int32Array | null {
	const view = new DataView(new ArrayBuffer(COMMAND_BYTES));
	const type = fill(view, command);
	if (type === null) return null;
	view.setUint32(message.COMMAND_TYPE, type | message.AT_FRAME, true);
	view.setUint32(message.COMMAND_SLOT, "slot" in command ? command.slot : 0, true);
	view.setUint32(message.COMMAND_FRAME_LOW, command.frame % 2 ** 32, true);
	view.setUint32(message.COMMAND_FRAME_HIGH, Math.floor(command.frame / 2 ** 32), true);
	return new Int32Array(view.buffer);
}

/** Writes a command's own arguments. @returns its type */
function fill(view: DataView, command: PerformanceCommand): number | null {
	switch (command.type) {
		case "play":
			view.setFloat32(message.PLAY_VELOCITY, command.velocity, true);
			view.setUint32(message.PLAY_FLAGS, command.loop ? message.PLAY_LOOPING : 0, true);
			return message.PLAY_SAMPLE;
		case "gain":
			view.setFloat32(message.GAIN_DECIBELS, command.decibels, true);
			return message.SET_MASTER_GAIN;
		case "stop":
			return message.STOP_SAMPLE;
		case "unload":
			return message.UNLOAD_SAMPLE;
		case "stopAll":
			return message.STOP_ALL;
		case "load":
			return null;
	}
}
