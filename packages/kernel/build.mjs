// Compiles the WebAssembly modules: the kernel (for shared and for unshared memory), the loader threads' loops, and the
// bare read that the benchmarks measure the kernel against.
import { mkdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { main } from "assemblyscript/asc";

const folder = fileURLToPath(new URL(".", import.meta.url));
/** Where the kernel's static data begins: KERNEL_DATA in shared-memory.ts, which a test holds it against. */
const KERNEL_DATA = "917504";

const common = ["-O3", "--noAssert", "--runtime", "stub", "--enable", "simd,bulk-memory", "--importMemory"];
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

/** @param {string} file @param {string[]} options */
async function compile(file, options) {
	const { error } = await main([...options, ...common, "--outFile", `dist/${file}`], { stderr: process.stderr });
	if (error) throw new Error(`${file} does not compile`, { cause: error });
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
