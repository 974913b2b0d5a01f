// @ts-check

/** Natural logarithm of 60 dB. */
const SIXTY_DECIBELS = Math.log(1000);

/**
 * An exponential decay from 1 that reaches -60 dB after the given time.
 *
 * @param {number} timeSeconds - 0 or more
 * @param {number} decaySeconds
 */
export function decay(timeSeconds, decaySeconds) {
	return Math.exp((-SIXTY_DECIBELS * timeSeconds) / decaySeconds);
}

/**
 * A linear rise to 1, then a decay by 60 dB; 0 before it begins.
 *
 * @param {number} timeSeconds
 * @param {number} attackSeconds
 * @param {number} decaySeconds
 */
export function strike(timeSeconds, attackSeconds, decaySeconds) {
	if (timeSeconds < 0) return 0;
	if (timeSeconds < attackSeconds) return timeSeconds / attackSeconds;
	return decay(timeSeconds - attackSeconds, decaySeconds);
}

/**
 * The envelope of a held note: attack, decay to a level, and a release by 60 dB once the note ends.
 *
 * @param {number} timeSeconds
 * @param {{ attackSeconds: number, decaySeconds: number, sustain: number, holdSeconds: number, releaseSeconds: number }}
 *   shape - holdSeconds is longer than attackSeconds
 */
export function held(timeSeconds, { attackSeconds, decaySeconds, sustain, holdSeconds, releaseSeconds }) {
	const level = (/** @type {number} */ time) =>
		time < attackSeconds ? time / attackSeconds : sustain + (1 - sustain) * decay(time - attackSeconds, decaySeconds);
	if (timeSeconds < holdSeconds) return level(timeSeconds);
	return level(holdSeconds) * decay(timeSeconds - holdSeconds, releaseSeconds);
}
