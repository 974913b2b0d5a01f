/** Bytes of one complex number: two f64 lanes, the real part first. */
export const COMPLEX: usize = 16;
/** Bytes of one twiddle factor: the cosine, and the sine with both signs. */
export const TWIDDLE: usize = 24;

/** The two signs that multiply a swapped number by -i. */
const MINUS_I: usize = memory.data<f64>([1, -1], 16);

/**
 * Factor that multiplies the lanes of a swapped number by -i.
 *
 * Such vectors are read from memory once before a loop, because engines rematerialize constants in every iteration.
 */
function minusIFactor(): v128 {
	return v128.load(MINUS_I);
}

/** Imaginary part first. */
function swapped(z: v128): v128 {
	return v128.shuffle<f64>(z, z, 1, 0);
}

/** A number times (cosine - i sine); `sine` holds the sine and its negative. */
function turned(z: v128, cosine: v128, sine: v128): v128 {
	return f64x2.add(f64x2.mul(z, cosine), f64x2.mul(swapped(z), sine));
}

// Exported here because the compiler would export the functions from the module if exported at their definitions.
export { minusIFactor, swapped, turned };
