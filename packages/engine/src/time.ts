import { checkNumber } from "./check-arguments.ts";
import { MAX_TEMPO, MIN_TEMPO } from "./protocol/parameters.ts";

/**
 * How many frames so many beats are, not rounded: round the sum, not its parts.
 *
 * Thread: any.
 * @param tempo - beats per minute, 20..400; @param sampleRate - frames per second
 * @throws RangeError
 */
export function framesFromBeats(beats: number, tempo: number, sampleRate: number): number {
	checkNumber("beats", beats, -Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);
	checkNumber("tempo", tempo, MIN_TEMPO, MAX_TEMPO);
	checkRate(sampleRate);
	return (beats * (60 * sampleRate)) / tempo;
}

/** How many frames so many seconds are, not rounded. @throws RangeError */
export function framesFromSeconds(seconds: number, sampleRate: number): number {
	checkNumber("seconds", seconds, -Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);
	checkRate(sampleRate);
	return seconds * sampleRate;
}

function checkRate(sampleRate: number): void {
	checkNumber("sampleRate", sampleRate, 1, Number.MAX_SAFE_INTEGER);
}
