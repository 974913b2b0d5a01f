const EXPONENT_BIAS = 16_383;
const MANTISSA_BITS = 63;

/**
 * Reads an 80-bit extended float, big-endian.
 *
 * Source: Apple, "Apple Numerics Manual", second edition (1988), extended format.
 *
 * @returns the nearest double; NaN for infinities and NaN.
 */
export function readExtendedFloat(view: DataView, offset: number): number {
	const head = view.getUint16(offset);
	const exponent = head & 0x7fff;
	if (exponent === 0x7fff) return Number.NaN;
	const mantissa = view.getUint32(offset + 2) * 2 ** 32 + view.getUint32(offset + 6);
	const magnitude = mantissa * 2 ** (exponent - EXPONENT_BIAS - MANTISSA_BITS);
	return head & 0x8000 ? -magnitude : magnitude;
}
