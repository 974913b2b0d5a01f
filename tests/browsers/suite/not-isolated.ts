import { claim, claimEqual, claimSamples, failureOf } from "./claims.ts";
import { trimSilence } from "./recorder.ts";
import { SAMPLE_RATE, tune, waveFile } from "./sounds.ts";
import type { Suite } from "./stage.ts";

/** A page without the headers that shared memory needs. */
export const notIsolated: Suite = {
	"without shared memory run is unsupported-platform and names both headers": async (stage) => {
		const engine = stage.createEngine({ output: "offline", sampleRate: SAMPLE_RATE, threading: "shared" });
		const { code, message } = await failureOf(() => engine.run());
		claimEqual(code, "unsupported-platform", "code");
		claim(message.includes('"Cross-Origin-Opener-Policy: same-origin"'), message);
		claim(message.includes('"Cross-Origin-Embedder-Policy: require-corp"'), message);
	},

	"without shared memory an engine takes message ports by itself, and sounds to the bit": async (stage) => {
		const { engine, recorder } = await stage.onDevice({ threading: "auto" });
		claimEqual(engine.stats().threading, "messages", "threading");
		await engine.loadSample(0, waveFile(tune));
		engine.playSample(0, 1);
		await recorder.hearSound(20_000 + 4_800);
		claimSamples(trimSilence(recorder.samples), tune, "heard");
	},
};
