import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";

test("where the platform has no symbol for it, an engine is disposed by the one that compilers look for", () => {
	const script = `
		const older = Object.assign((name) => native(name), { prototype: Symbol.prototype });
		const native = Symbol;
		for (const name of Object.getOwnPropertyNames(native)) {
			if (!/dispose$/i.test(name) && !(name in older)) older[name] = native[name];
		}
		globalThis.Symbol = older;
		const { AudioEngine } = await import("flitzis-looper");
		const engine = new AudioEngine({ output: "offline" });
		await engine.run();
		await engine[Symbol.for("Symbol.asyncDispose")]();
		console.log(engine.stats().state, "undefined" in engine);
	`;
	const args = ["--input-type=module", "-e", script];
	expect(execFileSync(process.execPath, args, { encoding: "utf8" })).toBe("closed false\n");
});
