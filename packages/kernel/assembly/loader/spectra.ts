/**
 * Power spectra of eight windows of a signal at once: each lane of a vector transforms a complex signal of its own, whose real part is
 * one window and whose imaginary part is the next.
 *
 * Thread: analysis. Does not allocate.
 * Source: J. W. Cooley, J. W. Tukey, "An algorithm for the machine calculation of complex Fourier series" (1965), radix 2, decimation in
 * time.
 *
 * @param signal - where the first window begins, f32
 * @param hop - from one window to the next, in samples
 * @param length - of a window, a power of two from 8 on
 * @param tables - `length` f32 of the window; length / 2 pairs of cosine and negative sine, f32; `length` bit-reversed indices, i32
 * @param work - room for 2 * length vectors, aligned to 16
 * @param power - room for length / 2 + 1 bins of eight f32: those of the windows 0, 2, 4, 6, then those of 1, 3, 5, 7
 */
export function powerSpectra(signal: usize, hop: i32, length: i32, tables: usize, work: usize, power: usize): void {
	const twiddles = tables + ((<usize>length) << 2);
	const reversed = twiddles + ((<usize>length) << 2);
	const imaginary = work + ((<usize>length) << 4);
	gather(signal, (<usize>hop) << 2, length, tables, reversed, work, imaginary);
	firstPass(work, imaginary, length);
	for (let half = 2; half < length; half <<= 1) pass(work, imaginary, length, half, twiddles);
	separate(work, imaginary, length, power);
}

/** Weighs the windows and puts their samples where the first pass looks for them. */
function gather(
	signal: usize,
	step: usize,
	length: i32,
	window: usize,
	reversed: usize,
	real: usize,
	imaginary: usize,
): void {
	const pair = step << 1;
	for (let n = 0; n < length; n++) {
		const at = signal + ((<usize>n) << 2);
		const odd = at + step;
		const weight = v128.load32_splat(window + ((<usize>n) << 2));
		const evens = f32x4(load<f32>(at), load<f32>(at + pair), load<f32>(at + 2 * pair), load<f32>(at + 3 * pair));
		const odds = f32x4(load<f32>(odd), load<f32>(odd + pair), load<f32>(odd + 2 * pair), load<f32>(odd + 3 * pair));
		const to = (<usize>load<u32>(reversed + ((<usize>n) << 2))) << 4;
		v128.store(real + to, f32x4.mul(evens, weight));
		v128.store(imaginary + to, f32x4.mul(odds, weight));
	}
}

/** The pass whose only twiddle factor is 1. */
function firstPass(real: usize, imaginary: usize, length: i32): void {
	for (const end = real + ((<usize>length) << 4); real < end; real += 32, imaginary += 32) {
		const re = v128.load(real, 16);
		const im = v128.load(imaginary, 16);
		const firstRe = v128.load(real);
		const firstIm = v128.load(imaginary);
		v128.store(real, f32x4.sub(firstRe, re), 16);
		v128.store(imaginary, f32x4.sub(firstIm, im), 16);
		v128.store(real, f32x4.add(firstRe, re));
		v128.store(imaginary, f32x4.add(firstIm, im));
	}
}

function pass(real: usize, imaginary: usize, length: i32, half: i32, twiddles: usize): void {
	const stride = length / (2 * half);
	const distance = (<usize>half) << 4;
	const bytes = (<usize>length) << 4;
	for (let k = 0; k < half; k++) {
		const twiddle = twiddles + ((<usize>(k * stride)) << 3);
		const cosine = v128.load32_splat(twiddle);
		const sine = v128.load32_splat(twiddle, 4);
		for (let at = (<usize>k) << 4; at < bytes; at += 2 * distance) {
			const re = real + at;
			const im = imaginary + at;
			const otherRe = v128.load(re + distance);
			const otherIm = v128.load(im + distance);
			const turnedRe = f32x4.sub(f32x4.mul(cosine, otherRe), f32x4.mul(sine, otherIm));
			const turnedIm = f32x4.add(f32x4.mul(cosine, otherIm), f32x4.mul(sine, otherRe));
			const firstRe = v128.load(re);
			const firstIm = v128.load(im);
			v128.store(re + distance, f32x4.sub(firstRe, turnedRe));
			v128.store(im + distance, f32x4.sub(firstIm, turnedIm));
			v128.store(re, f32x4.add(firstRe, turnedRe));
			v128.store(im, f32x4.add(firstIm, turnedIm));
		}
	}
}

/** Tells the spectra of the real and of the imaginary parts apart, by their symmetries. */
function separate(real: usize, imaginary: usize, length: i32, power: usize): void {
	const quarter = f32x4.splat(0.25);
	for (let bin = 0; bin <= length / 2; bin++) {
		const at = (<usize>bin) << 4;
		const mirror = (<usize>((length - bin) % length)) << 4;
		const re = v128.load(real + at);
		const im = v128.load(imaginary + at);
		const mirrorRe = v128.load(real + mirror);
		const mirrorIm = v128.load(imaginary + mirror);
		const evenRe = f32x4.add(re, mirrorRe);
		const evenIm = f32x4.sub(im, mirrorIm);
		const oddRe = f32x4.add(im, mirrorIm);
		const oddIm = f32x4.sub(mirrorRe, re);
		const even = f32x4.add(f32x4.mul(evenRe, evenRe), f32x4.mul(evenIm, evenIm));
		const odd = f32x4.add(f32x4.mul(oddRe, oddRe), f32x4.mul(oddIm, oddIm));
		v128.store(power, f32x4.mul(even, quarter));
		v128.store(power, f32x4.mul(odd, quarter), 16);
		power += 32;
	}
}
