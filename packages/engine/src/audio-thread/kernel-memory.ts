import { PCM_HEAP, SHARED_END, WASM_PAGE_BYTES } from "../protocol/shared-memory.ts";

/** The engine memory, owned by the audio thread. Growing replaces its views, so callers read them here each time. */
export class KernelMemory {
	readonly memory: WebAssembly.Memory;
	#words: Int32Array;
	#bytes: Uint8Array;
	#heap: Int32Array;

	constructor(memory: WebAssembly.Memory) {
		this.memory = memory;
		this.#words = new Int32Array(memory.buffer, 0, SHARED_END / 4);
		this.#bytes = new Uint8Array(memory.buffer);
		this.#heap = new Int32Array(memory.buffer);
	}

	/** What threads share, up to SHARED_END. */
	get words(): Int32Array {
		return this.#words;
	}

	get pages(): number {
		return this.#bytes.length / WASM_PAGE_BYTES;
	}

	/** All words, the heap included. */
	get heap(): Int32Array {
		return this.#heap;
	}

	/** @returns false, with nothing changed, when the platform refuses so many pages in all. */
	growTo(pages: number): boolean {
		if (pages <= this.pages) return true;
		try {
			this.memory.grow(pages - this.pages);
		} catch {
			return false;
		}
		this.#words = new Int32Array(this.memory.buffer, 0, SHARED_END / 4);
		this.#bytes = new Uint8Array(this.memory.buffer);
		this.#heap = new Int32Array(this.memory.buffer);
		return true;
	}

	/** @returns the bytes there; null unless all of them are PCM. */
	pcm(address: number, bytes: number): Uint8Array | null {
		const isInside = address >= PCM_HEAP && bytes >= 0 && address + bytes <= this.#bytes.length;
		return isInside ? this.#bytes.subarray(address, address + bytes) : null;
	}
}
