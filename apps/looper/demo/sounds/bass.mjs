// @ts-check
import { decay, held } from "../synthesis/envelope.mjs";
import { stateVariableFilter } from "../synthesis/filter.mjs";
import { oscillator, saw, sine, square } from "../synthesis/oscillator.mjs";
import { saturator } from "../synthesis/saturation.mjs";
import { render } from "../synthesis/signal.mjs";
import { hertzFromPitch } from "../synthesis/units.mjs";

/**
 * One note of an analogue bass: a saw and a square over a sine, through a filter that closes.
 *
 * @param {string} pitch
 * @param {number} holdSeconds
 */
export function bassNote(pitch, holdSeconds) {
	const hertz = hertzFromPitch(pitch);
	const upper = oscillator(saw);
	const hollow = oscillator(square, 0.25);
	const sub = oscillator(sine);
	const filters = [stateVariableFilter("lowpass"), stateVariableFilter("lowpass")];
	const saturate = saturator(1.6);
	const releaseSeconds = 0.18;
	return [
		render(holdSeconds + releaseSeconds, (time) => {
			const cutoff = 250 + 6 * hertz + 2600 * decay(time, 0.45);
			const raw = 0.5 * upper(hertz * 1.003) + 0.3 * hollow(hertz);
			const filtered = filters.reduce((sample, filter) => filter(sample, cutoff, 0.9), raw);
			const level = held(time, { attackSeconds: 0.003, decaySeconds: 1.6, sustain: 0.45, holdSeconds, releaseSeconds });
			return saturate((filtered + 0.45 * sub(hertz)) * level);
		}),
	];
}
