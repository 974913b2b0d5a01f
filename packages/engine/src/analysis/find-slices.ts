import type { Slice } from "../protocol/slice.ts";
import { findTail } from "./find-tail.ts";
import type { LoopSignal } from "./loop-signal.ts";

/** A slice is cut where that much is quietest, in that span before its onset. */
const QUIET_SECONDS = 0.001;
const EARLIEST_SECONDS = 0.005;
const LATEST_SECONDS = 0.001;
/** A tail ends so long before the next slice is cut. */
const BEFORE_CUT_SECONDS = 0.002;

/**
 * Cuts a loop at its onsets. The cut lies a little before the onset, so that what joins there has faded in when it begins to sound.
 *
 * Thread: analysis.
 *
 * @param onsets - frames, ascending
 */
export function findSlices(signal: LoopSignal, onsets: readonly number[], hasTails: boolean): Slice[] {
	const cuts = onsets.map((onset, index) => findCut(signal, onset, onset - before(onsets, index, signal.frames)));
	return onsets.map((onsetFrame, index) => {
		const next = cuts[index + 1] ?? cuts[0]! + signal.frames;
		const end = next - signal.framesOf(BEFORE_CUT_SECONDS);
		return { startFrame: cuts[index]!, onsetFrame, tail: hasTails ? findTail(signal, onsetFrame, end) : null };
	});
}

/** The onset before, which the first finds in the round before. */
function before(onsets: readonly number[], index: number, frames: number): number {
	return onsets[index - 1] ?? onsets.at(-1)! - frames;
}

/** The quietest place before an onset. @param apart - frames since the onset before it */
function findCut(signal: LoopSignal, onset: number, apart: number): number {
	const half = Math.max(signal.framesOf(QUIET_SECONDS) >> 1, 1);
	const latest = onset - Math.min(signal.framesOf(LATEST_SECONDS), apart >> 1);
	const earliest = onset - Math.min(signal.framesOf(EARLIEST_SECONDS), apart >> 1);
	let quietest = latest;
	let least = Number.POSITIVE_INFINITY;
	for (let frame = latest; frame >= earliest; frame--) {
		const energy = signal.energy(frame - half, frame + half);
		if (energy >= least) continue;
		least = energy;
		quietest = frame;
	}
	return quietest;
}
