/** Next bit to read, counted from address 0. */
export let bitPosition: usize = 0;
/** First bit that does not belong to the data any more. */
export let bitLimit: usize = 0;

/** Reads from `start` on; what lies at `end` and beyond counts as missing. */
export function openBits(start: usize, end: usize): void {
	bitPosition = start << 3;
	bitLimit = end << 3;
}

/** Goes on reading at another bit. */
export function seekBits(position: usize): void {
	bitPosition = position;
}

/** True when more was read than there is: all values read since are meaningless. */
export function ranOut(): bool {
	return bitPosition > bitLimit;
}

/** True when at least `count` bits are left. */
export function hasBits(count: usize): bool {
	return bitPosition <= bitLimit && count <= bitLimit - bitPosition;
}

/** The bits from `position` on in the highest places of a word, at least 57 of them valid. */
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

/** Counts zeros up to the next one and passes it; ends beyond the limit when there is none. */
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
