const POLYNOMIAL = 0x04c11db7;
const SLICES = 4;

/** Four tables of 256: the CRC of a byte, and of that byte followed by one, two and three zeros. */
const tables = makeTables();

function makeTables(): Uint32Array {
	const values = new Uint32Array(256 * SLICES);
	for (let byte = 0; byte < 256; byte++) {
		let word = byte << 24;
		for (let bit = 0; bit < 8; bit++) word = (word << 1) ^ (word < 0 ? POLYNOMIAL : 0);
		values[byte] = word;
	}
	for (let index = 256; index < values.length; index++) {
		const word = values[index - 256]!;
		values[index] = (word << 8) ^ values[word >>> 24]!;
	}
	return values;
}

/**
 * Continues the check word of an Ogg page over some bytes, four at a time.
 *
 * Does not allocate.
 * Source: RFC 3533, section 6; M. Kounavis, F. Berry, "A Systematic Approach to Building High Performance
 * Software-Based CRC Generators" (2005), for the slicing.
 *
 * @param word - the check word so far, 0 at first
 */
export function continueOggCrc(word: number, bytes: Uint8Array, start: number, end: number): number {
	let crc = word;
	let offset = start;
	for (; offset + SLICES <= end; offset += SLICES) {
		const high = (crc >>> 24) ^ bytes[offset]!;
		const middle = ((crc >>> 16) & 0xff) ^ bytes[offset + 1]!;
		const low = ((crc >>> 8) & 0xff) ^ bytes[offset + 2]!;
		const last = (crc & 0xff) ^ bytes[offset + 3]!;
		crc = tables[768 + high]! ^ tables[512 + middle]! ^ tables[256 + low]! ^ tables[last]!;
	}
	for (; offset < end; offset++) crc = (crc << 8) ^ tables[((crc >>> 24) ^ bytes[offset]!) & 0xff]!;
	return crc >>> 0;
}
