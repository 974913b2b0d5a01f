import { PAD_EQ_HIGH, PAD_EQ_LOW, PAD_EQ_MID } from "../../engine/src/protocol/parameters.ts";
import type { Command } from "./kernel-host.ts";

/** Each band's gain in decibels; -Infinity kills it. */
export interface Bands {
	readonly low: number;
	readonly middle: number;
	readonly high: number;
}

type Complex = readonly [number, number];

/** The commands that set a pad's bands. */
export function settingOf(slot: number, { low, middle, high }: Bands, atFrame?: number): Command[] {
	return [[PAD_EQ_LOW, low] as const, [PAD_EQ_MID, middle] as const, [PAD_EQ_HIGH, high] as const].map(
		([parameter, value]) => ({ type: "set", slot, parameter, value, ...(atFrame === undefined ? {} : { atFrame }) }),
	);
}

/**
 * Magnitude of the equalizer's response after the formula of Linkwitz and Riley, two Butterworth sections each, at the frequencies
 * that trapezoidal integration makes of them.
 */
export function equalizerMagnitude(hertz: number, { low, middle, high }: Bands, sampleRate = 48_000): number {
	const upper = crossover(hertz, 4000, sampleRate);
	const lower = crossover(hertz, 250, sampleRate);
	const sum = [
		scaled(product(upper.low, lower.low), low),
		scaled(product(upper.low, lower.high), middle),
		scaled(product(upper.high, lower.sum), high),
	].reduce(([real, imaginary], other) => [real + other[0], imaginary + other[1]]);
	return Math.hypot(sum[0], sum[1]);
}

/** Fourth-order low and high pass, and their sum. */
function crossover(hertz: number, at: number, sampleRate: number): Record<"low" | "high" | "sum", Complex> {
	const w = Math.tan((Math.PI * hertz) / sampleRate) / Math.tan((Math.PI * at) / sampleRate);
	const section = inverse([1 - w * w, Math.SQRT2 * w]);
	const low = product(section, section);
	const high: Complex = [low[0] * w ** 4, low[1] * w ** 4];
	return { low, high, sum: [low[0] + high[0], low[1] + high[1]] };
}

function product(one: Complex, other: Complex): Complex {
	return [one[0] * other[0] - one[1] * other[1], one[0] * other[1] + one[1] * other[0]];
}

function inverse([real, imaginary]: Complex): Complex {
	const square = real * real + imaginary * imaginary;
	return [real / square, -imaginary / square];
}

function scaled([real, imaginary]: Complex, decibels: number): Complex {
	const gain = 10 ** (decibels / 20);
	return [real * gain, imaginary * gain];
}
