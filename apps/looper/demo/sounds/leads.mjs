// @ts-check
import { decay, held, strike } from "../synthesis/envelope.mjs";
import { stateVariableFilter } from "../synthesis/filter.mjs";
import { oscillator, saw, sine, square } from "../synthesis/oscillator.mjs";
import { pluckedString } from "../synthesis/plucked-string.mjs";
import { reverb } from "../synthesis/reverb.mjs";
import { saturator } from "../synthesis/saturation.mjs";
import { pan, render, sumStereo, transform } from "../synthesis/signal.mjs";
import { hertzFromPitch } from "../synthesis/units.mjs";

/**
 * Formants of the vowels of "who" and "father", spoken by men: centre in hertz, quality, gain.
 *
 * Source: G. Peterson, H. Barney, "Control methods used in a study of the vowels" (1952), table II, for the centres.
 */
const FORMANTS = [
	{ closedHertz: 300, openHertz: 730, quality: 4.5, gain: 1 },
	{ closedHertz: 870, openHertz: 1090, quality: 7, gain: 0.6 },
	{ closedHertz: 2240, openHertz: 2440, quality: 11, gain: 0.3 },
];

/** Softens the initial noise of the strings. */
const ATTACK_SECONDS = 0.001;

/** A plucked string on A4, doubled an octave below. */
export function pluck() {
	const strings = sumStereo([pan(pluckedNote("A4", 1.5), 0.3), pan(pluckedNote("A3", 1.5), -0.3)]);
	return reverb(strings, { decaySeconds: 1.1, wet: 0.12, tailSeconds: 0.6 });
}

/**
 * One note of a plucked string.
 *
 * @param {string} pitch
 * @param {number} seconds
 */
export function pluckedNote(pitch, seconds) {
	const lowpass = stateVariableFilter("lowpass");
	const frequencyHertz = hertzFromPitch(pitch);
	const string = pluckedString({
		frequencyHertz,
		decaySeconds: 1.2 * seconds,
		seconds,
		seed: Math.round(frequencyHertz),
	});
	return transform(string, (sample, time) => lowpass(sample * Math.min(1, time / ATTACK_SECONDS), 6000));
}

/** A bell on E5 in a hall; its partials are inharmonic. */
export function bell() {
	return reverb(bellNote("E5", 1.4), { decaySeconds: 1.5, wet: 0.1, tailSeconds: 0.6 });
}

/**
 * A bell: a sine that another, `ratio` times as fast, modulates in phase.
 *
 * Source: J. Chowning, "The synthesis of complex audio spectra by means of frequency modulation" (1973).
 *
 * @param {string} pitch
 * @param {number} ratio
 */
export function bellNote(pitch, ratio) {
	const partials = [-0.25, 0.25].map((position) => {
		const carrierHertz = hertzFromPitch(pitch) * (1 + 0.0012 * position);
		const modulatorHertz = carrierHertz * ratio;
		return pan(
			render(2, (time) => {
				const index = 3.5 * decay(time, 1.4);
				const phase = carrierHertz * time + (index / (2 * Math.PI)) * Math.sin(2 * Math.PI * modulatorHertz * time);
				return sine(phase, 0) * strike(time, 0.002, 2.2);
			}),
			position * 3,
		);
	});
	return sumStereo(partials);
}

/** A lead on A4 that slides up to its note, with vibrato. */
export function lead() {
	const voices = [-0.6, 0.6].map((position) => {
		const upper = oscillator(saw);
		const lower = oscillator(square, 0.3);
		const filters = [stateVariableFilter("lowpass"), stateVariableFilter("lowpass")];
		const saturate = saturator(1.4);
		return pan(
			render(1.3, (time) => {
				const vibrato = 0.006 * Math.min(1, Math.max(0, (time - 0.3) / 0.3)) * Math.sin(2 * Math.PI * 5.6 * time);
				const slide = 2 ** ((-5 * decay(time, 0.14)) / 12);
				const hertz = hertzFromPitch("A4") * slide * (1 + vibrato + 0.003 * position);
				const raw = 0.6 * upper(hertz) + 0.4 * lower(hertz / 2);
				const tone = filters.reduce((sample, filter) => filter(sample, 1300 + 5200 * decay(time, 0.9), 1), raw);
				const shape = { attackSeconds: 0.006, decaySeconds: 1, sustain: 0.6, holdSeconds: 0.9, releaseSeconds: 0.4 };
				return saturate(tone * held(time, shape));
			}),
			position,
		);
	});
	return reverb(sumStereo(voices), { decaySeconds: 1.2, wet: 0.1, tailSeconds: 0.8 });
}

/** Three voices on A3 that open and close their vowel. */
export function voice() {
	const singers = [-0.7, 0, 0.7].map((position) => {
		const cords = oscillator(saw, 0.5 + 0.4 * position);
		const throat = stateVariableFilter("lowpass");
		const formants = FORMANTS.map((formant) => ({ ...formant, resonate: stateVariableFilter("bandpass") }));
		return pan(
			render(1.5, (time) => {
				const vibrato = 0.007 * Math.min(1, time / 0.5) * Math.sin(2 * Math.PI * (5.3 * time + 0.21 * position));
				const pulse = throat(cords(hertzFromPitch("A3") * (1 + vibrato + 0.004 * position)), 2600);
				const openness = Math.sin(Math.PI * Math.min(1, (time + 0.05) / 1.3)) ** 1.5;
				const sung = formants.reduce((total, { closedHertz, openHertz, quality, gain, resonate }) => {
					const centre = closedHertz + openness * (openHertz - closedHertz);
					return total + gain * resonate(pulse, centre, quality);
				}, 0);
				const shape = { attackSeconds: 0.05, decaySeconds: 2, sustain: 0.8, holdSeconds: 1.05, releaseSeconds: 0.5 };
				return sung * held(time, shape);
			}),
			position,
		);
	});
	return reverb(sumStereo(singers), { decaySeconds: 1.4, wet: 0.12, tailSeconds: 0.8 });
}
