import { crossCorrelation } from "./correlation.ts";

/** The position and gain of a known sample in a recording. */
export interface Alignment {
	/** Frame of the recording at which the sample starts. */
	readonly offsetFrames: number;
	/** Gain of the sample, by least squares. */
	readonly gain: number;
	/** Energy that the sample at this gain leaves unexplained, in decibels relative to its own; -Infinity for none, Infinity for a silent recording. */
	readonly residualDecibels: number;
	/** Longest run of frames in which the recording is silent though the sample is not. */
	readonly longestGapFrames: number;
}

/** Silence threshold of -100 dB, before the gain. */
const SILENCE = 1e-5;

function energyOf(signal: Float32Array): number {
	let sum = 0;
	for (const sample of signal) sum += sample * sample;
	return sum;
}

/** The offset with the highest normalised correlation. */
function likeliestOffset(reference: Float32Array, recording: Float32Array): number {
	const correlation = crossCorrelation(reference, recording);
	const { length } = reference;
	// A floor that avoids dividing silence by almost zero.
	const leastEnergy = length * SILENCE * SILENCE;
	let energy = energyOf(recording.subarray(0, length));
	let likeliest = 0;
	let best = -1;
	for (const [offset, sum] of correlation.entries()) {
		const likeness = (sum * sum) / Math.max(energy, leastEnergy);
		if (likeness > best) {
			best = likeness;
			likeliest = offset;
		}
		energy += (recording[offset + length] ?? 0) ** 2 - recording[offset]! ** 2;
	}
	return likeliest;
}

function longestGap(reference: Float32Array, recorded: Float32Array, gain: number): number {
	const silence = SILENCE * Math.abs(gain || 1);
	let longest = 0;
	let current = 0;
	for (const [frame, sample] of recorded.entries()) {
		const isMissing = Math.abs(sample) < silence && Math.abs(reference[frame]!) > 2 * SILENCE;
		current = isMissing ? current + 1 : 0;
		longest = Math.max(longest, current);
	}
	return longest;
}

/**
 * Finds a known sample in a recording of the same rate.
 *
 * @param reference - one channel of the sample, not silent
 * @param recording - one channel of the recording, at least as long
 * @throws RangeError if they cannot be aligned
 */
export function align(reference: Float32Array, recording: Float32Array): Alignment {
	const energy = energyOf(reference);
	if (energy === 0) throw new RangeError("The reference is silent.");
	if (recording.length < reference.length) {
		throw new RangeError(
			`The recording has ${recording.length} frames, fewer than the ${reference.length} of the reference.`,
		);
	}
	const offsetFrames = likeliestOffset(reference, recording);
	const recorded = recording.subarray(offsetFrames, offsetFrames + reference.length);
	let product = 0;
	for (const [frame, sample] of recorded.entries()) product += sample * reference[frame]!;
	const gain = product / energy;
	let residual = 0;
	for (const [frame, sample] of recorded.entries()) residual += (sample - gain * reference[frame]!) ** 2;
	return {
		offsetFrames,
		gain,
		residualDecibels: gain === 0 ? Infinity : 10 * Math.log10(residual / (gain * gain * energy)),
		longestGapFrames: longestGap(reference, recorded, gain),
	};
}
