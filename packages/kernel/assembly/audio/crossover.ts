/**
 * The equalizer's filters: Linkwitz-Riley crossovers of the fourth order at 250 Hz and 4 kHz, two stereo signals in the four lanes.
 *
 * Each is two Butterworth sections in the trapezoidal state-variable form, which gives a low pass and an all-pass from one section:
 * the low band is the second section's low pass, the high band the first section's all-pass less the low band. What is above 4 kHz
 * goes through the all-pass at 250 Hz, so that the three bands add up to an all-pass. At 250 Hz the states add up small steps;
 * they carry on what rounding has taken off (Kahan), without which the noise is up to 15 dB higher.
 *
 * Source: V. Zavalishin, "The Art of VA Filter Design" (2012), chapters 4 and 5; W. Kahan, "Further Remarks on Reducing Truncation
 * Errors" (1965).
 */
import { SMALLEST_SAMPLE } from "./gain";
import { FRAME_BYTES } from "./mix";

/** Frames between two moments at which what is too small in the states becomes 0. */
export const CHUNK_FRAMES: u32 = 16;
/** Bytes of a stereo signal's states. */
export const STATES_BYTES: u32 = 128;

const LOW_HERTZ: f64 = 250;
const HIGH_HERTZ: f64 = 4000;
/** The highest crossover as a part of the sample rate. */
const HIGHEST_SHARE: f64 = 0.45;
const DAMPING: f64 = 1.4142135623730951;

/**
 * Of each crossover four vectors: what a section's input adds to its band state and its low state loses it, what its band state loses
 * itself, and what both of them add to the low state likewise.
 */
const COEFFICIENTS = memory.data(128, 16);
const CROSSOVER_BYTES: usize = 64;
/** States of the two signals: two vectors per section, first those at 4 kHz, then what the three at 250 Hz carry on. */
const STATES = memory.data(256, 16);
/** What the crossover at 4 kHz makes of a chunk. */
const BELOW = memory.data(256, 16);
const ABOVE = memory.data(256, 16);

/** Computes the coefficients. */
export function setCrossovers(sampleRate: f64): void {
	setCrossover(COEFFICIENTS, HIGH_HERTZ, sampleRate);
	setCrossover(COEFFICIENTS + CROSSOVER_BYTES, LOW_HERTZ, sampleRate);
}

/**
 * Filters two stereo signals in place.
 *
 * @param gains - of each frame four vectors: of the unfiltered signal, a quarter of the low band's less the middle one's, of the middle
 * and the high band with what is below
 * @param gainBytes - from one frame's gains to the next frame's
 * @param phase - any count of frames that goes on from call to call: where CHUNK_FRAMES divides it the states are floored
 */
export function filterPair(
	one: usize,
	other: usize,
	oneStates: usize,
	otherStates: usize,
	gains: usize,
	gainBytes: usize,
	frames: u32,
	phase: u32,
): void {
	for (let at: usize = 0; at < STATES_BYTES; at += 8) {
		v128.store(STATES + 2 * at, pairAt(oneStates + at, otherStates + at));
	}
	while (frames > 0) {
		const chunk = min(frames, CHUNK_FRAMES - (phase & (CHUNK_FRAMES - 1)));
		splitHigh(one, other, chunk);
		splitLow(one, other, gains, gainBytes, chunk);
		phase += chunk;
		if ((phase & (CHUNK_FRAMES - 1)) == 0) floorStates();
		one += chunk * FRAME_BYTES;
		other += chunk * FRAME_BYTES;
		gains += <usize>chunk * gainBytes;
		frames -= chunk;
	}
	for (let at: usize = 0; at < STATES_BYTES; at += 8) {
		storePair(oneStates + at, otherStates + at, v128.load(STATES + 2 * at));
	}
}

/** What is too small to be heard in the states, or no number, becomes 0. */
function floorStates(): void {
	for (let at = STATES; at < STATES + 2 * STATES_BYTES; at += 16) v128.store(at, floored(v128.load(at)));
}

