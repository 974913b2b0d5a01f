// @ts-check

const SHORTEST_STEP = 1e-5;

/**
 * A hyperbolic tangent with reduced aliasing, averaged over each step of the input.
 *
 * Source: J. Parker, V. Zavalishin, E. Le Bivic, "Reducing the aliasing of nonlinear waveshaping using continuous-time
 * convolution" (2016).
 *
 * @param {number} drive - gain before the curve; the result stays within -1..1
 * @returns {(input: number) => number} the next sample
 */
export function saturator(drive) {
	let previous = 0;
	return (input) => {
		const current = drive * input;
		const step = current - previous;
		const output =
			Math.abs(step) < SHORTEST_STEP
				? Math.tanh((current + previous) / 2)
				: (logCosh(current) - logCosh(previous)) / step;
		previous = current;
		return output;
	};
}

/**
 * The antiderivative of the hyperbolic tangent, without overflow.
 *
 * @param {number} x
 */
function logCosh(x) {
	const magnitude = Math.abs(x);
	return magnitude + Math.log1p(Math.exp(-2 * magnitude)) - Math.LN2;
}
