// @ts-check
import { decay, strike } from "../synthesis/envelope.mjs";
import { stateVariableFilter } from "../synthesis/filter.mjs";
import { whiteNoise } from "../synthesis/noise.mjs";
import { oscillator, sine } from "../synthesis/oscillator.mjs";
import { reverb } from "../synthesis/reverb.mjs";
import { saturator } from "../synthesis/saturation.mjs";
import { pan, render } from "../synthesis/signal.mjs";
import { hertzFromPitch } from "../synthesis/units.mjs";
import { metal } from "./metal.mjs";

/**
 * Frequencies of a circular membrane relative to its lowest mode.
 *
 * Source: N. Fletcher, T. Rossing, "The Physics of Musical Instruments" (1998), chapter 3.
 */
const MEMBRANE_RATIOS = [1, 1.593, 2.135, 2.295, 2.653];

/** A bass drum whose pitch falls to the key's A1. */
export function kick() {
	const body = oscillator(sine);
	const noise = whiteNoise(1);
	const click = stateVariableFilter("bandpass");
	const saturate = saturator(1.7);
	const rest = hertzFromPitch("A1");
	return [
		render(0.8, (time) => {
			const thump = body(rest + 130 * decay(time, 0.16) + 900 * decay(time, 0.022)) * strike(time, 0.0008, 0.62);
			return saturate(thump + 0.5 * click(noise(), 3500) * strike(time, 0.0004, 0.018));
		}),
	];
}

/** A snare drum: two modes of the head, the wires as noise, and a small room. */
export function snare() {
	const low = oscillator(sine);
	const high = oscillator(sine);
	const noise = whiteNoise(2);
	const wires = stateVariableFilter("highpass");
	const body = stateVariableFilter("bandpass");
	const saturate = saturator(1.6);
	const drum = render(0.5, (time) => {
		const bend = 1 + 0.5 * decay(time, 0.04);
		const head = low(182 * bend) * strike(time, 0.0006, 0.24) + 0.5 * high(331 * bend) * strike(time, 0.0006, 0.15);
		const hiss = noise();
		const rattle =
			0.5 * wires(hiss, 2200) * strike(time, 0.0006, 0.32) + 0.5 * body(hiss, 950) * strike(time, 0.001, 0.2);
		return saturate(0.75 * head + rattle);
	});
	return reverb(pan(drum), { decaySeconds: 0.4, wet: 0.12, dampingHertz: 7000 });
}

/** Several hands: three short bursts of noise and a longer one, different on each side. */
export function clap() {
	const burstStarts = [0, 0.011, 0.021];
	const hands = (/** @type {number} */ seed) => {
		const noise = whiteNoise(seed);
		const palm = stateVariableFilter("bandpass");
		const air = stateVariableFilter("highpass");
		return render(0.5, (time) => {
			const bursts = burstStarts.reduce((level, start) => level + strike(time - start, 0.0005, 0.022), 0);
			const hiss = noise() * (bursts + 0.6 * strike(time - 0.03, 0.0008, 0.26));
			return palm(hiss, 1250, 1.4) + 0.25 * air(hiss, 4500);
		});
	};
	return reverb([hands(3), hands(4)], { decaySeconds: 0.5, wet: 0.14, dampingHertz: 6000 });
}

/** A closed hi-hat. */
export function closedHat() {
	return [hat(0.11)];
}

/** An open hi-hat. */
export function openHat() {
	return [hat(0.75)];
}

/** @param {number} decaySeconds */
function hat(decaySeconds) {
	const plates = metal(1.55);
	const noise = whiteNoise(5);
	const band = stateVariableFilter("bandpass");
	const highpass = stateVariableFilter("highpass");
	return render(decaySeconds * 1.3, (time) => {
		const ring = band(plates(), 9800, 1.1) + 0.35 * noise();
		return highpass(ring, 7200, 0.9) * (strike(time, 0.0005, decaySeconds) + 0.5 * strike(time, 0.0003, 0.03));
	});
}

/** A floor tom on A2. */
export function lowTom() {
	return [tom(hertzFromPitch("A2"), 0.85)];
}

/** A rack tom on E3. */
export function highTom() {
	return [tom(hertzFromPitch("E3"), 0.65)];
}

/**
 * @param {number} hertz
 * @param {number} decaySeconds
 */
function tom(hertz, decaySeconds) {
	const modes = MEMBRANE_RATIOS.map((ratio) => ({ ratio, oscillate: oscillator(sine) }));
	const noise = whiteNoise(6);
	const stick = stateVariableFilter("bandpass");
	const saturate = saturator(1.4);
	return render(decaySeconds * 1.3, (time) => {
		const bend = 1 + 0.45 * decay(time, 0.15);
		const skin = modes.reduce(
			(total, { ratio, oscillate }) =>
				total + (oscillate(hertz * ratio * bend) * strike(time, 0.001, decaySeconds / ratio ** 2)) / ratio ** 1.5,
			0,
		);
		return saturate(0.6 * skin + 0.4 * stick(noise(), 1800) * strike(time, 0.0005, 0.05));
	});
}

/** A stick on the rim: two hard resonances. */
export function rim() {
	const low = oscillator(sine);
	const high = oscillator(sine);
	const noise = whiteNoise(7);
	const stick = stateVariableFilter("bandpass");
	const saturate = saturator(1.5);
	return [
		render(0.2, (time) => {
			const wood = 0.7 * low(487) * strike(time, 0.0003, 0.09) + 0.6 * high(1730) * strike(time, 0.0003, 0.055);
			return saturate(wood + 0.6 * stick(noise(), 3800) * strike(time, 0.0003, 0.02));
		}),
	];
}
