/** The part of WebAssembly that every realm has; the DOM declares it again for its own. */
declare namespace WebAssembly {
	class Module {
		constructor(bytes: ArrayBufferView<ArrayBuffer> | ArrayBuffer);
	}
	class Memory {
		constructor(descriptor: { initial: number; maximum?: number; shared?: boolean });
		readonly buffer: ArrayBuffer | SharedArrayBuffer;
		grow(pages: number): number;
	}
	class Instance {
		constructor(module: Module, imports: Record<string, Record<string, Memory>>);
		readonly exports: Readonly<Record<string, unknown>>;
	}
	function compile(bytes: ArrayBufferView<ArrayBuffer> | ArrayBuffer): Promise<Module>;
}
