import * as command from "../protocol/commands.ts";
import type { Slice } from "../protocol/slice.ts";

/** Where in a 16-bit word the second slice's decay is. */
const SECOND_DECAY = 2;
/** Slices are told to that part of a frame, so that what is read back is what was written. */
const STEPS_PER_FRAME = 256;

/** How many commands so many slices take. */
export function sliceCommands(slices: number): number {
	return Math.max(Math.ceil(slices / command.SLICES_PER_COMMAND), 1);
}

/** Writes slices into a command that is 0 but for its head. @param first - the number of the first one that it carries */
export function writeSlices(entry: DataView, slices: readonly Slice[], first: number): void {
	entry.setUint32(command.SLICES_FIRST, first + 256 * slices.length, true);
	for (let half = 0; half < command.SLICES_PER_COMMAND; half++) {
		const slice = slices[first + half];
		if (slice === undefined) return;
		const { startFrame, onsetFrame, tail } = slice;
		const onset = stepped(onsetFrame);
		entry.setFloat64(command.SLICES_ONSETS + 8 * half, onset, true);
		entry.setFloat32(command.SLICES_LEADS + 4 * half, onset - stepped(startFrame), true);
		if (tail === null) continue;
		entry.setFloat32(command.SLICES_TAILS + 4 * half, stepped(tail.startFrame) - onset, true);
		entry.setFloat32(command.SLICES_PERIODS + 4 * half, stepped(tail.periodFrames), true);
		const decay = Math.round(tail.decay * command.DECAY_STEPS) + (tail.isCorrelated ? command.TAIL_CORRELATED : 0);
		entry.setUint16(command.SLICES_DECAYS + SECOND_DECAY * half, decay, true);
	}
}

/** The slices that a command carries. */
export function readSlices(entry: DataView): {
	readonly slices: Slice[];
	readonly first: number;
	readonly total: number;
} {
	const header = entry.getUint32(command.SLICES_FIRST, true);
	const first = header & 255;
	const total = header >>> 8;
	const count = Math.min(total - first, command.SLICES_PER_COMMAND);
	const slices = Array.from({ length: count }, (_, half): Slice => {
		const onsetFrame = entry.getFloat64(command.SLICES_ONSETS + 8 * half, true);
		const startFrame = onsetFrame - entry.getFloat32(command.SLICES_LEADS + 4 * half, true);
		const periodFrames = entry.getFloat32(command.SLICES_PERIODS + 4 * half, true);
		const decay = entry.getUint16(command.SLICES_DECAYS + SECOND_DECAY * half, true);
		const tail = {
			startFrame: onsetFrame + entry.getFloat32(command.SLICES_TAILS + 4 * half, true),
			periodFrames,
			decay: (decay & command.DECAY_STEPS) / command.DECAY_STEPS,
			isCorrelated: (decay & command.TAIL_CORRELATED) !== 0,
		};
		return { startFrame, onsetFrame, tail: periodFrames === 0 ? null : tail };
	});
	return { slices, first, total };
}

/** A frame as it is told. */
export function stepped(frame: number): number {
	return Math.round(frame * STEPS_PER_FRAME) / STEPS_PER_FRAME;
}
