/** Next bit to read, counted from address 0. */
export let bitPosition: usize = 0;
/** First bit after the data. */
export let bitLimit: usize = 0;

/** Reads from `start` on; bytes at `end` and beyond count as missing. */
export function openBits(start: usize, end: usize): void {
	bitPosition = start << 3;
	bitLimit = end << 3;
}

/** Continues at another bit. */
export function seekBits(position: usize): void {
	bitPosition = position;
}

/** True if more bits were read than present: all values read since are meaningless. */
export function ranOut(): bool {
	return bitPosition > bitLimit;
}

/** True if at least `count` bits are left. */
export function hasBits(count: usize): bool {
	return bitPosition <= bitLimit && count <= bitLimit - bitPosition;
}

/** The bits from `position` on in the top bits of a word, at least 57 of them valid. */
export function peekBits(position: usize): u64 {
	return bswap<u64>(load<u64>(position >> 3)) << (position & 7);
}

/** @param count - 1..57 */
export function readUnsigned(count: u32): u64 {
	const value = peekBits(bitPosition) >> (64 - count);
	bitPosition += count;
	return value;
}

/** @param count - 1..57 */
export function readSigned(count: u32): i64 {
	const value = <i64>peekBits(bitPosition) >> (64 - count);
	bitPosition += count;
	return value;
}

/** Counts zeros up to the next one and skips it; ends past the limit if there is none. */
export function readUnary(): u32 {
	const start = bitPosition;
	while (bitPosition <= bitLimit) {
		const bits = peekBits(bitPosition);
		if (bits != 0) {
			bitPosition += <usize>clz(bits) + 1;
			return <u32>(bitPosition - start - 1);
		}
		bitPosition += 57;
	}
	return 0;
}
