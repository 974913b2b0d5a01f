/** At or below this a gain is exactly 0. */
const SILENCE_DECIBELS: f64 = -200;
/** Every gain below it counts as 0: a floored sample times any other gain is not subnormal. */
export const AUDIBLE_GAIN: f32 = 1.0 / 1_099_511_627_776.0; // 2^-40

/** The smallest sample that is published; before every gain but the voice's own, what is smaller becomes 0. */
export const SMALLEST_SAMPLE: f32 = 1.0 / 9_223_372_036_854_775_808.0; // 2^-63

/** The sample itself, or 0 if it is smaller than any that is published. */
export function flooredSample(sample: f32): f32 {
	return abs(sample) < SMALLEST_SAMPLE ? 0 : sample;
}

/** The gain itself, or 0 if it is too small to count. */
export function audible(gain: f32): f32 {
	return gain < AUDIBLE_GAIN ? 0 : gain;
}

/** The f32 nearest to 10^(decibels / 20). @returns infinity when there is none, which no parameter may be set to */
export function gainFromDecibels(decibels: f64): f32 {
	return decibels <= SILENCE_DECIBELS ? 0 : <f32>Math.pow(10, decibels / 20);
}
