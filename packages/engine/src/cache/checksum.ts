/** Bytes of a checksum. */
export const CHECKSUM_BYTES = 8;
const PAGE_BYTES = 65_536;
/** Bytes hashed in one call; whole stripes. */
const BATCH_BYTES = 65_536;
const STRIPE_BYTES = 32;

/** The loader module's exports that hash. */
interface HashExports {
	readonly heapStart: { readonly value: number };
	beginHash(seed: number): void;
	hashStripes(address: number, byteCount: number): void;
	endHash(address: number, byteCount: number): bigint;
}

/**
 * XXH64 of one content at a time, in an instance of the loader module with its own memory. It detects damage, not tampering.
 *
 * Thread: loader or analysis.
 */
export class Checksum {
	readonly #exports: HashExports;
	readonly #address: number;
	readonly #batch: Uint8Array;
	#filled = 0;

	/** @param module - the built `loader.wasm`, whose kernel tests fix its exports */
	constructor(module: WebAssembly.Module) {
		const memory = new WebAssembly.Memory({ initial: 4 });
		const instance = new WebAssembly.Instance(module, { env: { memory } });
		this.#exports = instance.exports as unknown as HashExports;
		this.#address = Math.ceil(this.#exports.heapStart.value / STRIPE_BYTES) * STRIPE_BYTES;
		const pages = Math.ceil((this.#address + BATCH_BYTES) / PAGE_BYTES) - 4;
		if (pages > 0) memory.grow(pages);
		this.#batch = new Uint8Array(memory.buffer, this.#address, BATCH_BYTES);
		this.begin();
	}

	/** Starts another content. @param seed - gives the same content another checksum, 0..2^31-1 */
	begin(seed = 0): this {
		this.#filled = 0;
		this.#exports.beginHash(seed);
		return this;
	}

	update(bytes: Uint8Array): this {
		for (let taken = 0; taken < bytes.length; ) {
			const part = bytes.subarray(taken, taken + BATCH_BYTES - this.#filled);
			this.#batch.set(part, this.#filled);
			taken += part.length;
			this.#filled += part.length;
			if (this.#filled === BATCH_BYTES) this.#hashBatch();
		}
		return this;
	}

	/** Ends the content. @returns its checksum, 16 hexadecimal digits */
	digest(): string {
		const rest = this.#filled % STRIPE_BYTES;
		const striped = this.#filled - rest;
		this.#exports.hashStripes(this.#address, striped);
		const hash = this.#exports.endHash(this.#address + striped, rest);
		return BigInt.asUintN(64, hash)
			.toString(16)
			.padStart(2 * CHECKSUM_BYTES, "0");
	}

	/** Ends the content. @returns its checksum as an entry holds it */
	digestBytes(): Uint8Array {
		const digits = this.digest();
		return Uint8Array.from({ length: CHECKSUM_BYTES }, (_, index) =>
			Number.parseInt(digits.slice(2 * index, 2 * index + 2), 16),
		);
	}

	#hashBatch(): void {
		this.#exports.hashStripes(this.#address, BATCH_BYTES);
		this.#filled = 0;
	}
}
