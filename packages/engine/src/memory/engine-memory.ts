import { LooperError } from "../errors.ts";
import * as layout from "../protocol/layout.ts";

/** How the kernel is set up. */
export interface EngineMemoryOptions {
	readonly slots: number;
	readonly voices: number;
	readonly overflow: number;
	/** Bytes of PCM that the memory has to have room for. */
	readonly memoryBudget: number;
}

const MAX_PAGES = 65_536;
const GROWTH_PAGES = 256;
/** Room beyond the budget, so that the gaps between regions don't end it early. */
const HEADROOM = 1.25;

/** The memory that all threads share, seen from the control thread. */
export class EngineMemory {
	readonly memory: WebAssembly.Memory;
	readonly buffer: SharedArrayBuffer;
	readonly words: Int32Array;
	/** One past the highest byte that the platform granted. */
	readonly limit: number;

	constructor(options: EngineMemoryOptions) {
		const { memory, maximumPages } = reserve(pagesFor(options.memoryBudget));
		this.memory = memory;
		this.limit = maximumPages * layout.WASM_PAGE_BYTES;
		this.buffer = sharedBufferOf(memory);
		this.words = new Int32Array(this.buffer, 0, layout.PCM_HEAP / 4);
		this.#setHeader(layout.HEADER_MAGIC, layout.LAYOUT_MAGIC);
		this.#setHeader(layout.HEADER_VERSION, layout.LAYOUT_VERSION);
		this.#setHeader(layout.HEADER_SLOTS, options.slots);
		this.#setHeader(layout.HEADER_VOICES, options.voices);
		this.#setHeader(layout.HEADER_OVERFLOW, options.overflow);
	}

	/** Bytes that the memory has now. */
	get byteLength(): number {
		return this.memory.buffer.byteLength;
	}

	/** Constant from here on. @param sampleRate - frames a second; @param fadeFrames - 1..MAX_FADE_FRAMES */
	setSampleRate(sampleRate: number, fadeFrames: number): void {
		this.#setHeader(layout.HEADER_SAMPLE_RATE, sampleRate);
		this.#setHeader(layout.HEADER_FADE_FRAMES, fadeFrames);
	}

	/** Frames over which a stopped voice fades. */
	get fadeFrames(): number {
		return Atomics.load(this.words, (layout.HEADER + layout.HEADER_FADE_FRAMES) / 4);
	}

	/** @param state - one of the ENGINE constants */
	setEngineState(state: number): void {
		this.#setHeader(layout.HEADER_ENGINE_STATE, state);
	}

	/** Asks the kernel to begin the journal with the next block, or to end it. */
	advanceRecording(): void {
		const epoch = Atomics.load(this.words, (layout.HEADER + layout.HEADER_RECORDING) / 4);
		this.#setHeader(layout.HEADER_RECORDING, (epoch + 1) | 0);
	}

	/**
	 * Makes the memory reach at least to an address.
	 *
	 * @returns false when the platform refuses.
	 */
	growTo(address: number): boolean {
		const missing = address - this.byteLength;
		if (missing <= 0) return true;
		const needed = Math.ceil(missing / layout.WASM_PAGE_BYTES);
		const room = (this.limit - this.byteLength) / layout.WASM_PAGE_BYTES;
		return this.#grow(Math.min(Math.max(needed, GROWTH_PAGES), room)) || this.#grow(needed);
	}

	#grow(pages: number): boolean {
		try {
			this.memory.grow(pages);
			return true;
		} catch {
			return false;
		}
	}

	#setHeader(field: number, value: number): void {
		Atomics.store(this.words, (layout.HEADER + field) / 4, value);
	}
}

function pagesFor(memoryBudget: number): number {
	const bytes = layout.PCM_HEAP + memoryBudget * HEADROOM;
	return Math.min(Math.ceil(bytes / layout.WASM_PAGE_BYTES) + GROWTH_PAGES, MAX_PAGES);
}

/** Halves the maximum until the platform accepts it: some have little address space. */
function reserve(wantedPages: number): { memory: WebAssembly.Memory; maximumPages: number } {
	const initial = Math.ceil(layout.PCM_HEAP / layout.WASM_PAGE_BYTES);
	let cause: unknown;
	for (let maximumPages = wantedPages; maximumPages >= initial; maximumPages = Math.floor(maximumPages / 2)) {
		try {
			return { memory: new WebAssembly.Memory({ initial, maximum: maximumPages, shared: true }), maximumPages };
		} catch (error) {
			cause = error;
		}
	}
	throw new LooperError("out-of-memory", "the platform grants no memory for the engine; close other pages", { cause });
}

function sharedBufferOf(memory: WebAssembly.Memory): SharedArrayBuffer {
	const buffer = memory.buffer;
	if (typeof SharedArrayBuffer !== "undefined" && buffer instanceof SharedArrayBuffer) return buffer;
	throw new LooperError(
		"unsupported-platform",
		"SharedArrayBuffer is not available; serve the page over HTTPS or from localhost with the headers " +
			'"Cross-Origin-Opener-Policy: same-origin" and "Cross-Origin-Embedder-Policy: require-corp"',
	);
}
