// @ts-check
import { at } from "./signal.mjs";
import { framesFromSeconds, SAMPLE_RATE } from "./units.mjs";

/** @typedef {import("./signal.mjs").Signal} Signal */

/** Lengths of the network's delay lines in frames: primes, so that their echoes rarely coincide. */
const LINE_FRAMES = { left: [1103, 1447, 1823, 2281], right: [1289, 1619, 2039, 2543] };
/** Lengths of the allpass delays that diffuse the input, in frames. */
const DIFFUSER_FRAMES = { left: [113, 241, 337], right: [127, 229, 353] };
const DIFFUSER_GAIN = 0.6;

/**
 * A room: a network of eight delay lines that feed each other through a Householder reflection.
 *
 * Source: M. Schroeder, "Natural sounding artificial reverberation" (1962), the allpass; J.-M. Jot, A. Chaigne,
 * "Digital delay networks for designing artificial reverberators" (1991), the gains of the lines.
 *
 * @param {[Signal, Signal]} stereo
 * @param {{ decaySeconds: number, wet: number, dampingHertz?: number, tailSeconds?: number }} options - the room falls
 *   by 60 dB in decaySeconds; wet is its gain relative to the dry sound; tailSeconds is added to the length
 * @returns {[Signal, Signal]}
 */
export function reverb([left, right], { decaySeconds, wet, dampingHertz = 6000, tailSeconds = decaySeconds }) {
	const frames = left.length + framesFromSeconds(tailSeconds);
	const outputLeft = new Float64Array(frames);
	const outputRight = new Float64Array(frames);
	const diffuseLeft = diffuser(DIFFUSER_FRAMES.left);
	const diffuseRight = diffuser(DIFFUSER_FRAMES.right);
	const leftLines = LINE_FRAMES.left.map((length) => delayLine(length, decaySeconds, dampingHertz));
	const rightLines = LINE_FRAMES.right.map((length) => delayLine(length, decaySeconds, dampingHertz));
	const lines = [...leftLines, ...rightLines];

	for (let frame = 0; frame < frames; frame++) {
		let reflection = 0;
		for (const line of lines) reflection += line.read();
		reflection *= 2 / lines.length;

		const inputLeft = diffuseLeft(at(left, frame)) - reflection;
		const inputRight = diffuseRight(at(right, frame)) - reflection;
		let roomLeft = 0;
		let roomRight = 0;
		for (const line of leftLines) roomLeft = line.feed(inputLeft) - roomLeft;
		for (const line of rightLines) roomRight = line.feed(inputRight) - roomRight;
		outputLeft[frame] = at(left, frame) + wet * roomLeft;
		outputRight[frame] = at(right, frame) + wet * roomRight;
	}
	return [outputLeft, outputRight];
}

/**
 * Allpass delays in series.
 *
 * @param {number[]} lengths - in frames
 * @returns {(input: number) => number} the next sample
 */
function diffuser(lengths) {
	const delays = lengths.map(allpassDelay);
	return (input) => {
		let sample = input;
		for (const delay of delays) sample = delay(sample);
		return sample;
	};
}

/** @param {number} frames */
function allpassDelay(frames) {
	const buffer = new Float64Array(frames);
	let position = 0;
	return (/** @type {number} */ input) => {
		const delayed = at(buffer, position);
		const stored = input - DIFFUSER_GAIN * delayed;
		buffer[position] = stored;
		position = (position + 1) % frames;
		return delayed + DIFFUSER_GAIN * stored;
	};
}

/**
 * A delay line that attenuates the sound on every pass, high frequencies more.
 *
 * @param {number} frames
 * @param {number} decaySeconds
 * @param {number} dampingHertz
 */
function delayLine(frames, decaySeconds, dampingHertz) {
	const gain = 10 ** ((-3 * frames) / (decaySeconds * SAMPLE_RATE));
	const smoothing = Math.exp((-2 * Math.PI * dampingHertz) / SAMPLE_RATE);
	const buffer = new Float64Array(frames);
	let position = 0;
	let damped = 0;
	return {
		/** The output of the line. */
		read() {
			damped = at(buffer, position) * (1 - smoothing) + damped * smoothing;
			return gain * damped;
		},
		/** Feeds the output back together with the input, and returns it. */
		feed(/** @type {number} */ input) {
			const arrived = gain * damped;
			buffer[position] = input + arrived;
			position = (position + 1) % frames;
			return arrived;
		},
	};
}
