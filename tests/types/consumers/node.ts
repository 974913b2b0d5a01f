import { Worker } from "node:worker_threads";
import type * as looper from "flitzis-looper";
import { AudioEngine, contentHashes, LooperError, type SampleSource } from "flitzis-looper";

const platform: "contentHashes" extends keyof typeof looper ? "node" : "page" = "node";
const sources: readonly SampleSource[] = ["kick.wav", new URL("file:///kick.wav"), Buffer.from([]), new Blob([])];
const engine = new AudioEngine({ cache: { directory: "/tmp/samples" }, assets: { worklet: new URL(import.meta.url) } });
const { signal } = new AbortController();
try {
	for (const [slot, source] of sources.entries()) await engine.loadSample(slot, source, { signal });
} catch (error) {
	if (error instanceof LooperError && error.code === "file-not-found") console.error(error.message);
}
const { descriptor, transfer } = engine.createStreamHandle();
new Worker("./player.js").postMessage(descriptor, transfer);
const player = new Worker("./player.js", { workerData: descriptor, transferList: transfer });
const { size } = await (await engine.recording.stop()).blob();
console.log(player.threadId, platform, size, await contentHashes("kick.wav", signal));
