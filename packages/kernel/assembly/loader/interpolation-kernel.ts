import { besselI0 } from "./resample-filter";

/** Frames that contribute to one interpolated value. */
export const KERNEL_TAPS: i32 = 10;
/** Rows of the table: intervals between two frames. */
export const KERNEL_PHASES: i32 = 128;
/** Five pairs of taps, each with three pairs of coefficients. */
export const KERNEL_ROW_BYTES: usize = 240;
/** Shape of the kernel; images of a signal below a quarter of the sample rate stay below -170 dB. */
const BETA: f64 = 0.745 * Math.PI * KERNEL_TAPS;

/** The Kaiser-Bessel kernel at a distance in frames, -5..5, with unit area. */
function kernelAt(distance: f64): f64 {
	const share = (2 * distance) / KERNEL_TAPS;
	const shape = besselI0(BETA * Math.sqrt(max<f64>(0, 1 - share * share)));
	return (shape * BETA) / (KERNEL_TAPS * Math.sinh(BETA));
}

/**
 * The attenuation of a frequency by the kernel; 1 at 0.
 *
 * Source: J. I. Jackson et al., "Selection of a convolution function for Fourier inversion using gridding" (1991), for
 * the kernel and its transform.
 *
 * @param frequency - cycles per frame, 0..0.25
 */
export function kernelGain(frequency: f64): f64 {
	const turn = Math.PI * KERNEL_TAPS * frequency;
	const root = Math.sqrt(BETA * BETA - turn * turn);
	return (Math.sinh(root) * BETA) / (root * Math.sinh(BETA));
}

/**
 * Writes the kernel as parabolas: for each of KERNEL_PHASES intervals between two frames, for each pair of taps, the
 * coefficients of v^2, v and 1; v runs from -0.5 to 0.5 in the interval. Each parabola meets the kernel at the three
 * Chebyshev nodes.
 */
export function fillKernel(table: usize): void {
	const node = Math.sqrt(3) / 4;
	for (let phase = 0; phase < KERNEL_PHASES; phase++) {
		const middle = (<f64>phase + 0.5) / KERNEL_PHASES;
		for (let tap = 0; tap < KERNEL_TAPS; tap++) {
			const distance = <f64>(tap - KERNEL_TAPS / 2 + 1) - middle;
			const before = kernelAt(distance + node / KERNEL_PHASES);
			const centre = kernelAt(distance);
			const after = kernelAt(distance - node / KERNEL_PHASES);
			const row = table + <usize>phase * KERNEL_ROW_BYTES;
			const address = row + <usize>(tap >> 1) * 48 + <usize>(tap & 1) * 8;
			store<f64>(address, (before + after - 2 * centre) / (2 * node * node));
			store<f64>(address, (after - before) / (2 * node), 16);
			store<f64>(address, centre, 32);
		}
	}
}
