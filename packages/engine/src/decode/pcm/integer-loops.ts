type Conversion = (source: number, target: number, count: number) => void;

/** The exports of `loader.wasm` that this file calls; see packages/kernel/assembly/loader/integers.ts. */
interface IntegerExports {
	readonly heapStart: { readonly value: number };
	readonly floatsOf16: Conversion;
	readonly floatsOf24: Conversion;
}

const PAGE_BYTES = 65_536;
/** Bytes that a vector may access past the last sample. */
const SLACK_BYTES = 64;
const FLOAT_BYTES = 4;

/** Decodes little-endian 16-bit integers eight at a time, 24-bit ones four at a time. Thread: loader. */
export class IntegerLoops {
	readonly #convert: Conversion;
	readonly #sampleBytes: 2 | 3;
	readonly #source: Uint8Array;
	readonly #target: Float32Array;

	/**
	 * Creates an instance with its own memory, which takes some tenths of a millisecond.
	 *
	 * @param module - the built `loader.wasm`
	 * @param mostSamples - maximum samples per call
	 */
	constructor(module: WebAssembly.Module, sampleBytes: 2 | 3, mostSamples: number) {
		const memory = new WebAssembly.Memory({ initial: 4 });
		// The module is built from this repository; kernel tests pin these exports.
		const exports = new WebAssembly.Instance(module, { env: { memory } }).exports as unknown as IntegerExports;
		const target = Math.ceil(exports.heapStart.value / 16) * 16;
		const source = target + Math.ceil((mostSamples * FLOAT_BYTES + SLACK_BYTES) / 16) * 16;
		const end = source + mostSamples * sampleBytes + SLACK_BYTES;
		const pages = Math.ceil((end - memory.buffer.byteLength) / PAGE_BYTES);
		if (pages > 0) memory.grow(pages);
		this.#sampleBytes = sampleBytes;
		this.#source = new Uint8Array(memory.buffer, source, mostSamples * sampleBytes);
		this.#target = new Float32Array(memory.buffer, target, mostSamples);
		this.#convert = sampleBytes === 2 ? exports.floatsOf16 : exports.floatsOf24;
	}

	/** @param bytes - whole samples; @returns as many floats, valid until the next call. */
	decode(bytes: Uint8Array): Float32Array {
		const count = bytes.length / this.#sampleBytes;
		this.#source.set(bytes);
		this.#convert(this.#source.byteOffset, this.#target.byteOffset, count);
		return this.#target.subarray(0, count);
	}
}
