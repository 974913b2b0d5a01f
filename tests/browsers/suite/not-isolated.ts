import { claim, claimEqual, claimSamples, failureOf } from "./claims.ts";
import { trimSilence } from "./recorder.ts";
import { SAMPLE_RATE, tune, waveFile } from "./sounds.ts";
import type { Suite } from "./stage.ts";

/** A page without cross-origin isolation. */
export const notIsolated: Suite = {
	"without shared memory run fails with unsupported-platform and names both headers": async (stage) => {
		const engine = stage.createEngine({ output: "offline", sampleRate: SAMPLE_RATE, threading: "shared" });
		const { code, message } = await failureOf(() => engine.run());
		claimEqual(code, "unsupported-platform", "code");
		claim(message.includes('"Cross-Origin-Opener-Policy: same-origin"'), message);
		claim(message.includes('"Cross-Origin-Embedder-Policy: require-corp"'), message);
	},

	"without shared memory an engine falls back to message ports, and plays to the bit": async (stage) => {
		const { engine, recorder } = await stage.onDevice({ threading: "auto" });
		claimEqual(engine.stats().threading, "messages", "threading");
		await engine.loadSample(0, waveFile(tune));
		engine.playSample(0, 1);
		await recorder.recordSound(20_000 + 4_800);
		claimSamples(trimSilence(recorder.samples), tune, "heard");
	},
};
