// @ts-check
import { decay, strike } from "../synthesis/envelope.mjs";
import { stateVariableFilter } from "../synthesis/filter.mjs";
import { randomNumbers, whiteNoise } from "../synthesis/noise.mjs";
import { oscillator, saw, sine } from "../synthesis/oscillator.mjs";
import { reverb } from "../synthesis/reverb.mjs";
import { saturator } from "../synthesis/saturation.mjs";
import { pan, render, sumStereo } from "../synthesis/signal.mjs";
import { hertzFromPitch } from "../synthesis/units.mjs";
import { largePlate } from "./metal.mjs";

/** A crash cymbal, whose dark part decays first. */
export function crash() {
	return [11, 12].map((seed) => {
		const plate = largePlate({ count: 28, lowestHertz: 290, highestHertz: 2300, seed });
		const noise = whiteNoise(seed);
		const dark = stateVariableFilter("bandpass");
		const bright = stateVariableFilter("highpass");
		return render(2.8, (time) => {
			const hiss = noise();
			const ring = 0.5 * plate();
			const edge = bright(ring + hiss, 5200) * strike(time, 0.002, 2.4);
			const bow = dark(ring + 0.4 * hiss, 2600, 0.8) * strike(time, 0.001, 1.3);
			return edge + bow + 0.6 * hiss * strike(time, 0.0005, 0.08);
		});
	});
}

/** A ride cymbal: a clear ping over a long shimmer. */
export function ride() {
	const pingHertz = [1187, 1743, 2591, 3407, 4733, 6121];
	return [13, 14].map((seed) => {
		const plate = largePlate({ count: 20, lowestHertz: 410, highestHertz: 3100, seed });
		const pings = pingHertz.map((hertz) => ({ hertz, next: oscillator(sine) }));
		const noise = whiteNoise(seed);
		const bright = stateVariableFilter("highpass");
		return render(2.2, (time) => {
			const bell = pings.reduce((total, { hertz, next }) => total + next(hertz) * decay(time, 1500 / hertz), 0);
			const shimmer = bright(0.6 * plate() + 0.5 * noise(), 6000) * strike(time, 0.001, 1.8);
			return 0.22 * bell * strike(time, 0.0006, 1.4) + 0.5 * shimmer;
		});
	});
}

/** A shaker: beads swing to the front, then to the back. */
export function shaker() {
	const noise = whiteNoise(15);
	const beads = stateVariableFilter("bandpass");
	const highpass = stateVariableFilter("highpass");
	return [
		render(0.3, (time) => {
			const swing = strike(time, 0.035, 0.1) + 0.45 * strike(time - 0.1, 0.03, 0.12);
			return highpass(beads(noise(), 7400, 1.2), 3500) * swing;
		}),
	];
}

/** A needle drop on a record: a thump, then crackle over hiss. */
export function vinyl() {
	const thump = oscillator(sine);
	const sides = [16, 17].map((seed) => {
		const random = randomNumbers(seed);
		const noise = whiteNoise(seed + 2);
		const pops = stateVariableFilter("bandpass");
		const dust = stateVariableFilter("bandpass");
		const hiss = stateVariableFilter("lowpass");
		return render(1.4, (time) => {
			const level = strike(time, 0.01, 6) * (1 - time / 1.4);
			const pop = random() < 0.0006 ? 6 * (random() - 0.5) : 0;
			const speck = random() < 0.006 ? 3 * (random() - 0.5) : 0;
			return level * (pops(pop, 1700, 0.8) + dust(speck, 4600, 0.7) + 0.1 * hiss(noise(), 5000));
		});
	});
	const needle = render(0.3, (time) => 0.25 * thump(62 + 70 * decay(time, 0.05)) * strike(time, 0.004, 0.22));
	const [left, right] = sides;
	if (left === undefined || right === undefined) return sides;
	return sumStereo([[left, right], pan(needle)]);
}

/** One bar that rises towards the next downbeat. */
export function riser() {
	const seconds = 2;
	const voices = [-1, -0.5, 0, 0.5, 1].map((position, index) => {
		const string = oscillator(saw, index / 5);
		const noise = whiteNoise(20 + index);
		const lowpass = stateVariableFilter("lowpass");
		const wind = stateVariableFilter("bandpass");
		return pan(
			render(seconds, (time) => {
				const rise = time / seconds;
				const hertz = hertzFromPitch("A3") * 2 ** (2 * rise ** 1.5) * (1 + 0.006 * position);
				const air = wind(noise(), 500 * 2 ** (4.2 * rise), 1.8);
				const tone = lowpass(string(hertz), 400 * 2 ** (4.5 * rise), 1.2);
				const release = Math.min(1, (seconds - time) / 0.012);
				return (0.35 * tone + air) * (0.04 + 0.96 * rise ** 2) * Math.min(1, time / 0.02) * release;
			}),
			position,
		);
	});
	return reverb(sumStereo(voices), { decaySeconds: 1.2, wet: 0.12 });
}

/** A cinematic hit: a falling sub, a burst of noise and a hall. */
export function impact() {
	const sub = oscillator(sine);
	const saturate = saturator(2);
	const boom = render(1.8, (time) =>
		saturate(sub(hertzFromPitch("A0") + 95 * decay(time, 0.7)) * strike(time, 0.002, 1.7)),
	);
	const [left, right] = [18, 19].map((seed) => {
		const noise = whiteNoise(seed);
		const lowpass = stateVariableFilter("lowpass");
		return render(1, (time) => lowpass(noise(), 250 + 6500 * decay(time, 0.5)) * strike(time, 0.001, 0.7));
	});
	if (left === undefined || right === undefined) return [boom];
	const blast = reverb([left, right], { decaySeconds: 2.2, wet: 0.35, dampingHertz: 3200, tailSeconds: 2 });
	return sumStereo([pan(boom), blast]);
}
