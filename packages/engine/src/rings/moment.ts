import { AT_FRAME, AT_LINE } from "../protocol/commands.ts";

/** Flags of a command that may wait in the kernel. */
export const TIMED: number = AT_FRAME | AT_LINE;

/**
 * When a command takes effect: a frame, 0..2^53 - 1; `IMMEDIATELY`; or a line, as `onLine` encodes it. One number, because an object
 * would be allocated for each command.
 */
export type Moment = number;

/** At the start of the next block. */
export const IMMEDIATELY = -1;

/** Below IMMEDIATELY for every quantum of 1/32 beat and more; a power of two, so that no bit of the quantum is lost. */
const LINE_SCALE = -64;

/** On the next line of a quantum, in beats. */
export function onLine(quantum: number): Moment {
	return quantum * LINE_SCALE;
}

/** The quantum of a moment on a line, 0 for every other. */
export function quantumOf(moment: Moment): number {
	return moment < IMMEDIATELY ? moment / LINE_SCALE : 0;
}
