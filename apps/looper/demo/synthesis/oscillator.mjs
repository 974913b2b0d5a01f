// @ts-check
import { SAMPLE_RATE } from "./units.mjs";

/** @typedef {(phase: number, increment: number) => number} Waveform phase 0..1, its increment per frame in cycles */

/**
 * Accumulates phase and evaluates a waveform at it.
 *
 * @param {Waveform} waveform
 * @param {number} [startPhase] - 0..1
 * @returns {(frequencyHertz: number) => number} the next sample; the frequency may change at every frame
 */
export function oscillator(waveform, startPhase = 0) {
	let phase = startPhase;
	return (frequencyHertz) => {
		const increment = frequencyHertz / SAMPLE_RATE;
		const sample = waveform(phase, increment);
		phase += increment;
		phase -= Math.floor(phase);
		return sample;
	};
}

/** @type {Waveform} */
export function sine(phase) {
	return Math.sin(2 * Math.PI * phase);
}

/**
 * A rising sawtooth whose step is band-limited.
 *
 * @type {Waveform}
 */
export function saw(phase, increment) {
	return 2 * phase - 1 - stepResidual(phase, increment);
}

/**
 * A square wave whose steps are band-limited.
 *
 * @type {Waveform}
 */
export function square(phase, increment) {
	const opposite = phase < 0.5 ? phase + 0.5 : phase - 0.5;
	return (phase < 0.5 ? 1 : -1) + stepResidual(phase, increment) - stepResidual(opposite, increment);
}

/**
 * The correction that band-limits a step of height 2 at phase 0: a polynomial over one frame on either side.
 *
 * Source: V. Välimäki, J. Pekonen, J. Nam, "Perceptually informed synthesis of bandlimited classical waveforms using
 * integrated polynomial interpolation" (2012).
 *
 * @param {number} phase
 * @param {number} increment
 */
function stepResidual(phase, increment) {
	if (phase < increment) {
		const after = phase / increment - 1;
		return -after * after;
	}
	if (phase > 1 - increment) {
		const before = (phase - 1) / increment + 1;
		return before * before;
	}
	return 0;
}
