/** The part of WebAssembly that every realm has; the DOM and Node declare it again for theirs. */
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
}

/** What the pure realm needs to know of types that both the DOM and Node have. */
declare interface Blob {
	readonly size: number;
	readonly type: string;
}

declare interface AbortSignal {
	readonly aborted: boolean;
	readonly reason: unknown;
	addEventListener(type: "abort", listener: () => void): void;
	removeEventListener(type: "abort", listener: () => void): void;
}

declare interface URL {
	readonly href: string;
}
