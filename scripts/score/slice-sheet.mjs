import { quantile } from "./quantile.mjs";

/** Seconds of a hit that are its attack. */
const ATTACK_SEC = 0.01;
/** Windows of the level, and from one to the next. */
const LEVEL_SEC = 0.02;
const LEVEL_STEP_SEC = 0.005;
/** Where a slice's level is looked at: behind its attack, and before the next one's. */
const BODY_BEGIN_SEC = 0.015;
const BODY_END_SEC = 0.012;
/** What is more quiet than this, compared with the loudest place, is not looked at. */
const QUIET_DECIBELS = -30;
/** A hit that is further than this from every slice is a false one. */
const FALSE_HIT_SEC = 0.01;

/**
 * What one slice should be heard as.
 *
 * @typedef {object} ExpectedSlice
 * @property {number} onset the frame of the loop
 * @property {number} frame the frame of the rendering
 * @property {number} frames until the next one joins in
 */

/** @param {Float32Array} samples @param {number} from @param {number} to */
function energyOf(samples, from, to) {
	let energy = 0;
	for (let frame = Math.max(from, 0); frame < to; frame++) energy += (samples[frame] ?? 0) ** 2;
	return energy;
}

/** @param {Float32Array} samples */
function longestStep(samples) {
	let longest = 0;
	for (let frame = 1; frame < samples.length; frame++)
		longest = Math.max(longest, Math.abs((samples[frame] ?? 0) - (samples[frame - 1] ?? 0)));
	return longest;
}

/** Adds up how slices sound at one tempo ratio, over many loops. */
export class SliceSheet {
	#slices = 0;
	#exact = 0;
	#falseHits = 0;
	/** @type {number[]} */
	#attacks = [];
	/** @type {number[]} */
	#dips = [];
	/** @type {number[]} */
	#holes = [];
	/** @type {number[]} */
	#steps = [];

	/**
	 * @param {{ loop: Float32Array, heard: Float32Array, sampleRate: number, ratio: number | null, expected: readonly ExpectedSlice[] }} rendering
	 * @param {readonly number[]} hitsSec - what an analysis of the rendering finds
	 */
	add({ loop, heard, sampleRate, ratio, expected }, hitsSec) {
		this.#steps.push(20 * Math.log10(longestStep(heard) / longestStep(loop)));
		const attacks = expected.map(({ onset, frames }) => {
			const length = Math.max(Math.min(Math.round(ATTACK_SEC * sampleRate), frames, loop.length - onset), 1);
			return { length, energy: energyOf(loop, onset, onset + length) };
		});
		const loudest = Math.max(...attacks.map(({ energy }) => energy));
		for (const [index, { onset, frame }] of expected.entries()) {
			const { length, energy } = attacks[index] ?? { length: 1, energy: 0 };
			this.#slices += 1;
			const isExact = loop
				.subarray(onset, onset + length)
				.every((sample, place) => Math.abs(sample - (heard[frame + place] ?? Number.NaN)) === 0);
			if (isExact) this.#exact += 1;
			if (10 * Math.log10(energy / loudest) < QUIET_DECIBELS) continue;
			this.#attacks.push(10 * Math.log10(energyOf(heard, frame, frame + length) / energy));
		}
		if (ratio !== null) this.#addDips(loop, heard, sampleRate, ratio, expected);
		const near = (/** @type {number} */ hit) =>
			expected.some(({ frame }) => Math.abs(frame / sampleRate - hit) <= FALSE_HIT_SEC);
		this.#falseHits += hitsSec.filter((hit) => !near(hit)).length;
	}

	/**
	 * How far the level falls below that of the same place in the loop, and how far below what the hit itself would have left by then:
	 * a drum dies away at its own speed, however slow the music is. Behind the end of its slice it goes on falling as in the slice's
	 * second half.
	 *
	 * @param {Float32Array} loop @param {Float32Array} heard @param {number} sampleRate @param {number} ratio
	 * @param {readonly ExpectedSlice[]} expected
	 */
	#addDips(loop, heard, sampleRate, ratio, expected) {
		const half = Math.round((LEVEL_SEC * sampleRate) / 2);
		const step = Math.round(LEVEL_STEP_SEC * sampleRate);
		let loudest = 0;
		for (let frame = half; frame < loop.length - half; frame += step)
			loudest = Math.max(loudest, energyOf(loop, frame - half, frame + half));
		for (const { onset, frame, frames } of expected) {
			let dip = Number.POSITIVE_INFINITY;
			let hole = Number.POSITIVE_INFINITY;
			const length = Math.floor(frames * ratio);
			const levelAt = (/** @type {number} */ passed) =>
				10 * Math.log10(energyOf(loop, onset + passed - half, onset + passed + half) / loudest);
			const last = Math.max(length - half, half);
			const middle = Math.max(Math.round(length / 2), half);
			const fall = Math.max((levelAt(middle) - levelAt(last)) / Math.max(last - middle, 1), 0);
			const end = frame + frames - Math.round(BODY_END_SEC * sampleRate);
			for (let at = frame + Math.round(BODY_BEGIN_SEC * sampleRate) + half; at < end; at += step) {
				const place = Math.round(onset + (at - frame) * ratio);
				if (at + half > heard.length || place + half > loop.length) break;
				const energy = energyOf(loop, place - half, place + half);
				if (10 * Math.log10(energy / loudest) < QUIET_DECIBELS) continue;
				const heardLevel = 10 * Math.log10(energyOf(heard, at - half, at + half) / loudest);
				const level = 10 * Math.log10(energy / loudest);
				const passed = at - frame;
				const ownLevel = passed <= last ? levelAt(passed) : levelAt(last) - fall * (passed - last);
				dip = Math.min(dip, heardLevel - level);
				hole = Math.min(hole, heardLevel - Math.min(level, ownLevel));
			}
			if (dip !== Number.POSITIVE_INFINITY) this.#dips.push(dip);
			if (hole !== Number.POSITIVE_INFINITY) this.#holes.push(hole);
		}
	}

	/** @returns {string[]} attack, dip, hole, step, false hits and exact attacks */
	read() {
		return [
			quantile(this.#attacks, 0.05).toFixed(2),
			this.#dips.length === 0 ? "–" : quantile(this.#dips, 0.05).toFixed(1),
			this.#holes.length === 0 ? "–" : quantile(this.#holes, 0.05).toFixed(1),
			Math.max(...this.#steps).toFixed(2),
			((100 * this.#falseHits) / this.#slices).toFixed(1),
			`${((100 * this.#exact) / this.#slices).toFixed(1)} % of ${this.#slices}`,
		];
	}
}
