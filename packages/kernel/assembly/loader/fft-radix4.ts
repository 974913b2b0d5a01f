/** The radix-4 passes of a transform; see fft.ts for passes. */
import { COMPLEX, minusIFactor, swapped, TWIDDLE, turned } from "./complex";

/** Stores the outputs 1 to 3 of a pass whose stride is 1. */
function storeTurned(y: usize, y1: v128, y2: v128, y3: v128, twiddles: usize): void {
	v128.store(y, turned(y1, v128.load64_splat(twiddles), v128.load(twiddles, 8)), 16);
	v128.store(y, turned(y2, v128.load64_splat(twiddles, 24), v128.load(twiddles, 32)), 32);
	v128.store(y, turned(y3, v128.load64_splat(twiddles, 48), v128.load(twiddles, 56)), 48);
}

/** The first pass (stride 1) on interleaved f32 pairs. */
export function radix4FromFloats(x: usize, y: usize, count: i32, twiddles: usize): void {
	const minusI = minusIFactor();
	const step = <usize>count * 8;
	const end = x + step;
	for (; x < end; x += 8, y += 4 * COMPLEX, twiddles += 3 * TWIDDLE) {
		const a = f64x2.promote_low_f32x4(v128.load64_zero(x));
		const b = f64x2.promote_low_f32x4(v128.load64_zero(x + step));
		const c = f64x2.promote_low_f32x4(v128.load64_zero(x + 2 * step));
		const d = f64x2.promote_low_f32x4(v128.load64_zero(x + 3 * step));
		const sum = f64x2.add(a, c);
		const difference = f64x2.sub(a, c);
		const otherSum = f64x2.add(b, d);
		const otherDifference = f64x2.mul(swapped(f64x2.sub(b, d)), minusI);
		v128.store(y, f64x2.add(sum, otherSum));
		const y1 = f64x2.add(difference, otherDifference);
		const y2 = f64x2.sub(sum, otherSum);
		const y3 = f64x2.sub(difference, otherDifference);
		storeTurned(y, y1, y2, y3, twiddles);
	}
}

/** The first pass (stride 1) if the second and third quarter of the input are 0. */
export function radix4FromOuterQuarters(x: usize, y: usize, count: i32, twiddles: usize): void {
	const minusI = minusIFactor();
	const step = <usize>count * COMPLEX;
	for (const end = x + step; x < end; x += COMPLEX, y += 4 * COMPLEX, twiddles += 3 * TWIDDLE) {
		const a = v128.load(x);
		const d = v128.load(x + 3 * step);
		const turnedD = f64x2.mul(swapped(d), minusI);
		v128.store(y, f64x2.add(a, d));
		const y1 = f64x2.sub(a, turnedD);
		const y2 = f64x2.sub(a, d);
		const y3 = f64x2.add(a, turnedD);
		storeTurned(y, y1, y2, y3, twiddles);
	}
}

/** The first pass (stride 1). */
export function radix4First(x: usize, y: usize, count: i32, twiddles: usize): void {
	const minusI = minusIFactor();
	const step = <usize>count * COMPLEX;
	for (const end = x + step; x < end; x += COMPLEX, y += 4 * COMPLEX, twiddles += 3 * TWIDDLE) {
		const a = v128.load(x);
		const b = v128.load(x + step);
		const c = v128.load(x + 2 * step);
		const d = v128.load(x + 3 * step);
		const sum = f64x2.add(a, c);
		const difference = f64x2.sub(a, c);
		const otherSum = f64x2.add(b, d);
		const otherDifference = f64x2.mul(swapped(f64x2.sub(b, d)), minusI);
		v128.store(y, f64x2.add(sum, otherSum));
		const y1 = f64x2.add(difference, otherDifference);
		const y2 = f64x2.sub(sum, otherSum);
		const y3 = f64x2.sub(difference, otherDifference);
		storeTurned(y, y1, y2, y3, twiddles);
	}
}

