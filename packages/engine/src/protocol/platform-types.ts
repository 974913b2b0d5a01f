/**
 * What a class of the platform makes, by the name of the class; `Otherwise` where the program's `lib` and `types` declare none. So the
 * declarations of the package compile without the DOM's and without Node's.
 */
type InstanceOf<Name extends string, Otherwise> = typeof globalThis extends {
	readonly [Key in Name]: { readonly prototype: infer Instance };
}
	? Instance
	: Otherwise;

/** `Blob`. */
export type PlatformBlob = InstanceOf<"Blob", { readonly size: number; readonly type: string }>;

/** `URL`. */
export type PlatformUrl = InstanceOf<"URL", { readonly href: string }>;

/** `AbortSignal`. */
export type PlatformAbortSignal = InstanceOf<
	"AbortSignal",
	{
		readonly aborted: boolean;
		readonly reason: unknown;
		addEventListener(type: "abort", listener: () => void): void;
		removeEventListener(type: "abort", listener: () => void): void;
	}
>;

/** `BaseAudioContext`: an AudioContext or an OfflineAudioContext. */
export type PlatformAudioContext = InstanceOf<
	"BaseAudioContext",
	{
		readonly sampleRate: number;
		readonly currentTime: number;
		readonly state: string;
		readonly audioWorklet: { addModule(location: string): Promise<unknown> };
	}
>;

/** `AudioNode`. */
export type PlatformAudioNode = InstanceOf<
	"AudioNode",
	{
		connect(destination: unknown, output?: number, input?: number): unknown;
		disconnect(): void;
	}
>;

/** `[Symbol.asyncDispose]`, where the program's `lib` or `types` declare that. */
export type AsyncDisposal = {
	readonly [Key in keyof SymbolConstructor as Key extends "asyncDispose"
		? SymbolConstructor[Key] & symbol
		: never]: () => Promise<void>;
};

/** `Uint8Array<ArrayBuffer>`; TypeScript before 5.7 has no such type parameter. */
export type OwnedBytes = ReturnType<Uint8ArrayConstructor["of"]>;

/** `Float32Array<ArrayBuffer>`. */
export type OwnedFloats = ReturnType<Float32ArrayConstructor["of"]>;
