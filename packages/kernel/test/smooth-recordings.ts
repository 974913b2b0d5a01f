import type { Recordings } from "./performance.ts";
import { constant, noise } from "./signals.ts";

/** A sine at 48 kHz, the right channel a quarter later. */
function sine(frames: number, channels: 1 | 2, hertz: number, amplitude: number): Float32Array {
	const value = (index: number): number => {
		const quarter = (index % channels) / 4;
		return amplitude * Math.sin(2 * Math.PI * ((Math.floor(index / channels) * hertz) / 48_000 + quarter));
	};
	return Float32Array.from({ length: frames * channels }, (_, index) => value(index));
}

/**
 * Samples in which a click cannot hide: constants, which never move, slow sines, and a little of what does move. Mostly of one
 * sign, so that the steps of several voices add up instead of cancelling.
 */
export const smoothRecordings: Recordings = [
	{ channels: 1, samples: constant(700, 0.9) },
	{ channels: 2, samples: constant(2 * 3000, 0.7) },
	{ channels: 2, samples: constant(2 * 1500, -0.5) },
	{ channels: 1, samples: sine(3000, 1, 20, 0.8) },
	{ channels: 2, samples: sine(2500, 2, 110, 0.6) },
	{ channels: 1, samples: constant(1, 0.4) },
	{ channels: 2, samples: noise(2 * 400, 17).map((value) => value / 10) },
];
