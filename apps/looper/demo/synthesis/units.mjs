// @ts-check

/** The rate of every sound of the kit, in hertz. */
export const SAMPLE_RATE = 48_000;

/** Semitones above C of the natural notes. */
const SEMITONES = new Map([
	["C", 0],
	["D", 2],
	["E", 4],
	["F", 5],
	["G", 7],
	["A", 9],
	["B", 11],
]);

/**
 * The nearest whole number of frames.
 *
 * @param {number} seconds
 */
export function framesFromSeconds(seconds) {
	return Math.round(seconds * SAMPLE_RATE);
}

/**
 * Converts a gain in decibels to a factor.
 *
 * @param {number} decibels
 */
export function gainFromDecibels(decibels) {
	return 10 ** (decibels / 20);
}

/**
 * The frequency of a natural note in equal temperament, A4 = 440 Hz.
 *
 * @param {string} pitch - letter and octave, for example "A1"
 * @throws {RangeError} if the pitch is not a natural note
 */
export function hertzFromPitch(pitch) {
	const semitones = SEMITONES.get(pitch.slice(0, 1));
	const octave = pitch.slice(1);
	if (semitones === undefined || !/^\d$/.test(octave)) {
		throw new RangeError(`The pitch "${pitch}" is not a letter A to G and an octave 0 to 9.`);
	}
	return 440 * 2 ** (Number(octave) - 4 + (semitones - 9) / 12);
}
