import { COMPLEX, minusIFactor, swapped } from "./complex";

/**
 * The last pass (radix 4) of a block's forward transform, which also filters its spectrum, changes its length and reverses
 * it, so that another forward transform acts as the inverse.
 *
 * @param x - input of the pass, `inputLength` complex numbers
 * @param y - room for outputLength + 1 complex numbers
 * @param bins - bins at and above 0 Hz in the passband and transition; half of the shorter length
 * @param response - real factor of each input bin
 */
export function filterSpectrum(
	x: usize,
	y: usize,
	inputLength: i32,
	outputLength: i32,
	bins: i32,
	response: usize,
): void {
	const quarter = inputLength / 4;
	if (bins <= quarter) {
		lowestRow(x, y + <usize>outputLength * COMPLEX, quarter, bins, response);
		const skipped = quarter - bins;
		highestRow(x, y, quarter, skipped, response + <usize>(3 * quarter) * 8);
	} else {
		// Rows outside the passband have no place in a shorter spectrum either.
		const secondEnd = bins - quarter;
		const thirdStart = 2 * quarter - bins;
		for (let from = 0, to = 0; from < quarter; from = to) {
			to = from < secondEnd ? secondEnd : quarter;
			if (from < thirdStart) to = min(to, thirdStart);
			allRows(x, y, inputLength, outputLength, response, from, to, from < secondEnd, from >= thirdStart);
		}
	}
	v128.store(y, v128.load(y + <usize>outputLength * COMPLEX));
	memory.fill(y + <usize>bins * COMPLEX, 0, <usize>(outputLength - 2 * bins + 1) * COMPLEX);
}

/** Bins 0..bins - 1, of the pass's first output row. */
function lowestRow(x: usize, target: usize, quarter: i32, bins: i32, response: usize): void {
	const step = <usize>quarter * COMPLEX;
	for (const end = x + <usize>bins * COMPLEX; x < end; x += COMPLEX, response += 8) {
		const even = f64x2.add(v128.load(x), v128.load(x + 2 * step));
		const odd = f64x2.add(v128.load(x + step), v128.load(x + 3 * step));
		v128.store(target, f64x2.mul(f64x2.add(even, odd), v128.load64_splat(response)));
		target -= COMPLEX;
	}
}

/** The negative frequencies, of the pass's last output row. */
function highestRow(x: usize, y: usize, quarter: i32, skipped: i32, response: usize): void {
	const minusI = minusIFactor();
	const step = <usize>quarter * COMPLEX;
	const end = x + step;
	let target = y + <usize>(quarter - skipped) * COMPLEX;
	response += <usize>skipped * 8;
	for (x += <usize>skipped * COMPLEX; x < end; x += COMPLEX, response += 8) {
		const even = f64x2.sub(v128.load(x), v128.load(x + 2 * step));
		const odd = f64x2.mul(swapped(f64x2.sub(v128.load(x + step), v128.load(x + 3 * step))), minusI);
		v128.store(target, f64x2.mul(f64x2.sub(even, odd), v128.load64_splat(response)));
		target -= COMPLEX;
	}
}

/** Numbers from..to - 1 of all four output rows; the second and third only within the passband. */
function allRows(
	x: usize,
	y: usize,
	inputLength: i32,
	outputLength: i32,
	response: usize,
	from: i32,
	to: i32,
	hasSecond: bool,
	hasThird: bool,
): void {
	const minusI = minusIFactor();
	const quarter = <usize>(inputLength / 4);
	const step = quarter * COMPLEX;
	const gainStep = quarter * 8;
	const positive = y + <usize>(outputLength - from) * COMPLEX;
	const negative = y + <usize>(inputLength - from) * COMPLEX;
	// Values without a place go to y, where the number after the spectrum is written last.
	let first = positive;
	let second = hasSecond ? positive - step : y;
	let third = hasThird ? negative - 2 * step : y;
	let fourth = negative - 3 * step;
	const secondStep = hasSecond ? COMPLEX : 0;
	const thirdStep = hasThird ? COMPLEX : 0;
	const end = x + <usize>to * COMPLEX;
	response += <usize>from * 8;
	for (x += <usize>from * COMPLEX; x < end; x += COMPLEX, response += 8) {
		const a = v128.load(x);
		const b = v128.load(x + step);
		const c = v128.load(x + 2 * step);
		const d = v128.load(x + 3 * step);
		const sum = f64x2.add(a, c);
		const difference = f64x2.sub(a, c);
		const otherSum = f64x2.add(b, d);
		const otherDifference = f64x2.mul(swapped(f64x2.sub(b, d)), minusI);
		v128.store(first, f64x2.mul(f64x2.add(sum, otherSum), v128.load64_splat(response)));
		const y1 = f64x2.add(difference, otherDifference);
		v128.store(second, f64x2.mul(y1, v128.load64_splat(response + gainStep)));
		v128.store(third, f64x2.mul(f64x2.sub(sum, otherSum), v128.load64_splat(response + 2 * gainStep)));
		const y3 = f64x2.sub(difference, otherDifference);
		v128.store(fourth, f64x2.mul(y3, v128.load64_splat(response + 3 * gainStep)));
		first -= COMPLEX;
		second -= secondStep;
		third -= thirdStep;
		fourth -= COMPLEX;
	}
}