function setCrossover(target: usize, hertz: f64, sampleRate: f64): void {
	const step = Math.tan(Math.PI * min(hertz / sampleRate, HIGHEST_SHARE));
	const input = 1 / (1 + step * (step + DAMPING));
	const gain = 2 * step * input;
	const loss = 2 * (1 - input);
	v128.store(target, f32x4.splat(<f32>gain));
	v128.store(target, f32x4.splat(<f32>loss), 16);
	v128.store(target, f32x4.splat(<f32>(step * gain)), 32);
	v128.store(target, f32x4.splat(<f32>(step * (2 - loss))), 48);
}

/**
 * Splits frames at 4 kHz.
 *
 * A section's outputs are the sums of its states before and behind the step: twice its band, and twice its low pass, which after two
 * sections is four times the low band.
 */
function splitHigh(one: usize, other: usize, frames: u32): void {
	const gain = v128.load(COEFFICIENTS);
	const loss = v128.load(COEFFICIENTS, 16);
	const lowGain = v128.load(COEFFICIENTS, 32);
	const step = v128.load(COEFFICIENTS, 48);
	const damping = f32x4.splat(<f32>DAMPING);
	const quarter = f32x4.splat(0.25);
	let band1 = v128.load(STATES);
	let low1 = v128.load(STATES, 16);
	let band2 = v128.load(STATES, 32);
	let low2 = v128.load(STATES, 48);
	const end = frames * 16;
	for (let at: usize = 0; at < end; at += 16, one += FRAME_BYTES, other += FRAME_BYTES) {
		const input = floored(pairAt(one, other));
		let next = f32x4.add(band1, f32x4.sub(f32x4.mul(gain, input), lossOf(band1, low1, loss, gain)));
		let nextLow = f32x4.add(low1, f32x4.add(f32x4.mul(lowGain, input), gainOf(band1, low1, step, lowGain)));
		const all = f32x4.sub(input, f32x4.mul(damping, f32x4.add(band1, next)));
		const low = f32x4.add(low1, nextLow);
		band1 = next;
		low1 = nextLow;

		next = f32x4.add(band2, f32x4.sub(f32x4.mul(gain, low), lossOf(band2, low2, loss, gain)));
		nextLow = f32x4.add(low2, f32x4.add(f32x4.mul(lowGain, low), gainOf(band2, low2, step, lowGain)));
		const below = f32x4.mul(quarter, f32x4.add(low2, nextLow));
		band2 = next;
		low2 = nextLow;
		v128.store(BELOW + at, below);
		v128.store(ABOVE + at, f32x4.sub(all, below));
	}
	v128.store(STATES, band1);
	v128.store(STATES, low1, 16);
	v128.store(STATES, band2, 32);
	v128.store(STATES, low2, 48);
}

