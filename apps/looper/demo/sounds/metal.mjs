// @ts-check
import { randomNumbers } from "../synthesis/noise.mjs";
import { oscillator, square } from "../synthesis/oscillator.mjs";

/**
 * The six square oscillators of an analogue drum machine's cymbals, in hertz.
 *
 * Source: K. Werner, J. Abel, J. Smith, "The TR-808 cymbal: a physically-informed, circuit-bendable, digital model"
 * (2014), section 3.
 */
const PLATE_HERTZ = [205.3, 304.4, 369.6, 522.7, 540, 800];

/**
 * Unfiltered metallic sound.
 *
 * @param {number} scale - factor of all frequencies
 * @returns {() => number} the next sample
 */
export function metal(scale) {
	return chorusOf(PLATE_HERTZ.map((hertz) => hertz * scale));
}

/**
 * A large plate: many square oscillators at random frequencies, uniform over the octaves.
 *
 * @param {{ count: number, lowestHertz: number, highestHertz: number, seed: number }} options
 * @returns {() => number} the next sample
 */
export function largePlate({ count, lowestHertz, highestHertz, seed }) {
	const random = randomNumbers(seed);
	const octaves = Math.log2(highestHertz / lowestHertz);
	return chorusOf(
		Array.from({ length: count }, (_, index) => lowestHertz * 2 ** ((octaves * (index + random())) / count)),
	);
}

/** @param {number[]} frequencies */
function chorusOf(frequencies) {
	const voices = frequencies.map((hertz, index) => ({
		hertz,
		next: oscillator(square, (index * 0.618) % 1),
	}));
	return () => voices.reduce((total, { hertz, next }) => total + next(hertz), 0) / Math.sqrt(voices.length);
}
