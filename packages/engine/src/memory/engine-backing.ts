import { LooperError } from "../errors.ts";
import { WASM_PAGE_BYTES } from "../protocol/shared-memory.ts";
import { reserveMemory } from "./reserve-memory.ts";

/** What stands behind the engine memory as the control thread sees it. */
export interface EngineBacking {
	/** The memory that all threads share; null when the audio thread owns it. */
	readonly memory: WebAssembly.Memory | null;
	/** What threads share, up to SHARED_END: the memory itself, or a mirror of it. */
	readonly buffer: ArrayBuffer | SharedArrayBuffer;
	/** Pages that the memory may have in the end. */
	readonly maximumPages: number;
	/** Bytes that the memory has now. */
	readonly byteLength: number;
	/** Bytes that it will have when every growth under way is granted. */
	readonly askedByteLength: number;
	/**
	 * Asks for so many pages more.
	 *
	 * @param neededPages - what will do instead if that is too much
	 * @returns false when the platform refuses; true when it grants them, or `settled` will tell.
	 */
	grow(pages: number, neededPages: number): boolean;
	/** Settles when no growth is under way; null when none is. */
	readonly settled: Promise<void> | null;
	/** Called after the header has changed. */
	headerChanged(): void;
	/** Writes into the heap; a command sent afterwards finds the words there. */
	write(address: number, words: Int32Array<ArrayBuffer>): void;
}

/** Memory that all threads share. Thread: control. */
export class SharedBacking implements EngineBacking {
	readonly memory: WebAssembly.Memory;
	readonly buffer: SharedArrayBuffer;
	readonly maximumPages: number;
	readonly settled = null;

	/** @throws LooperError `unsupported-platform` without SharedArrayBuffer, `out-of-memory`. */
	constructor(wantedPages: number) {
		checkSharedMemory();
		const { memory, maximumPages } = reserveMemory(wantedPages, true);
		if (!(memory.buffer instanceof SharedArrayBuffer)) throw unshareable();
		this.memory = memory;
		this.buffer = memory.buffer;
		this.maximumPages = maximumPages;
	}

	get byteLength(): number {
		return this.memory.buffer.byteLength;
	}

	get askedByteLength(): number {
		return this.byteLength;
	}

	grow(pages: number, neededPages: number): boolean {
		return this.#grow(pages) || this.#grow(neededPages);
	}

	headerChanged(): void {}

	write(address: number, words: Int32Array<ArrayBuffer>): void {
		new Int32Array(this.memory.buffer, address, words.length).set(words);
	}

	#grow(pages: number): boolean {
		try {
			this.memory.grow(pages);
			return true;
		} catch {
			return false;
		}
	}
}

/** Whether threads can share memory here: browsers want pages isolated for that. */
export function canShareMemory(): boolean {
	const { crossOriginIsolated } = globalThis as { readonly crossOriginIsolated?: boolean };
	return typeof SharedArrayBuffer !== "undefined" && crossOriginIsolated !== false;
}

/** @throws LooperError `unsupported-platform` where threads cannot share memory. */
export function checkSharedMemory(): void {
	if (!canShareMemory()) throw unshareable();
}

function unshareable(): LooperError {
	return new LooperError(
		"unsupported-platform",
		"SharedArrayBuffer is not available; serve the page over HTTPS or from localhost with the headers " +
			'"Cross-Origin-Opener-Policy: same-origin" and "Cross-Origin-Embedder-Policy: require-corp", or let the engine ' +
			'do without it (threading: "auto")',
	);
}

/** Pages of so many bytes. */
export function pagesOf(bytes: number): number {
	return Math.ceil(bytes / WASM_PAGE_BYTES);
}
