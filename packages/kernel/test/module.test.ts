import { expect, test } from "vitest";
import { KERNEL_DATA, KERNEL_DATA_BYTES, SHARED_END } from "../../engine/src/protocol/shared-memory.ts";
import { type KernelBuild, kernelBytes } from "./kernel-host.ts";
import { prefixed, readModule } from "./wasm-reader.ts";

const MEMORY_GROW = 0x40;
const V128_LOAD = prefixed(0xfd, 0);
const FIRST_RELAXED_SIMD = prefixed(0xfd, 0x100);
const LAST_RELAXED_SIMD = prefixed(0xfd, 0x1ff);
const I32_ATOMIC_STORE = prefixed(0xfe, 0x17);

const BUILDS: KernelBuild[] = ["shared", "unshared"];

test.each(BUILDS)("the %s kernel imports nothing but the memory", (build) => {
	expect(readModule(kernelBytes(build)).imports).toEqual([{ name: "env.memory", kind: "memory" }]);
});

test.each(BUILDS)("the %s kernel exports its four functions, no allocator and no memory", (build) => {
	expect(readModule(kernelBytes(build)).exports).toEqual([
		{ name: "staticDataEnd", kind: "function" },
		{ name: "initialize", kind: "function" },
		{ name: "renderBlock", kind: "function" },
		{ name: "applyCommands", kind: "function" },
		{ name: "setClock", kind: "function" },
	]);
});

test.each(BUILDS)("the %s kernel never grows the memory, and has no relaxed SIMD", (build) => {
	const opcodes = [...readModule(kernelBytes(build)).opcodes];
	expect(opcodes).toContain(V128_LOAD);
	expect(opcodes).toContain(I32_ATOMIC_STORE);
	expect(opcodes).not.toContain(MEMORY_GROW);
	expect(opcodes.filter((opcode) => opcode >= FIRST_RELAXED_SIMD && opcode <= LAST_RELAXED_SIMD)).toEqual([]);
});

test.each(BUILDS)("the %s kernel runs nothing when it is instantiated", (build) => {
	expect(readModule(kernelBytes(build)).hasStartFunction).toBe(false);
});

test.each(BUILDS)("the static data of the %s kernel lies between what threads share and the output", (build) => {
	expect(SHARED_END).toBeLessThanOrEqual(KERNEL_DATA);
	const bytes = kernelBytes(build);
	const { dataRanges } = readModule(bytes);
	expect(dataRanges.length).toBeGreaterThan(0);
	for (const { start } of dataRanges) expect(start).toBeGreaterThanOrEqual(KERNEL_DATA);
	const memory = new WebAssembly.Memory({ initial: 80, maximum: 65_536, shared: build === "shared" });
	const instance = new WebAssembly.Instance(new WebAssembly.Module(bytes), { env: { memory } });
	const { staticDataEnd } = instance.exports as unknown as { readonly staticDataEnd: () => number };
	const end = staticDataEnd();
	expect(end).toBeGreaterThan(KERNEL_DATA);
	expect(end).toBeLessThanOrEqual(KERNEL_DATA + KERNEL_DATA_BYTES);
	// Zeros are not in the file, however many buffers there are.
	expect(bytes.length).toBeLessThan(72 * 1024);
});

test("the reader finds a memory.grow where there is one", () => {
	// (module (memory 1) (func (drop (memory.grow (i32.const 0x40)))))
	const sections = [
		[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
		[1, 4, 1, 0x60, 0, 0],
		[3, 2, 1, 0],
		[5, 3, 1, 0, 1],
		[10, 10, 1, 8, 0, 0x41, 0xc0, 0, 0x40, 0, 0x1a, 0x0b],
	];
	const module = Uint8Array.from(sections.flat());
	expect(() => new WebAssembly.Module(module)).not.toThrow();
	expect(readModule(module).opcodes).toEqual(new Set([0x41, MEMORY_GROW, 0x1a, 0x0b]));
});
