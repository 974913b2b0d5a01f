import { LooperError } from "../errors.ts";
import type { EngineBacking } from "../memory/engine-backing.ts";
import { reserveMemory } from "../memory/reserve-memory.ts";

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

/** Whether threads can share memory here: browsers require an isolated page, and threads of Deno do not see a shared memory grow. */
export function canShareMemory(): boolean {
	const { crossOriginIsolated } = globalThis as { readonly crossOriginIsolated?: boolean };
	return typeof SharedArrayBuffer !== "undefined" && crossOriginIsolated !== false && !isDeno();
}

function isDeno(): boolean {
	return "Deno" in globalThis;
}

/** @throws LooperError `unsupported-platform` where threads cannot share memory. */
export function checkSharedMemory(): void {
	if (!canShareMemory()) throw unshareable();
}

function unshareable(): LooperError {
	if (isDeno()) {
		const message = 'Threads of Deno do not see a shared memory grow. Use threading: "auto" or "messages".';
		return new LooperError("unsupported-platform", message);
	}
	return new LooperError(
		"unsupported-platform",
		"SharedArrayBuffer is not available. Serve the page over HTTPS or from localhost with the headers " +
			'"Cross-Origin-Opener-Policy: same-origin" and "Cross-Origin-Embedder-Policy: require-corp", or let the engine ' +
			'do without it (threading: "auto").',
	);
}
