const PAGE_BYTES = 65_536;

/** The exports that every instance of the loader module has. */
interface HeapExports {
	readonly heapStart: { readonly value: number };
}

/** An instance of the loader module with a memory of its own, divided once. Thread: analysis. */
export class WasmMemory<Exports> {
	readonly exports: Exports;
	readonly #memory = new WebAssembly.Memory({ initial: 4 });
	#end: number;

	/** @param module - the built `loader.wasm`, whose kernel tests fix its exports */
	constructor(module: WebAssembly.Module) {
		const instance = new WebAssembly.Instance(module, { env: { memory: this.#memory } });
		this.exports = instance.exports as unknown as Exports;
		this.#end = (instance.exports as unknown as HeapExports).heapStart.value;
	}

	/** Sets bytes aside. Views of what was set aside before are void: allocate everything first. @returns their address, a multiple of 16 */
	allocate(bytes: number): number {
		const address = Math.ceil(this.#end / 16) * 16;
		this.#end = address + bytes;
		const pages = Math.ceil((this.#end - this.#memory.buffer.byteLength) / PAGE_BYTES);
		if (pages > 0) this.#memory.grow(pages);
		return address;
	}

	floats(address: number, length: number): Float32Array {
		return new Float32Array(this.#memory.buffer, address, length);
	}

	integers(address: number, length: number): Uint32Array {
		return new Uint32Array(this.#memory.buffer, address, length);
	}
}
