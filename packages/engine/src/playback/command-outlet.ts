import { checkMoment } from "../check-arguments.ts";
import { notRunning } from "../errors.ts";
import type { TimingOptions } from "../protocol/engine-types.ts";
import type { CommandWriter } from "../rings/command-writer.ts";
import type { Moment } from "../rings/moment.ts";

/** Takes commands to the audio thread. */
export interface CommandOutlet {
	/**
	 * Sends all commands that `write` writes, or none.
	 *
	 * @param count - how many; @returns false, with nothing sent, before the audio thread exists
	 * @throws LooperError `ring-full`, `closed`, or `not-running` for a moment while that is suspended.
	 */
	send(count: number, moment: Moment, write: (writer: CommandWriter) => boolean): boolean;
}

/** What sends single commands, each at the moment of its options. It throws as the outlet does, and as `checkMoment`. */
export function sender(
	outlet: CommandOutlet,
): (options: TimingOptions | undefined, write: (writer: CommandWriter, moment: Moment) => boolean) => void {
	return (options, write) => {
		const moment = checkMoment(options);
		if (!outlet.send(1, moment, (writer) => write(writer, moment))) throw notRunning();
	};
}
