/** The passes of radix 2, 3, 5 and 7 of a transform; see fft.ts for passes. */
import { COMPLEX, swapped, TWIDDLE, turned } from "./complex";

// Cosines once, sines with both signs, which multiply a swapped number by -i; read before the loops, see complex.ts.
const COSINES3: usize = memory.data<f64>([0.5]);
const SINES3: usize = memory.data<f64>([0.8660254037844386, -0.8660254037844386], 16);
/** cos(2 pi k / 5) and sin(2 pi k / 5), k = 1, 2. */
const COSINES5: usize = memory.data<f64>([0.30901699437494745, -0.8090169943749475]);
const SINES5: usize = memory.data<f64>(
	[0.9510565162951535, -0.9510565162951535, 0.5877852522924731, -0.5877852522924731],
	16,
);
/** cos(2 pi k / 7) and sin(2 pi k / 7), k = 1, 2, 3. */
const COSINES7: usize = memory.data<f64>([0.6234898018587336, -0.2225209339563144, -0.9009688679024191]);
const SINES7: usize = memory.data<f64>(
	[
		0.7818314824680298, -0.7818314824680298, 0.9749279121818236, -0.9749279121818236, 0.4338837391175581,
		-0.4338837391175581,
	],
	16,
);

/** One pass of radix 2, from `x` to `y`. */
export function radix2(x: usize, y: usize, count: i32, stride: i32, twiddles: usize): void {
	const yStep = <usize>stride * COMPLEX;
	const xStep = yStep * <usize>count;
	for (const end = x + xStep; x < end; y += yStep, twiddles += TWIDDLE) {
		const c1 = v128.load64_splat(twiddles);
		const s1 = v128.load(twiddles, 8);
		for (const rowEnd = x + yStep; x < rowEnd; x += COMPLEX, y += COMPLEX) {
			const a = v128.load(x);
			const b = v128.load(x + xStep);
			v128.store(y, f64x2.add(a, b));
			v128.store(y + yStep, turned(f64x2.sub(a, b), c1, s1));
		}
	}
}

/** Stores the two outputs that are the sum and the difference of the same two numbers. */
function storePair(y: usize, mirrored: usize, twiddles: usize, mirroredTwiddles: usize, even: v128, odd: v128): void {
	v128.store(y, turned(f64x2.add(even, odd), v128.load64_splat(twiddles), v128.load(twiddles, 8)));
	v128.store(
		mirrored,
		turned(f64x2.sub(even, odd), v128.load64_splat(mirroredTwiddles), v128.load(mirroredTwiddles, 8)),
	);
}

/** One pass of radix 3, from `x` to `y`. */
export function radix3(x: usize, y: usize, count: i32, stride: i32, twiddles: usize): void {
	const half = v128.load64_splat(COSINES3);
	const sine = v128.load(SINES3);
	const yStep = <usize>stride * COMPLEX;
	const xStep = yStep * <usize>count;
	for (const end = x + xStep; x < end; y += 2 * yStep, twiddles += 2 * TWIDDLE) {
		for (const rowEnd = x + yStep; x < rowEnd; x += COMPLEX, y += COMPLEX) {
			const a = v128.load(x);
			const b = v128.load(x + xStep);
			const c = v128.load(x + 2 * xStep);
			const sum = f64x2.add(b, c);
			const even = f64x2.sub(a, f64x2.mul(half, sum));
			const odd = f64x2.mul(sine, swapped(f64x2.sub(b, c)));
			v128.store(y, f64x2.add(a, sum));
			storePair(y + yStep, y + 2 * yStep, twiddles, twiddles + TWIDDLE, even, odd);
		}
	}
}

