import { readFileSync } from "node:fs";

/** The built module of the loader threads' inner loops. */
export const loaderModule: WebAssembly.Module = new WebAssembly.Module(
	new Uint8Array(readFileSync(new URL("../../kernel/dist/loader.wasm", import.meta.url))),
);
