// @ts-check
import { SAMPLE_RATE } from "./units.mjs";

const BUTTERWORTH_QUALITY = Math.SQRT1_2;

/**
 * A two-pole state variable filter, stable while its cutoff changes.
 *
 * Source: V. Zavalishin, "The Art of VA Filter Design" (2012), chapter 4.
 *
 * @param {"lowpass" | "bandpass" | "highpass"} output - the bandpass has a gain of 1 at its centre
 * @returns {(input: number, cutoffHertz: number, quality?: number) => number} the next sample
 */
export function stateVariableFilter(output) {
	let bandState = 0;
	let lowState = 0;
	let cutoff = 0;
	let warped = 0;
	return (input, cutoffHertz, quality = BUTTERWORTH_QUALITY) => {
		if (cutoffHertz !== cutoff) {
			cutoff = cutoffHertz;
			warped = Math.tan((Math.PI * Math.min(cutoffHertz, 0.45 * SAMPLE_RATE)) / SAMPLE_RATE);
		}
		const damping = 1 / quality;
		const high = (input - (damping + warped) * bandState - lowState) / (1 + warped * (damping + warped));
		const band = warped * high + bandState;
		const low = warped * band + lowState;
		bandState = warped * high + band;
		lowState = warped * band + low;
		if (output === "lowpass") return low;
		return output === "bandpass" ? damping * band : high;
	};
}
