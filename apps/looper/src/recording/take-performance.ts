import type { Performance } from "flitzis-looper";

/** Which frames of a performance a take holds. */
export interface TakenFrames {
	/** Counted from the first frame of the performance that is heard. */
	readonly offset: number;
	readonly frames: number;
}

/**
 * The performance of a take: the part of a longer one that the take holds. Rendered, it gives the take's frames to the bit, as what lies
 * before them becomes pre-roll.
 *
 * @returns null when the performance does not hold all of the take
 */
export function performanceOfTake(performance: Performance, { offset, frames }: TakenFrames): Performance | null {
	if (offset < 0 || offset + frames > performance.frames) return null;
	const preRollFrames = performance.preRollFrames + offset;
	const end = preRollFrames + frames;
	return { ...performance, preRollFrames, frames, commands: performance.commands.filter(({ frame }) => frame < end) };
}
