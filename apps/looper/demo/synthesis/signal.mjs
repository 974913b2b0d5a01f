// @ts-check
import { framesFromSeconds, SAMPLE_RATE } from "./units.mjs";

/** @typedef {Float64Array<ArrayBuffer>} Signal one channel, nominally -1..1 */
/** @typedef {Signal[]} Channels one or two channels of equal length */

/**
 * Computes a signal frame by frame.
 *
 * @param {number} seconds
 * @param {(timeSeconds: number) => number} sampleAt - called once per frame, in order
 * @returns {Signal}
 */
export function render(seconds, sampleAt) {
	const signal = new Float64Array(framesFromSeconds(seconds));
	for (let frame = 0; frame < signal.length; frame++) signal[frame] = sampleAt(frame / SAMPLE_RATE);
	return signal;
}

/**
 * Processes every frame of a signal with a stateful function.
 *
 * @param {Signal} signal
 * @param {(sample: number, timeSeconds: number) => number} process - called once per frame, in order
 * @returns {Signal}
 */
export function transform(signal, process) {
	return signal.map((sample, frame) => process(sample, frame / SAMPLE_RATE));
}

/**
 * Adds a signal to another; frames beyond the end wrap to the start.
 *
 * @param {Signal} target - changed in place
 * @param {Signal} signal
 * @param {{ startFrame?: number, gain?: number }} [options] - startFrame is 0 or more
 */
export function mixWrapped(target, signal, { startFrame = 0, gain = 1 } = {}) {
	for (let frame = 0; frame < signal.length; frame++) {
		const targetFrame = (startFrame + frame) % target.length;
		target[targetFrame] = at(target, targetFrame) + gain * at(signal, frame);
	}
}

/**
 * The sum of signals, as long as the longest.
 *
 * @param {Signal[]} signals
 * @returns {Signal}
 */
export function sum(signals) {
	const total = new Float64Array(Math.max(...signals.map((signal) => signal.length)));
	for (const signal of signals) mixWrapped(total, signal);
	return total;
}

/**
 * Pans a signal at constant power.
 *
 * @param {Signal} signal
 * @param {number} [position] - -1 left, 0 centre, 1 right
 * @returns {[Signal, Signal]}
 */
export function pan(signal, position = 0) {
	const angle = ((position + 1) * Math.PI) / 4;
	return [signal.map((sample) => sample * Math.cos(angle)), signal.map((sample) => sample * Math.sin(angle))];
}

/**
 * The sum of stereo sounds, as long as the longest.
 *
 * @param {[Signal, Signal][]} sounds
 * @returns {[Signal, Signal]}
 */
export function sumStereo(sounds) {
	return [sum(sounds.map(([left]) => left)), sum(sounds.map(([, right]) => right))];
}

/**
 * The largest magnitude in any channel.
 *
 * @param {Channels} channels
 */
export function peakOf(channels) {
	let peak = 0;
	for (const signal of channels) for (const sample of signal) peak = Math.max(peak, Math.abs(sample));
	return peak;
}

/**
 * One frame of a signal, 0 outside it.
 *
 * @param {Signal} signal
 * @param {number} frame
 */
export function at(signal, frame) {
	return signal[frame] ?? 0;
}
