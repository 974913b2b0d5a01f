// Compiles the WebAssembly modules: the kernel (for shared and for unshared memory), the loader threads' loops, and the
// bare read that the benchmarks measure the kernel against.
import { mkdir, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { main } from "assemblyscript/asc";
import binaryen from "binaryen";

const folder = fileURLToPath(new URL(".", import.meta.url));
/** Where the kernel's static data begins: KERNEL_DATA in shared-memory.ts, which a test holds it against. */
const KERNEL_DATA = "917504";

// Told to shrink, the compiler takes mathematical functions without tables, which are a quarter of the kernel's weight.
const common = [
	"--optimizeLevel",
	"0",
	"--shrinkLevel",
	"1",
	"--noAssert",
	"--runtime",
	"stub",
	"--enable",
	"simd,bulk-memory",
	"--importMemory",
];
const audio = [
	"assembly/audio/index.ts",
	"--memoryBase",
	KERNEL_DATA,
	"--zeroFilledMemory",
	"--maximumMemory",
	"65536",
	"--noExportMemory",
	"--use",
	"abort=",
];
const shared = ["--enable", "threads", "--sharedMemory"];

/** What the compiler uses by itself, and what is enabled here. */
const { Features } = binaryen;
const FEATURES =
	Features.Atomics |
	Features.BulkMemory |
	Features.BulkMemoryOpt |
	Features.MutableGlobals |
	Features.NontrappingFPToInt |
	Features.SIMD128 |
	Features.SignExt;

/** @param {string} file @param {string[]} options */
async function compile(file, options) {
	/** @type {Uint8Array | undefined} */
	let compiled;
	const { error } = await main([...options, ...common, "--outFile", file], {
		stderr: process.stderr,
		writeFile: (_, contents) => {
			if (typeof contents !== "string") compiled = contents;
		},
	});
	if (error || compiled === undefined) throw new Error(`${file} does not compile`, { cause: error });
	await writeFile(`dist/${file}`, optimized(compiled));
}

/** Optimizes a module for speed. @param {Uint8Array} bytes */
function optimized(bytes) {
	const module = binaryen.readBinary(bytes);
	module.setFeatures(FEATURES);
	binaryen.setOptimizeLevel(3);
	binaryen.setShrinkLevel(0);
	// With less inlining the mix of 32 pads takes a tenth longer (benchmarks/tasks/kernel-mix.mjs).
	binaryen.setAlwaysInlineMaxSize(12);
	binaryen.setFlexibleInlineMaxSize(65);
	module.optimize();
	const binary = module.emitBinary();
	module.dispose();
	return binary;
}

process.chdir(folder);
await mkdir("dist", { recursive: true });
await compile("kernel.wasm", [...audio, ...shared]);
await compile("kernel-unshared.wasm", [...audio, "--enable", "threads"]);
await compile("read-only.wasm", [
	"assembly/bench/read-only.ts",
	"--maximumMemory",
	"65536",
	"--noExportMemory",
	...shared,
]);
await compile("loader.wasm", ["assembly/loader/index.ts", "--use", "abort="]);
