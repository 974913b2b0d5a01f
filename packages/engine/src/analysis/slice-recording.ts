import type { SliceMessage } from "../protocol/analysis-messages.ts";
import { MAX_SLICES } from "../protocol/commands.ts";
import type { Slice } from "../protocol/slice.ts";
import type { AnalysisTools, Recording } from "./analyze.ts";
import { findOnsets } from "./find-onsets.ts";
import { findSlices } from "./find-slices.ts";
import { LoopSignal } from "./loop-signal.ts";
import { ONSETS } from "./stages.ts";

/** Frames read at once. */
const PIECE = 8192;
/** By so much the least and the greatest sensitivity differ from the usual one. */
const RANGE = 4;
/** How loud an onset is shows within that. */
const ATTACK_SECONDS = 0.01;

/** Finds the slices of a loop, in its own frames. Thread: analysis. */
export async function sliceRecording(
	recording: Recording,
	asked: Pick<SliceMessage, "onsets" | "sensitivity" | "hasTails">,
	tools: Pick<AnalysisTools, "loaderModule" | "pause">,
): Promise<Slice[]> {
	const { frames, channels, sampleRate } = recording;
	const samples = new Float32Array(frames * channels);
	for (let first = 0; first < frames; first += PIECE) {
		samples.set(await recording.read(first, Math.min(PIECE, frames - first)), first * channels);
		await tools.pause(ONSETS, first / frames);
	}
	const signal = new LoopSignal(samples, channels, sampleRate);
	const threshold = RANGE ** (1 - 2 * asked.sensitivity);
	const onsets =
		asked.onsets ??
		strongest(
			findOnsets(tools.loaderModule, signal.mono(recording.peak), { sampleRate, isLoop: true, threshold }).frames,
			signal,
		);
	await tools.pause(ONSETS, 1);
	return findSlices(signal, onsets, asked.hasTails);
}

/** As many onsets as a pad may have slices: those by which the level rises most. */
function strongest(onsets: readonly number[], signal: LoopSignal): readonly number[] {
	if (onsets.length <= MAX_SLICES) return onsets;
	const attack = signal.framesOf(ATTACK_SECONDS);
	const rise = (onset: number): number => signal.energy(onset, onset + attack) - signal.energy(onset - attack, onset);
	const kept = new Set(onsets.toSorted((one, other) => rise(other) - rise(one)).slice(0, MAX_SLICES));
	return onsets.filter((onset) => kept.has(onset));
}
