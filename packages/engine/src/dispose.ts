/**
 * Names a class's method of `[Symbol.dispose]` or `[Symbol.asyncDispose]` where the platform has no such symbol (Node 18, Safari), and
 * the method is called "undefined": as the registered symbol, which compilers of `using` look for.
 */
export function nameDisposal(prototype: object, name: "dispose" | "asyncDispose"): void {
	const symbols: { readonly dispose?: symbol; readonly asyncDispose?: symbol } = Symbol;
	const method = Object.getOwnPropertyDescriptor(prototype, "undefined");
	if (symbols[name] !== undefined || method === undefined) return;
	Object.defineProperty(prototype, Symbol.for(`Symbol.${name}`), method);
	Reflect.deleteProperty(prototype, "undefined");
}
