import type { PcmChecksum } from "./pcm-checksum.ts";

/** The loader module's exports that this file calls. */
interface CleanerExports {
	readonly heapStart: { readonly value: number };
	readonly checksumLow: { readonly value: number };
	readonly checksumHigh: { readonly value: number };
	cleanSamples(address: number, count: number, index: number): number;
}

const WASM_PAGE_BYTES = 65_536;
/** Samples cleaned in one call. */
const BATCH = 16_384;

/**
 * Copies PCM and makes it fit for every audio thread: NaN, infinities and everything below 2^-63 become 0, so that no
 * product on the audio thread is ever subnormal.
 *
 * Thread: loader.
 */
export class PcmCleaner {
	readonly #exports: CleanerExports;
	readonly #batch: Float32Array;
	readonly #address: number;

	/** @param module - the built `loader.wasm` */
	constructor(module: WebAssembly.Module) {
		const memory = new WebAssembly.Memory({ initial: 4 });
		const instance = new WebAssembly.Instance(module, { env: { memory } });
		// The module is built from this repository; its kernel tests fix these exports.
		this.#exports = instance.exports as unknown as CleanerExports;
		this.#address = Math.ceil(this.#exports.heapStart.value / 16) * 16;
		const pages = Math.ceil((this.#address + BATCH * 4) / WASM_PAGE_BYTES) - 4;
		if (pages > 0) memory.grow(pages);
		this.#batch = new Float32Array(memory.buffer, this.#address, BATCH);
	}

	/**
	 * @param target - as long as samples
	 * @param checksum - of the whole that the samples go on
	 * @returns the highest absolute sample written.
	 */
	clean(samples: Float32Array, target: Float32Array, checksum: PcmChecksum): number {
		let peak = 0;
		for (let start = 0; start < samples.length; start += BATCH) {
			const batch = samples.subarray(start, start + BATCH);
			this.#batch.set(batch);
			peak = Math.max(peak, this.#exports.cleanSamples(this.#address, batch.length, checksum.samples));
			checksum.add(batch.length, this.#exports.checksumLow.value, this.#exports.checksumHigh.value);
			target.set(this.#batch.subarray(0, batch.length), start);
		}
		return peak;
	}
}
