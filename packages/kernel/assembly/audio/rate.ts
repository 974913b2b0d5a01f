/** Rates: frames of the sample per output frame. */
import { MAX_RATE, MIN_RATE } from "../../../engine/src/protocol/parameters";

const SEMITONES_PER_OCTAVE: f64 = 12;
const CENTS_PER_SEMITONE: f64 = 100;

/** The rate itself, or the nearest one that there is. */
export function clampedRate(rate: f64): f64 {
	return min(max(rate, MIN_RATE), MAX_RATE);
}

/** The rate of a pitch; exactly the speed where there is no interval. */
export function rateOfPitch(speed: f64, semitones: f64, cents: f64): f64 {
	const octaves = (semitones + cents / CENTS_PER_SEMITONE) / SEMITONES_PER_OCTAVE;
	return octaves == 0 ? speed : speed * Math.pow(2, octaves);
}