/** Splits what lies below 4 kHz at 250 Hz, lets the rest pass that crossover, and writes the sum of all bands. */
function splitLow(one: usize, other: usize, gains: usize, gainBytes: usize, frames: u32): void {
	const gain = v128.load(COEFFICIENTS + CROSSOVER_BYTES);
	const loss = v128.load(COEFFICIENTS + CROSSOVER_BYTES, 16);
	const lowGain = v128.load(COEFFICIENTS + CROSSOVER_BYTES, 32);
	const step = v128.load(COEFFICIENTS + CROSSOVER_BYTES, 48);
	const damping = f32x4.splat(<f32>DAMPING);
	let band1 = v128.load(STATES, 64);
	let low1 = v128.load(STATES, 80);
	let band2 = v128.load(STATES, 96);
	let low2 = v128.load(STATES, 112);
	let band3 = v128.load(STATES, 128);
	let low3 = v128.load(STATES, 144);
	let bandCarry1 = v128.load(STATES, 160);
	let lowCarry1 = v128.load(STATES, 176);
	let bandCarry2 = v128.load(STATES, 192);
	let lowCarry2 = v128.load(STATES, 208);
	let bandCarry3 = v128.load(STATES, 224);
	let lowCarry3 = v128.load(STATES, 240);
	const end = frames * 16;
	for (let at: usize = 0; at < end; at += 16, one += FRAME_BYTES, other += FRAME_BYTES, gains += gainBytes) {
		const below = v128.load(BELOW + at);
		let change = f32x4.sub(f32x4.add(f32x4.mul(gain, below), bandCarry1), lossOf(band1, low1, loss, gain));
		let lowChange = f32x4.add(f32x4.add(f32x4.mul(lowGain, below), lowCarry1), gainOf(band1, low1, step, lowGain));
		let next = f32x4.add(band1, change);
		let nextLow = f32x4.add(low1, lowChange);
		bandCarry1 = lostIn(next, band1, change);
		lowCarry1 = lostIn(nextLow, low1, lowChange);
		let all = f32x4.sub(below, f32x4.mul(damping, f32x4.add(band1, next)));
		let low = f32x4.add(low1, nextLow);
		band1 = next;
		low1 = nextLow;

		change = f32x4.sub(f32x4.add(f32x4.mul(gain, low), bandCarry2), lossOf(band2, low2, loss, gain));
		lowChange = f32x4.add(f32x4.add(f32x4.mul(lowGain, low), lowCarry2), gainOf(band2, low2, step, lowGain));
		next = f32x4.add(band2, change);
		nextLow = f32x4.add(low2, lowChange);
		bandCarry2 = lostIn(next, band2, change);
		lowCarry2 = lostIn(nextLow, low2, lowChange);
		low = f32x4.add(low2, nextLow);
		band2 = next;
		low2 = nextLow;
		let output = f32x4.add(f32x4.mul(v128.load(gains, 16), low), f32x4.mul(v128.load(gains, 32), all));

		const above = v128.load(ABOVE + at);
		change = f32x4.sub(f32x4.add(f32x4.mul(gain, above), bandCarry3), lossOf(band3, low3, loss, gain));
		lowChange = f32x4.add(f32x4.add(f32x4.mul(lowGain, above), lowCarry3), gainOf(band3, low3, step, lowGain));
		next = f32x4.add(band3, change);
		nextLow = f32x4.add(low3, lowChange);
		bandCarry3 = lostIn(next, band3, change);
		lowCarry3 = lostIn(nextLow, low3, lowChange);
		all = f32x4.sub(above, f32x4.mul(damping, f32x4.add(band3, next)));
		band3 = next;
		low3 = nextLow;
		output = f32x4.add(output, f32x4.mul(v128.load(gains, 48), all));

		output = f32x4.add(output, f32x4.mul(v128.load(gains), floored(pairAt(one, other))));
		storePair(one, other, floored(output));
	}
	v128.store(STATES, band1, 64);
	v128.store(STATES, low1, 80);
	v128.store(STATES, band2, 96);
	v128.store(STATES, low2, 112);
	v128.store(STATES, band3, 128);
	v128.store(STATES, low3, 144);
	v128.store(STATES, bandCarry1, 160);
	v128.store(STATES, lowCarry1, 176);
	v128.store(STATES, bandCarry2, 192);
	v128.store(STATES, lowCarry2, 208);
	v128.store(STATES, bandCarry3, 224);
	v128.store(STATES, lowCarry3, 240);
}

/** What a section's band state loses to itself and to its low state. */
function lossOf(band: v128, low: v128, loss: v128, gain: v128): v128 {
	return f32x4.add(f32x4.mul(loss, band), f32x4.mul(gain, low));
}

/** What its low state gains from the band state and loses itself. */
function gainOf(band: v128, low: v128, step: v128, lowGain: v128): v128 {
	return f32x4.sub(f32x4.mul(step, band), f32x4.mul(lowGain, low));
}

/** What rounding has taken off a sum. */
function lostIn(sum: v128, state: v128, change: v128): v128 {
	return f32x4.sub(change, f32x4.sub(sum, state));
}

/** A stereo frame of each signal. */
function pairAt(one: usize, other: usize): v128 {
	return v128.load64_lane(other, v128.load64_zero(one), 1);
}

function storePair(one: usize, other: usize, pair: v128): void {
	v128.store64_lane(one, pair, 0);
	v128.store64_lane(other, pair, 1);
}

/** The samples, 0 for those that are too small and for NaN. */
function floored(samples: v128): v128 {
	return v128.and(samples, f32x4.ge(f32x4.abs(samples), f32x4.splat(SMALLEST_SAMPLE)));
}
