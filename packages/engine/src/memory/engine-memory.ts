import * as layout from "../protocol/shared-memory.ts";
import type { EngineBacking } from "./engine-backing.ts";

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
/** The memory grows to this size before anything is loaded. Untouched pages take address space only. */
const FIRST_BYTES = 256 * 2 ** 20;
/** Room beyond the budget for the gaps between regions. */
const HEADROOM = 1.25;

/** The engine memory, seen from the control thread. */
export class EngineMemory {
	readonly #backing: EngineBacking;
	/** What threads share, up to SHARED_END. */
	readonly buffer: ArrayBuffer | SharedArrayBuffer;
	readonly words: Int32Array;
	/** One past the highest byte that the platform granted. */
	readonly limit: number;
	/** One past the highest byte that was needed so far. */
	#neededTo = 0;
	/** Length last requested ahead of need: a refused request is not repeated. */
	#triedBytes = 0;
	/** Called when the memory has become short: call `growAhead` when the thread is idle. */
	onShort: () => void = () => {};

	constructor(options: EngineMemoryOptions, backing: EngineBacking) {
		this.#backing = backing;
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

	/** Makes the audio thread keep the pads' meters, or not. */
	setMetering(isOn: boolean): void {
		this.#setHeader(layout.HEADER_METERING, isOn ? 1 : 0);
	}

	/** Says where a capture ring is. @param number - one of the CAPTURE constants */
	setCaptureRing(number: number, address: number): void {
		this.#setHeader(layout.HEADER_CAPTURE_RINGS + 4 * number, address);
	}

	/** Writes into a region of the heap; the words are the audio thread's afterwards. */
	write(address: number, words: Int32Array<ArrayBuffer>): void {
		this.#backing.write(address, words);
	}

	/**
	 * Makes the memory reach at least to an address.
	 *
	 * @returns false when the platform refuses; after true, `reached` says whether the audio thread has agreed.
	 */
	growTo(address: number): boolean {
		this.#neededTo = Math.max(this.#neededTo, address);
		if (!this.#reach(address)) return false;
		if (this.#aheadBytes() !== null) this.onShort();
		return true;
	}

	/**
	 * Grows the memory ahead of need: to FIRST_BYTES at first, then to twice its length whenever half of it is in use.
	 *
	 * Doubling keeps growths few: each makes V8 collect garbage in every thread that has the memory, the audio thread
	 * included, because it counts the pages as allocated.
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
		// The refused request may have been one ahead of need.
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

	/** @returns the length that the memory should grow to ahead of need, null when it is long enough. */
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

/** Pages that an engine memory with that budget may grow to. */
export function pagesFor(memoryBudget: number): number {
	return Math.min(pagesOf(layout.PCM_HEAP + memoryBudget * HEADROOM) + GROWTH_PAGES, MAX_PAGES);
}

function pagesOf(bytes: number): number {
	return Math.ceil(bytes / layout.WASM_PAGE_BYTES);
}
