import type { EngineBacking } from "../memory/engine-backing.ts";
import { INITIAL_PAGES } from "../memory/reserve-memory.ts";
import * as layout from "../protocol/shared-memory.ts";
import type { KernelConnection } from "./kernel-connection.ts";

/** Memory that the audio thread owns, mirrored up to SHARED_END. Thread: control. */
export class MirroredBacking implements EngineBacking {
	readonly buffer: ArrayBuffer;
	readonly maximumPages: number;
	readonly #connection: KernelConnection;
	readonly #header: Int32Array;
	#pages: number = INITIAL_PAGES;
	#askedPages: number = INITIAL_PAGES;
	#growing: Promise<void> | null = null;
	#growths = 0;

	/** @param mirror - SHARED_END bytes, which the connection keeps up to date */
	constructor(maximumPages: number, mirror: ArrayBuffer, connection: KernelConnection) {
		this.maximumPages = maximumPages;
		this.buffer = mirror;
		this.#connection = connection;
		this.#header = new Int32Array(mirror, layout.HEADER, layout.HEADER_BYTES / 4);
	}

	get byteLength(): number {
		return this.#pages * layout.WASM_PAGE_BYTES;
	}

	get askedByteLength(): number {
		return this.#askedPages * layout.WASM_PAGE_BYTES;
	}

	get settled(): Promise<void> | null {
		return this.#growing;
	}

	grow(pages: number, neededPages: number): boolean {
		const growing = this.#growTo(this.#askedPages + pages, this.#askedPages + neededPages);
		this.#askedPages += pages;
		this.#growing = growing;
		return true;
	}

	async #growTo(pages: number, neededPages: number): Promise<void> {
		this.#growths += 1;
		const growth = this.#growths;
		this.#pages = await this.#connection.grow(pages, neededPages);
		if (this.#growths !== growth) return;
		this.#growing = null;
		// What was refused may be asked for again.
		this.#askedPages = this.#pages;
	}

	headerChanged(): void {
		this.#connection.post({ type: "header", words: this.#header.slice() });
	}

	write(address: number, words: Int32Array<ArrayBuffer>): void {
		this.#connection.post({ type: "write", address, words }, [words.buffer]);
	}
}
