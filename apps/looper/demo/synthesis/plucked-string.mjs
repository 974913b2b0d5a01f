// @ts-check
import { whiteNoise } from "./noise.mjs";
import { at, render } from "./signal.mjs";
import { SAMPLE_RATE } from "./units.mjs";

/**
 * A plucked string: noise that circulates in a delay line and is low-passed on every pass.
 *
 * Source: D. Jaffe, J. Smith, "Extensions of the Karplus-Strong plucked-string algorithm" (1983), tuning by allpass.
 *
 * @param {{ frequencyHertz: number, decaySeconds: number, seconds: number, seed: number }} options - the fundamental
 *   falls by 60 dB in decaySeconds
 */
export function pluckedString({ frequencyHertz, decaySeconds, seconds, seed }) {
	const period = SAMPLE_RATE / frequencyHertz;
	// The averaging filter delays by half a frame; the allpass makes up the rest, between 0.1 and 1.1 frames.
	const lineFrames = Math.floor(period - 0.6);
	const remainder = period - 0.5 - lineFrames;
	const allpass = (1 - remainder) / (1 + remainder);
	const averagingLoss = Math.cos((Math.PI * frequencyHertz) / SAMPLE_RATE);
	const turnGain = Math.min(1, 10 ** (-3 / (frequencyHertz * decaySeconds)) / averagingLoss);

	const burst = Float64Array.from({ length: lineFrames }, whiteNoise(seed));
	const mean = burst.reduce((total, sample) => total + sample, 0) / lineFrames;
	const line = burst.map((sample) => sample - mean);
	let position = 0;
	let previous = 0;
	let tuned = 0;
	let averaged = 0;
	return render(seconds, () => {
		const output = at(line, position);
		const lastAveraged = averaged;
		averaged = (turnGain * (output + previous)) / 2;
		previous = output;
		tuned = allpass * (averaged - tuned) + lastAveraged;
		line[position] = tuned;
		position = (position + 1) % lineFrames;
		return output;
	});
}
