/** Digits of one f32's bits. */
const WORD_DIGITS = 8;
const EXPONENT_BITS = 0x7f80_0000;
const MANTISSA_BITS = 0x007f_ffff;

/** Writes the bits of f32 words in hexadecimal, the highest digit of each first. */
export function digitsFromWords(words: Uint32Array): string {
	return Array.from(words, (word) => word.toString(16).padStart(WORD_DIGITS, "0")).join("");
}

/** Reads what `digitsFromWords` wrote. */
export function wordsFromDigits(digits: string): Uint32Array {
	return Uint32Array.from({ length: digits.length / WORD_DIGITS }, (_, index) =>
		Number.parseInt(digits.slice(index * WORD_DIGITS, (index + 1) * WORD_DIGITS), 16),
	);
}

/** Tells whether f32 bits are neither NaN nor subnormal: no mix contains those, and the kernel takes none. */
export function isSound(bits: number): boolean {
	const exponent = bits & EXPONENT_BITS;
	return (bits & MANTISSA_BITS) === 0 || (exponent !== 0 && exponent !== EXPONENT_BITS);
}
