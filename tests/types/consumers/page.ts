import type * as looper from "flitzis-looper";
import {
	AudioEngine,
	type AudioEngineOptions,
	encodeWav,
	type PlayOptions,
	renderPerformance,
	schedulePerformance,
} from "flitzis-looper";
import { AudioStreamHandle } from "flitzis-looper/stream";

/** Whether a value may stand where a type is asked for. */
type Fits<Value, Target> = Value extends Target ? true : false;

const platform: "contentHashes" extends keyof typeof looper ? "node" : "page" = "page";
const refused: Fits<{ readonly sampleRate: number }, AudioEngineOptions["audioContext"]> = false;
const missing: "partsOf" | "name" extends keyof AudioEngine ? true : false = false;

const context = new AudioContext();
const engine = new AudioEngine({ audioContext: context, assets: { base: new URL("/engine/", location.href) } });
await engine.run();
engine.output?.connect(new GainNode(context));
engine.addEventListener("pad", ({ id, state }) => console.log(id, state));
const { signal } = new AbortController();
await engine.loadSample(0, new File([], "kick.wav"), { signal, onProgress: ({ percent }) => console.log(percent) });
const options: PlayOptions = { loop: true, atLine: 4 };
engine.playSample(0, 1, options).setGain(0.5);

const { descriptor, transfer } = engine.createStreamHandle();
new Worker("player.js", { type: "module" }).postMessage(descriptor, transfer);
AudioStreamHandle.open(descriptor).press(0, 1);

const take: Blob = await (await engine.recording.stop()).blob();
const wav = new Blob([encodeWav([new Float32Array(8)], { sampleRate: 48_000 }), take]);
const performance = await engine.performance.stop();
const offline = new OfflineAudioContext(2, performance.frames, performance.engine.sampleRate);
const scheduled = await schedulePerformance(performance, ({ name }) => name, { audioContext: offline });
scheduled.output?.connect(offline.destination);
const rendered = new AudioBuffer({ length: 128, sampleRate: 48_000 });
rendered.copyToChannel(engine.renderOffline(128)[0], 0);
rendered.copyToChannel(engine.renderOffline(128, { cue: true })[3], 1);
for await (const [left, right] of renderPerformance(performance, ({ name }) => name)) {
	rendered.copyToChannel(left, 0);
	rendered.copyToChannel(right, 1);
}
console.log(platform, refused, missing, wav.size);
