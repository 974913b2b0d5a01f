import * as layout from "../protocol/shared-memory.ts";
import { type EngineBacking, pagesOf, SharedBacking } from "./engine-backing.ts";

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
/** The memory grows to it before anything is loaded. Untouched pages take address space only. */
const FIRST_BYTES = 256 * 2 ** 20;
/** Room beyond the budget, so that the gaps between regions don't end it early. */
const HEADROOM = 1.25;

/** The engine memory, seen from the control thread. */
export class EngineMemory {
	readonly #backing: EngineBacking;
	/** The memory that all threads share; null when the audio thread owns it. */
	readonly memory: WebAssembly.Memory | null;
	/** What threads share, up to SHARED_END. */
	readonly buffer: ArrayBuffer | SharedArrayBuffer;
	readonly words: Int32Array;
	/** One past the highest byte that the platform granted. */
	readonly limit: number;
	/** One past the highest byte that was needed so far. */
	#neededTo = 0;
	/** Length that was last asked for ahead of need: what was refused is not asked for again and again. */
	#triedBytes = 0;
	/** Called when the memory has become short: call `growAhead` when the thread is idle. */
	onShort: () => void = () => {};

	/** @param back - makes what stands behind it, given the pages that it may have in the end */
	constructor(
		options: EngineMemoryOptions,
		back: (pages: number) => EngineBacking = (pages) => new SharedBacking(pages),
	) {
		this.#backing = back(pagesFor(options.memoryBudget));
		this.memory = this.#backing.memory;
		this.limit = this.#backing.maximumPages * layout.WASM_PAGE_BYTES;
		this.buffer = this.#backing.buffer;
		this.words = new Int32Array(this.buffer, 0, layout.SHARED_END / 4);
		this.#setHeader(layout.HEADER_MAGIC, layout.LAYOUT_MAGIC);
		this.#setHeader(layout.HEADER_VERSION, layout.LAYOUT_VERSION);
		this.#setHeader(layout.HEADER_SLOTS, options.slots);
		this.#setHeader(layout.HEADER_VOICES, options.voices);
		this.#setHeader(layout.HEADER_OVERFLOW, options.overflow);
	}

	/** Bytes that the memory has now. */
	get byteLength(): number {
		return this.#backing.byteLength;
	}

	/** Constant from here on. @param sampleRate - frames per second; @param fadeFrames - 1..MAX_FADE_FRAMES */
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

	/** Writes into a region of the heap; the words are the audio thread's afterwards. */
	write(address: number, words: Int32Array<ArrayBuffer>): void {
		this.#backing.write(address, words);
	}

	/**
	 * Makes the memory reach at least to an address.
	 *
	 * @returns false when the platform refuses; when it is true, `reached` still tells whether the audio thread has agreed.
	 */
	growTo(address: number): boolean {
		this.#neededTo = Math.max(this.#neededTo, address);
		if (!this.#reach(address)) return false;
		if (this.#aheadBytes() !== null) this.onShort();
		return true;
	}

	/**
	 * Grows the memory before that is needed: to FIRST_BYTES at first, then to twice its length when half of it is in use.
	 *
	 * Doubling keeps growths few. Each makes V8 collect garbage in every thread that has the memory, this one and the audio
	 * thread among them, because it counts the pages as allocated; the smaller the steps, the more of that.
	 */
	growAhead(): void {
		const bytes = this.#aheadBytes();
		if (bytes === null) return;
		this.#triedBytes = bytes;
		this.#backing.grow(pagesOf(bytes - this.#backing.askedByteLength), 0);
	}

	/** @returns whether the memory reaches to an address; null when it does already. */
	reached(address: number): Promise<boolean> | null {
		return address <= this.byteLength ? null : this.#reachedLater(address);
	}

	async #reachedLater(address: number): Promise<boolean> {
		await this.#backing.settled;
		if (address <= this.byteLength) return true;
		// What was refused may have been asked for ahead of need.
		if (!this.#reach(address)) return false;
		await this.#backing.settled;
		return address <= this.byteLength;
	}

	#reach(address: number): boolean {
		const length = this.#backing.askedByteLength;
		if (address <= length) return true;
		const needed = pagesOf(address - length);
		const room = (this.limit - length) / layout.WASM_PAGE_BYTES;
		const step = Math.max(needed, GROWTH_PAGES, length / layout.WASM_PAGE_BYTES);
		return this.#backing.grow(Math.min(step, room), needed);
	}

	/** @returns the length to which the memory should grow ahead of need, null when enough of it lies ready. */
	#aheadBytes(): number | null {
		const length = this.#backing.askedByteLength;
		const isEnough = length >= FIRST_BYTES && this.#neededTo <= length / 2;
		const bytes = Math.min(Math.max(FIRST_BYTES, 2 * length), this.limit);
		return isEnough || bytes <= length || bytes === this.#triedBytes ? null : bytes;
	}

	#setHeader(field: number, value: number): void {
		Atomics.store(this.words, (layout.HEADER + field) / 4, value);
		this.#backing.headerChanged();
	}
}

function pagesFor(memoryBudget: number): number {
	return Math.min(pagesOf(layout.PCM_HEAP + memoryBudget * HEADROOM) + GROWTH_PAGES, MAX_PAGES);
}
