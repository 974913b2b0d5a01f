import { AudioEngine } from "flitzis-looper";

/** The engine of a scope. */
export async function withEngine(): Promise<void> {
	await using engine = new AudioEngine({ output: "offline" });
	await engine.run();
	await engine[Symbol.asyncDispose]();
}
