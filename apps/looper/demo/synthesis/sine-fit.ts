type SineFit = { readonly amplitude: number; readonly phase: number };

/**
 * The least-squares sine of a given frequency in a signal, exact if the signal spans whole cycles.
 *
 * @param signal - one channel
 * @param cyclesPerFrame - 0 to 0.5
 * @returns the amplitude, and the phase of the cosine at the signal's first frame in radians
 */
export function sineFit(signal: Float64Array, cyclesPerFrame: number): SineFit {
	let real = 0;
	let imaginary = 0;
	for (const [frame, sample] of signal.entries()) {
		const angle = 2 * Math.PI * cyclesPerFrame * frame;
		real += sample * Math.cos(angle);
		imaginary -= sample * Math.sin(angle);
	}
	return { amplitude: (2 / signal.length) * Math.hypot(real, imaginary), phase: Math.atan2(imaginary, real) };
}