/** A pass between the first and the last, of even stride: two numbers of each row share their addresses. */
export function radix4(x: usize, y: usize, count: i32, stride: i32, twiddles: usize): void {
	const minusI = minusIFactor();
	const yStep = <usize>stride * COMPLEX;
	const xStep = yStep * <usize>count;
	for (const end = x + xStep; x < end; y += 3 * yStep, twiddles += 3 * TWIDDLE) {
		const c1 = v128.load64_splat(twiddles);
		const s1 = v128.load(twiddles, 8);
		const c2 = v128.load64_splat(twiddles, 24);
		const s2 = v128.load(twiddles, 32);
		const c3 = v128.load64_splat(twiddles, 48);
		const s3 = v128.load(twiddles, 56);
		for (const rowEnd = x + yStep; x < rowEnd; x += 2 * COMPLEX, y += 2 * COMPLEX) {
			const a = v128.load(x);
			const b = v128.load(x + xStep);
			const c = v128.load(x + 2 * xStep);
			const d = v128.load(x + 3 * xStep);
			const sum = f64x2.add(a, c);
			const difference = f64x2.sub(a, c);
			const otherSum = f64x2.add(b, d);
			const otherDifference = f64x2.mul(swapped(f64x2.sub(b, d)), minusI);
			v128.store(y, f64x2.add(sum, otherSum));
			v128.store(y + yStep, turned(f64x2.add(difference, otherDifference), c1, s1));
			v128.store(y + 2 * yStep, turned(f64x2.sub(sum, otherSum), c2, s2));
			v128.store(y + 3 * yStep, turned(f64x2.sub(difference, otherDifference), c3, s3));
			const e = v128.load(x, 16);
			const f = v128.load(x + xStep, 16);
			const g = v128.load(x + 2 * xStep, 16);
			const h = v128.load(x + 3 * xStep, 16);
			const nextSum = f64x2.add(e, g);
			const nextDifference = f64x2.sub(e, g);
			const nextOtherSum = f64x2.add(f, h);
			const nextOtherDifference = f64x2.mul(swapped(f64x2.sub(f, h)), minusI);
			v128.store(y, f64x2.add(nextSum, nextOtherSum), 16);
			v128.store(y + yStep, turned(f64x2.add(nextDifference, nextOtherDifference), c1, s1), 16);
			v128.store(y + 2 * yStep, turned(f64x2.sub(nextSum, nextOtherSum), c2, s2), 16);
			v128.store(y + 3 * yStep, turned(f64x2.sub(nextDifference, nextOtherDifference), c3, s3), 16);
		}
	}
}

/** The last pass (count 1). */
export function radix4Last(x: usize, y: usize, stride: i32): void {
	const minusI = minusIFactor();
	const step = <usize>stride * COMPLEX;
	for (const end = x + step; x < end; x += COMPLEX, y += COMPLEX) {
		const a = v128.load(x);
		const b = v128.load(x + step);
		const c = v128.load(x + 2 * step);
		const d = v128.load(x + 3 * step);
		const sum = f64x2.add(a, c);
		const difference = f64x2.sub(a, c);
		const otherSum = f64x2.add(b, d);
		const otherDifference = f64x2.mul(swapped(f64x2.sub(b, d)), minusI);
		v128.store(y, f64x2.add(sum, otherSum));
		v128.store(y + step, f64x2.add(difference, otherDifference));
		v128.store(y + 2 * step, f64x2.sub(sum, otherSum));
		v128.store(y + 3 * step, f64x2.sub(difference, otherDifference));
	}
}

/** The same, rounded to f32 pairs. */
export function radix4ToFloats(x: usize, output: usize, stride: i32): void {
	const minusI = minusIFactor();
	const step = <usize>stride * 8;
	const xStep = <usize>stride * COMPLEX;
	for (const end = output + step; output < end; output += 8, x += COMPLEX) {
		const a = v128.load(x);
		const b = v128.load(x + xStep);
		const c = v128.load(x + 2 * xStep);
		const d = v128.load(x + 3 * xStep);
		const sum = f64x2.add(a, c);
		const difference = f64x2.sub(a, c);
		const otherSum = f64x2.add(b, d);
		const otherDifference = f64x2.mul(swapped(f64x2.sub(b, d)), minusI);
		storeFloats(output, f64x2.add(sum, otherSum));
		storeFloats(output + step, f64x2.add(difference, otherDifference));
		storeFloats(output + 2 * step, f64x2.sub(sum, otherSum));
		storeFloats(output + 3 * step, f64x2.sub(difference, otherDifference));
	}
}

function storeFloats(address: usize, z: v128): void {
	v128.store64_lane(address, f32x4.demote_f64x2_zero(z), 0);
}
