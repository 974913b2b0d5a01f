import { LooperError } from "../errors.ts";
import { PCM_HEAP, WASM_PAGE_BYTES } from "../protocol/shared-memory.ts";

/** Pages of an engine memory without PCM. */
export const INITIAL_PAGES: number = Math.ceil(PCM_HEAP / WASM_PAGE_BYTES);

/**
 * Makes an engine memory without PCM. The maximum is halved until the platform accepts it: some have little address space.
 *
 * @param wantedPages - pages that it may grow to
 * @throws LooperError `out-of-memory`.
 */
export function reserveMemory(
	wantedPages: number,
	shared: boolean,
): { readonly memory: WebAssembly.Memory; readonly maximumPages: number } {
	let cause: unknown;
	for (let maximum = wantedPages; maximum >= INITIAL_PAGES; maximum = Math.floor(maximum / 2)) {
		try {
			return { memory: new WebAssembly.Memory({ initial: INITIAL_PAGES, maximum, shared }), maximumPages: maximum };
		} catch (error) {
			cause = error;
		}
	}
	throw new LooperError("out-of-memory", "The platform grants no memory for the engine. Close other pages.", { cause });
}
