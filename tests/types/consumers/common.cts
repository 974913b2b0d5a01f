/** An ECMAScript module in a CommonJS file. */
export async function start(): Promise<string> {
	const { AudioEngine } = await import("flitzis-looper");
	const { AudioStreamHandle } = await import("flitzis-looper/stream");
	const engine = new AudioEngine({ output: "offline" });
	AudioStreamHandle.open(engine.createStreamHandle().descriptor).close();
	return engine.run();
}
