/** Bytes of one complex number: two f64 lanes, the real part first. */
export const COMPLEX: usize = 16;
/** Bytes of one twiddle factor: the cosine, and the sine with both signs. */
export const TWIDDLE: usize = 24;

/** The two signs that turn a swapped number by -i. */
const MINUS_I: usize = memory.data<f64>([1, -1], 16);

/**
 * Factor by which the lanes of a swapped number turn it by -i.
 *
 * Vectors like it are read from memory, once before a loop: engines write out a constant again in every turn.
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

// Exported here and not at each function, which the compiler takes for an export of the module.
export { minusIFactor, swapped, turned };