/** One pass of radix 5, from `x` to `y`. */
export function radix5(x: usize, y: usize, count: i32, stride: i32, twiddles: usize): void {
	const cos1 = v128.load64_splat(COSINES5);
	const cos2 = v128.load64_splat(COSINES5, 8);
	const sin1 = v128.load(SINES5);
	const sin2 = v128.load(SINES5, 16);
	const yStep = <usize>stride * COMPLEX;
	const xStep = yStep * <usize>count;
	for (const end = x + xStep; x < end; y += 4 * yStep, twiddles += 4 * TWIDDLE) {
		for (const rowEnd = x + yStep; x < rowEnd; x += COMPLEX, y += COMPLEX) {
			const a = v128.load(x);
			const b = v128.load(x + xStep);
			const c = v128.load(x + 2 * xStep);
			const d = v128.load(x + 3 * xStep);
			const e = v128.load(x + 4 * xStep);
			const sum1 = f64x2.add(b, e);
			const sum2 = f64x2.add(c, d);
			const difference1 = swapped(f64x2.sub(b, e));
			const difference2 = swapped(f64x2.sub(c, d));
			v128.store(y, f64x2.add(a, f64x2.add(sum1, sum2)));
			const even1 = f64x2.add(a, f64x2.add(f64x2.mul(cos1, sum1), f64x2.mul(cos2, sum2)));
			const odd1 = f64x2.add(f64x2.mul(sin1, difference1), f64x2.mul(sin2, difference2));
			storePair(y + yStep, y + 4 * yStep, twiddles, twiddles + 3 * TWIDDLE, even1, odd1);
			const even2 = f64x2.add(a, f64x2.add(f64x2.mul(cos2, sum1), f64x2.mul(cos1, sum2)));
			const odd2 = f64x2.sub(f64x2.mul(sin2, difference1), f64x2.mul(sin1, difference2));
			storePair(y + 2 * yStep, y + 3 * yStep, twiddles + TWIDDLE, twiddles + 2 * TWIDDLE, even2, odd2);
		}
	}
}

/** The cosine part of an output: a + x * p + y * q + z * r. */
function weighted3(a: v128, x: v128, p: v128, y: v128, q: v128, z: v128, r: v128): v128 {
	return f64x2.add(f64x2.add(a, f64x2.mul(x, p)), f64x2.add(f64x2.mul(y, q), f64x2.mul(z, r)));
}

/** One pass of radix 7, from `x` to `y`. */
export function radix7(x: usize, y: usize, count: i32, stride: i32, twiddles: usize): void {
	const cos1 = v128.load64_splat(COSINES7);
	const cos2 = v128.load64_splat(COSINES7, 8);
	const cos3 = v128.load64_splat(COSINES7, 16);
	const sin1 = v128.load(SINES7);
	const sin2 = v128.load(SINES7, 16);
	const sin3 = v128.load(SINES7, 32);
	const yStep = <usize>stride * COMPLEX;
	const xStep = yStep * <usize>count;
	for (const end = x + xStep; x < end; y += 6 * yStep, twiddles += 6 * TWIDDLE) {
		for (const rowEnd = x + yStep; x < rowEnd; x += COMPLEX, y += COMPLEX) {
			const a = v128.load(x);
			const b = v128.load(x + xStep);
			const g = v128.load(x + 6 * xStep);
			const sum1 = f64x2.add(b, g);
			const difference1 = swapped(f64x2.sub(b, g));
			const c = v128.load(x + 2 * xStep);
			const f = v128.load(x + 5 * xStep);
			const sum2 = f64x2.add(c, f);
			const difference2 = swapped(f64x2.sub(c, f));
			const d = v128.load(x + 3 * xStep);
			const e = v128.load(x + 4 * xStep);
			const sum3 = f64x2.add(d, e);
			const difference3 = swapped(f64x2.sub(d, e));
			v128.store(y, f64x2.add(f64x2.add(a, sum1), f64x2.add(sum2, sum3)));
			const even1 = weighted3(a, sum1, cos1, sum2, cos2, sum3, cos3);
			const odd1 = f64x2.add(
				f64x2.add(f64x2.mul(difference1, sin1), f64x2.mul(difference2, sin2)),
				f64x2.mul(difference3, sin3),
			);
			storePair(y + yStep, y + 6 * yStep, twiddles, twiddles + 5 * TWIDDLE, even1, odd1);
			const even2 = weighted3(a, sum1, cos2, sum2, cos3, sum3, cos1);
			const odd2 = f64x2.sub(
				f64x2.mul(difference1, sin2),
				f64x2.add(f64x2.mul(difference2, sin3), f64x2.mul(difference3, sin1)),
			);
			storePair(y + 2 * yStep, y + 5 * yStep, twiddles + TWIDDLE, twiddles + 4 * TWIDDLE, even2, odd2);
			const even3 = weighted3(a, sum1, cos3, sum2, cos1, sum3, cos2);
			const odd3 = f64x2.add(
				f64x2.sub(f64x2.mul(difference1, sin3), f64x2.mul(difference2, sin1)),
				f64x2.mul(difference3, sin2),
			);
			storePair(y + 3 * yStep, y + 4 * yStep, twiddles + 2 * TWIDDLE, twiddles + 3 * TWIDDLE, even3, odd3);
		}
	}
}
