import { isPercussive } from "./is-percussive.ts";
import { MelBands } from "./mel-bands.ts";
import { splitOf } from "./signal-split.ts";
import { Spectra } from "./spectra.ts";

const WINDOW = 1024;
const HOP = 128;
const BANDS = 40;
const LOWEST_HERTZ = 30;
const HIGHEST_HERTZ = 16_000;
/** Energy, relative to the loudest band, from which logarithms compress. */
const COMPRESSION = 1e6;
/** Windows between which energy must rise. */
const LAG = 6;
/** An onset is the highest within that, and as far from the next. */
const APART_SECONDS = 0.012;
/** How far an onset must stand above the median of what is around it. */
const LEAST_RISE = 0.4;
const AROUND_SECONDS = 0.1;
/** How far onsets lie before the middle of the window in which the rise is highest, in frames: measured. */
const LEAD = 0;
/** Where the exact frame is looked for. */
const BEFORE_SECONDS = 0.012;
const AFTER_SECONDS = 0.006;

/** Where sounds begin, and of what kind they are. */
export interface Onsets {
	/** Frames, ascending. */
	readonly frames: readonly number[];
	/** Whether the recording is made of hits, as drums are. */
	readonly isPercussive: boolean;
}

/**
 * Where sounds begin.
 *
 * Thread: analysis. Takes about as long as all the rest of an analysis.
 * Source: spectral flux as in S. Böck, F. Krebs, M. Schedl, "Evaluating the online capabilities of onset detection methods"
 * (2012); the exact frame as in signal-split.ts.
 *
 * @param module - the built `loader.wasm`
 * @param signal - mono; a loop's end is followed by its start; `threshold` is what the least rise of an onset is multiplied with
 */
export function findOnsets(
	module: WebAssembly.Module,
	signal: Float32Array,
	{
		sampleRate,
		isLoop,
		threshold = 1,
	}: { readonly sampleRate: number; readonly isLoop: boolean; readonly threshold?: number },
): Onsets {
	const padded = withSurroundings(signal, isLoop);
	const count = Math.ceil(signal.length / HOP);
	const energies = bandEnergies(module, padded, count, sampleRate);
	const rises = risesOf(energies, count);
	const peaks = peaksOf(rises, sampleRate, threshold * LEAST_RISE);
	const onsets: number[] = [];
	for (const peak of peaks) {
		const guess = peak * HOP - LEAD;
		const from = guess - Math.round(BEFORE_SECONDS * sampleRate);
		const length = Math.round((BEFORE_SECONDS + AFTER_SECONDS) * sampleRate);
		const at = SURROUNDINGS + from;
		const frame = from + splitOf(padded.subarray(Math.max(at, 0), at + length)) + Math.max(-at, 0);
		if (frame < signal.length) onsets.push(Math.max(frame, 0));
	}
	return {
		frames: onsets.filter((frame, index) => index === 0 || frame > onsets[index - 1]!),
		isPercussive: isPercussive({ energies, bands: BANDS, rises, peaks, hopsPerSecond: sampleRate / HOP }),
	};
}

/** Frames before and behind the signal that windows and lags reach. */
const SURROUNDINGS = WINDOW + LAG * HOP;

function withSurroundings(signal: Float32Array, isLoop: boolean): Float32Array {
	const padded = new Float32Array(signal.length + 2 * SURROUNDINGS);
	padded.set(signal, SURROUNDINGS);
	if (!isLoop) return padded;
	const at = (frame: number): number => signal[((frame % signal.length) + signal.length) % signal.length]!;
	for (let frame = 0; frame < SURROUNDINGS; frame++) {
		padded[frame] = at(frame - SURROUNDINGS);
		padded[SURROUNDINGS + signal.length + frame] = at(frame);
	}
	return padded;
}

/** How much energy rises at every hop, a mean over bands. */
function risesOf(energies: Float32Array, count: number): Float32Array {
	let loudest = Number.MIN_VALUE;
	for (const energy of energies) loudest = Math.max(loudest, energy);
	const levels = energies.map((energy) => Math.log1p((COMPRESSION * energy) / loudest));
	const rises = new Float32Array(count);
	for (let hop = 0; hop < count; hop++) {
		let rise = 0;
		for (let band = 0; band < BANDS; band++)
			rise += Math.max(levels[(hop + LAG) * BANDS + band]! - levels[hop * BANDS + band]!, 0);
		rises[hop] = rise / BANDS;
	}
	return rises;
}

/** The energies of windows around each hop, from `LAG` hops before the first on. */
function bandEnergies(
	module: WebAssembly.Module,
	padded: Float32Array,
	count: number,
	sampleRate: number,
): Float32Array {
	const highest = Math.min(HIGHEST_HERTZ, 0.45 * sampleRate);
	const bands = new MelBands(BANDS, LOWEST_HERTZ, highest, sampleRate / WINDOW);
	const energies = new Float32Array((count + LAG) * BANDS);
	let hop = 0;
	const spectra = new Spectra(module, { length: WINDOW, hop: HOP, lead: 0 }, (power, lane) => {
		if (hop >= count + LAG) return;
		bands.sum(power, lane);
		energies.set(bands.energies, hop * BANDS);
		hop += 1;
	});
	spectra.push(padded.subarray(SURROUNDINGS - LAG * HOP - WINDOW / 2));
	spectra.flush();
	return energies;
}

function peaksOf(rises: Float32Array, sampleRate: number, leastRise: number): number[] {
	const apart = Math.round((APART_SECONDS * sampleRate) / HOP);
	const around = Math.round((AROUND_SECONDS * sampleRate) / HOP);
	const peaks: number[] = [];
	for (let hop = 0; hop < rises.length; hop++) {
		const rise = rises[hop]!;
		const near = rises.subarray(Math.max(hop - apart, 0), hop + apart + 1);
		if (rise < leastRise || near.some((other) => other > rise)) continue;
		const surroundings = rises.subarray(Math.max(hop - around, 0), hop + around + 1).toSorted();
		const median = surroundings[surroundings.length >> 1]!;
		if (rise >= leastRise + median && hop - (peaks.at(-1) ?? -apart) >= apart) peaks.push(hop);
	}
	return peaks;
}
