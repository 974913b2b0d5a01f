const PRIME_1: u64 = 0x9e37_79b1_85eb_ca87;
const PRIME_2: u64 = 0xc2b2_ae3d_27d4_eb4f;
const PRIME_3: u64 = 0x1656_67b1_9e37_79f9;
const PRIME_4: u64 = 0x85eb_ca77_c2b2_ae63;
const PRIME_5: u64 = 0x27d4_eb2f_1656_67c5;
const STRIPE_BYTES: u32 = 32;

let first: u64 = 0;
let second: u64 = 0;
let third: u64 = 0;
let fourth: u64 = 0;
/** Bytes of all stripes. */
let stripedBytes: u64 = 0;

/**
 * Starts the hash of another content: one at a time per instance.
 *
 * Source: Y. Collet, "xxHash fast digest algorithm", version 0.1.1 (2018), XXH64.
 */
export function beginHash(seed: u32): void {
	first = <u64>seed + PRIME_1 + PRIME_2;
	second = <u64>seed + PRIME_2;
	third = seed;
	fourth = <u64>seed - PRIME_1;
	stripedBytes = 0;
}

/** Goes on by whole stripes. @param count - bytes, a multiple of 32 */
export function hashStripes(address: usize, count: u32): void {
	const end = address + count;
	// In locals, which stay in registers.
	let a = first;
	let b = second;
	let c = third;
	let d = fourth;
	for (let at = address; at < end; at += STRIPE_BYTES) {
		a = round(a, load<u64>(at));
		b = round(b, load<u64>(at, 8));
		c = round(c, load<u64>(at, 16));
		d = round(d, load<u64>(at, 24));
	}
	first = a;
	second = b;
	third = c;
	fourth = d;
	stripedBytes += count;
}

/**
 * Ends the content.
 *
 * @param address - of what is left after the last stripe
 * @param count - bytes, 0..31
 * @returns the hash.
 */
export function endHash(address: usize, count: u32): u64 {
	// Without a stripe the third lane is the seed.
	let hash = third + PRIME_5;
	if (stripedBytes > 0) {
		hash = rotl<u64>(first, 1) + rotl<u64>(second, 7) + rotl<u64>(third, 12) + rotl<u64>(fourth, 18);
		hash = merge(merge(merge(merge(hash, first), second), third), fourth);
	}
	hash += stripedBytes + count;
	const end = address + count;
	let at = address;
	for (; at + 8 <= end; at += 8) hash = rotl<u64>(hash ^ round(0, load<u64>(at)), 27) * PRIME_1 + PRIME_4;
	if (at + 4 <= end) {
		hash = rotl<u64>(hash ^ (<u64>load<u32>(at) * PRIME_1), 23) * PRIME_2 + PRIME_3;
		at += 4;
	}
	for (; at < end; at++) hash = rotl<u64>(hash ^ (<u64>load<u8>(at) * PRIME_5), 11) * PRIME_1;
	hash = (hash ^ (hash >> 33)) * PRIME_2;
	hash = (hash ^ (hash >> 29)) * PRIME_3;
	return hash ^ (hash >> 32);
}

/** One lane takes a word. */
function round(lane: u64, word: u64): u64 {
	return rotl<u64>(lane + word * PRIME_2, 31) * PRIME_1;
}

/** The hash takes a lane. */
function merge(hash: u64, lane: u64): u64 {
	return (hash ^ round(0, lane)) * PRIME_1 + PRIME_4;
}
