import type { PcmRecord } from "./pcm-record.ts";
import type { ExtremesExports } from "./waveform-builder.ts";

/** Makes PCM fit for every audio thread on its way to where it is played from. */
export interface SampleCleaner {
	/**
	 * @param target - as long as samples
	 * @param record - of the whole that the samples go on
	 */
	clean(samples: Float32Array, target: Float32Array, record: PcmRecord): void;
}

/** The loader module's exports that clean. */
interface CleanerExports extends ExtremesExports {
	readonly checksumLow: { readonly value: number };
	readonly checksumHigh: { readonly value: number };
	cleanSamples(address: number, count: number, index: number): number;
}

/** The same, and where a memory of its own may be used. */
interface OwnExports extends CleanerExports {
	readonly heapStart: { readonly value: number };
}

const WASM_PAGE_BYTES = 65_536;
/** Samples cleaned in one call. */
const BATCH = 16_384;

/**
 * Cleans samples where they lie, in the memory of an instance of the loader module, and copies them once: NaN, infinities
 * and everything below 2^-63 become 0, so that no product on the audio thread is ever subnormal.
 *
 * Thread: loader.
 */
export class InPlaceCleaner implements SampleCleaner {
	readonly #exports: CleanerExports;

	/** @param instance - of the built `loader.wasm`, in whose memory there is room up to the next multiple of four samples */
	constructor(instance: WebAssembly.Instance) {
		// The module is built from this repository; its kernel tests fix these exports.
		this.#exports = instance.exports as unknown as CleanerExports;
	}

	/** @param samples - in the instance's memory */
	clean(samples: Float32Array, target: Float32Array, record: PcmRecord): void {
		const { checksumLow, checksumHigh } = this.#exports;
		const { checksum, waveform } = record;
		const peak = this.#exports.cleanSamples(samples.byteOffset, samples.length, checksum.samples);
		record.peak = Math.max(record.peak, peak);
		checksum.add(samples.length, checksumLow.value, checksumHigh.value);
		waveform.add(this.#exports, samples);
		target.set(samples);
	}
}

/** Does the same for samples that lie anywhere. Thread: loader. */
export class PcmCleaner implements SampleCleaner {
	readonly #cleaner: InPlaceCleaner;
	readonly #batch: Float32Array;

	/** @param module - the built `loader.wasm` */
	constructor(module: WebAssembly.Module) {
		const memory = new WebAssembly.Memory({ initial: 4 });
		const instance = new WebAssembly.Instance(module, { env: { memory } });
		const { heapStart } = instance.exports as unknown as OwnExports;
		const address = Math.ceil(heapStart.value / 16) * 16;
		const pages = Math.ceil((address + BATCH * 4) / WASM_PAGE_BYTES) - 4;
		if (pages > 0) memory.grow(pages);
		this.#cleaner = new InPlaceCleaner(instance);
		this.#batch = new Float32Array(memory.buffer, address, BATCH);
	}

	clean(samples: Float32Array, target: Float32Array, record: PcmRecord): void {
		for (let start = 0; start < samples.length; start += BATCH) {
			const part = samples.subarray(start, start + BATCH);
			const batch = this.#batch.subarray(0, part.length);
			batch.set(part);
			this.#cleaner.clean(batch, target.subarray(start, start + BATCH), record);
		}
	}
}
