// @ts-check
import { stateVariableFilter } from "./filter.mjs";
import { processLoop } from "./sequencer.mjs";
import { peakOf, transform } from "./signal.mjs";
import { framesFromSeconds, gainFromDecibels } from "./units.mjs";

/** @typedef {import("./signal.mjs").Channels} Channels */

const LOWEST_HERTZ = 20;
const SILENCE_DECIBELS = -66;
const FADE_SECONDS = 0.03;

/**
 * Finishes a one-shot: no offset, silent ends, the given peak, and no inaudible frames.
 *
 * @param {Channels} channels
 * @param {number} peakDecibels - relative to full scale
 */
export function finishOneShot(channels, peakDecibels) {
	return setPeak(fadeOut(trimTail(removeOffset(channels))), peakDecibels);
}

/**
 * Finishes a loop: no offset, the given peak; the seam is unchanged.
 *
 * @param {Channels} loop
 * @param {number} peakDecibels - relative to full scale
 */
export function finishLoop(loop, peakDecibels) {
	return setPeak(processLoop(loop, removeOffset), peakDecibels);
}

/**
 * @param {Channels} channels
 * @returns {Channels}
 */
function removeOffset(channels) {
	return channels.map((signal) => {
		const highpass = stateVariableFilter("highpass");
		return transform(signal, (sample) => highpass(sample, LOWEST_HERTZ));
	});
}

/**
 * Ends the sound one fade after the last frame above silence.
 *
 * @param {Channels} channels
 * @returns {Channels}
 */
function trimTail(channels) {
	const threshold = peakOf(channels) * gainFromDecibels(SILENCE_DECIBELS);
	const last = Math.max(...channels.map((signal) => signal.findLastIndex((sample) => Math.abs(sample) > threshold)));
	return channels.map((signal) => signal.slice(0, last + 1 + framesFromSeconds(FADE_SECONDS)));
}

/**
 * @param {Channels} channels
 * @returns {Channels}
 */
function fadeOut(channels) {
	const fadeFrames = framesFromSeconds(FADE_SECONDS);
	return channels.map((signal) =>
		signal.map((sample, frame) => {
			const remaining = Math.min(1, (signal.length - 1 - frame) / fadeFrames);
			return sample * Math.sin((Math.PI / 2) * remaining) ** 2;
		}),
	);
}

/**
 * @param {Channels} channels
 * @param {number} peakDecibels
 * @returns {Channels}
 */
function setPeak(channels, peakDecibels) {
	const gain = gainFromDecibels(peakDecibels) / peakOf(channels);
	return channels.map((signal) => signal.map((sample) => gain * sample));
}
