/** What onsets are found in. */
interface Rises {
	/** Of every hop, band by band; some hops more than there are rises. */
	readonly energies: Float32Array;
	readonly bands: number;
	/** How much the energy rises at every hop. */
	readonly rises: Float32Array;
	/** The hops of the onsets. */
	readonly peaks: readonly number[];
	readonly hopsPerSecond: number;
}

/** A rise belongs to an onset that near. */
const NEAR_SECONDS = 0.024;
const LEAST_RISE_SHARE = 0.42;
/** What sounds for less than half of that in a band is a hit. */
const LASTING_SECONDS = 0.18;
const LEAST_HIT_SHARE = 0.15;
/** Values that a median is taken of. */
const MEDIAN_OF = 9;

/**
 * Whether a recording is made of hits, as drums are: much of what rises rises at onsets, and some of its amplitude does not last.
 * The shares were chosen with generated loops and Sonic Pi's (docs/guide/slices.md).
 *
 * Source: what lasts is told by medians, as in D. FitzGerald, "Harmonic/percussive separation using median filtering" (2010), here over
 * time alone.
 */
export function isPercussive(rises: Rises): boolean {
	return riseShare(rises) >= LEAST_RISE_SHARE && hitShare(rises) >= LEAST_HIT_SHARE;
}

/** The share of what rises that rises at onsets. */
function riseShare({ rises, peaks, hopsPerSecond }: Rises): number {
	const near = Math.round(NEAR_SECONDS * hopsPerSecond);
	const isNear = new Uint8Array(rises.length);
	for (const peak of peaks) isNear.fill(1, Math.max(peak - near, 0), peak + near + 1);
	let all = 0;
	let atOnsets = 0;
	for (const [hop, rise] of rises.entries()) {
		all += rise;
		if (isNear[hop] === 1) atOnsets += rise;
	}
	return all === 0 ? 0 : atOnsets / all;
}

/** The share of the amplitude that does not last. */
function hitShare({ energies, bands, hopsPerSecond }: Rises): number {
	const step = Math.max(Math.round((LASTING_SECONDS * hopsPerSecond) / MEDIAN_OF), 1);
	const count = Math.floor(energies.length / bands / step);
	const values = new Float32Array(MEDIAN_OF);
	let all = 0;
	let hits = 0;
	for (let band = 0; band < bands; band++) {
		const amplitude = (at: number): number =>
			Math.sqrt(energies[Math.min(Math.max(at, 0), count - 1) * step * bands + band]!);
		for (let at = 0; at < count; at++) {
			for (let n = 0; n < MEDIAN_OF; n++) values[n] = amplitude(at + n - (MEDIAN_OF >> 1));
			values.sort();
			all += amplitude(at);
			hits += Math.max(amplitude(at) - values[MEDIAN_OF >> 1]!, 0);
		}
	}
	return all === 0 ? 0 : hits / all;
}
