import { AudioEngine, encodeWav, formatPerformance, LooperError, renderPerformance } from "flitzis-looper";
import { AudioStreamHandle } from "flitzis-looper/stream";

/** A program with the language's own types alone. */
export async function render(file: ArrayBuffer): Promise<Uint8Array> {
	const engine = new AudioEngine({
		output: "offline",
		sampleRate: 48_000,
		assets: { base: { href: "file:///engine/" } },
	});
	await engine.run();
	await engine.loadSample(0, file, { transfer: true });
	engine.pad(0).set({ gainDecibels: -6, loopRegion: { startFrame: 0, endFrame: 480 } });
	engine.performance.start();
	engine.pad(0).press(1);
	const [left, right] = engine.renderOffline(4_800);
	const performance = await engine.performance.stop();
	const pieces: Float32Array[] = [];
	for await (const [side] of renderPerformance(performance, () => file)) pieces.push(side);
	AudioStreamHandle.open(engine.createStreamHandle().descriptor).close();
	const exported: Uint8Array = await engine.pad(0).exportWav();
	if (exported.length === 0) throw new LooperError("read-failed", formatPerformance(performance), { cause: pieces });
	await engine.shutDown();
	return encodeWav([left, right], { sampleRate: 48_000 });
}
