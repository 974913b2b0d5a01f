/** Bytes of one block of the hash. */
const BLOCK_BYTES = 64;
const LENGTH_BYTES = 8;
const ROUNDS = 64;

/** The first 32 bits of the fractional part of a prime's square or cube root. */
function fraction(prime: number, root: 2 | 3): number {
	const [target, power] = [BigInt(prime) << BigInt(32 * root), BigInt(root)];
	let [low, high] = [0n, BigInt(prime) << 32n];
	while (low + 1n < high) {
		const middle = (low + high) >> 1n;
		if (middle ** power <= target) low = middle;
		else high = middle;
	}
	return Number(low & 0xffff_ffffn) | 0;
}

const primes = Array.from({ length: 310 }, (_, index) => index + 2).filter((number) => {
	for (let divisor = 2; divisor * divisor <= number; divisor++) if (number % divisor === 0) return false;
	return true;
});
const roundConstants = Int32Array.from(primes.slice(0, ROUNDS), (prime) => fraction(prime, 3));
const initialState = Int32Array.from(primes.slice(0, 8), (prime) => fraction(prime, 2));

/**
 * SHA-256 of bytes that come in pieces, for files that are too long to be in memory at once. Web Crypto hashes whole arrays only.
 *
 * Source: FIPS 180-4, Secure Hash Standard (2015), section 6.2.
 */
export class Sha256 {
	readonly #state = Int32Array.from(initialState);
	readonly #schedule = new Int32Array(ROUNDS);
	readonly #block = new Uint8Array(BLOCK_BYTES);
	#bytes = 0;

	update(bytes: Uint8Array): this {
		let taken = 0;
		while (taken < bytes.length) {
			const filled = this.#bytes % BLOCK_BYTES;
			const count = Math.min(BLOCK_BYTES - filled, bytes.length - taken);
			// Whole blocks are hashed where they are.
			if (count === BLOCK_BYTES) compress(bytes, taken, this.#state, this.#schedule);
			else this.#block.set(bytes.subarray(taken, taken + count), filled);
			if (filled > 0 && filled + count === BLOCK_BYTES) compress(this.#block, 0, this.#state, this.#schedule);
			this.#bytes += count;
			taken += count;
		}
		return this;
	}

	/** Ends the hash. @returns 32 bytes */
	digest(): Uint8Array {
		const filled = this.#bytes % BLOCK_BYTES;
		const blocks = filled < BLOCK_BYTES - LENGTH_BYTES ? 1 : 2;
		const padding = new Uint8Array(blocks * BLOCK_BYTES - filled);
		padding[0] = 0x80;
		const bits = BigInt(this.#bytes) * 8n;
		new DataView(padding.buffer).setBigUint64(padding.length - LENGTH_BYTES, bits);
		this.update(padding);
		const digest = new DataView(new ArrayBuffer(4 * this.#state.length));
		for (const [index, word] of this.#state.entries()) digest.setInt32(4 * index, word);
		return new Uint8Array(digest.buffer);
	}
}

/** Hashes the block at an offset into the state. @param w - 64 words of scratch */
function compress(bytes: Uint8Array, offset: number, state: Int32Array, w: Int32Array): void {
	for (let round = 0, at = offset; round < 16; round++, at += 4) {
		w[round] = (bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!;
	}
	for (let round = 16; round < ROUNDS; round++) {
		const near = w[round - 15]!;
		const late = w[round - 2]!;
		const sigma0 = rotate(near, 7) ^ rotate(near, 18) ^ (near >>> 3);
		const sigma1 = rotate(late, 17) ^ rotate(late, 19) ^ (late >>> 10);
		w[round] = (w[round - 16]! + sigma0 + w[round - 7]! + sigma1) | 0;
	}
	let a = state[0]!;
	let b = state[1]!;
	let c = state[2]!;
	let d = state[3]!;
	let e = state[4]!;
	let f = state[5]!;
	let g = state[6]!;
	let h = state[7]!;
	for (let round = 0; round < ROUNDS; round++) {
		const choice = (e & f) ^ (~e & g);
		const majority = (a & b) ^ (a & c) ^ (b & c);
		const sum1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25);
		const sum0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22);
		const first = (h + sum1 + choice + roundConstants[round]! + w[round]!) | 0;
		h = g;
		g = f;
		f = e;
		e = (d + first) | 0;
		d = c;
		c = b;
		b = a;
		a = (first + sum0 + majority) | 0;
	}
	state[0] = (state[0]! + a) | 0;
	state[1] = (state[1]! + b) | 0;
	state[2] = (state[2]! + c) | 0;
	state[3] = (state[3]! + d) | 0;
	state[4] = (state[4]! + e) | 0;
	state[5] = (state[5]! + f) | 0;
	state[6] = (state[6]! + g) | 0;
	state[7] = (state[7]! + h) | 0;
}

function rotate(word: number, bits: number): number {
	return (word >>> bits) | (word << (32 - bits));
}
