import { claim, claimEqual, claimSamples } from "./claims.ts";
import { Recorder, trimSilence } from "./recorder.ts";
import { steady, tune, waveFile } from "./sounds.ts";
import type { Suite } from "./stage.ts";

/** A page without a user gesture, in a browser that blocks its audio. */
export const untouched: Suite = {
	"an untouched page's engine is suspended and loads, and the tap that resumes it already plays": async (stage) => {
		const context = stage.createContext();
		const engine = stage.createEngine({ audioContext: context });
		claimEqual(await engine.run(), "suspended", "the result of run");
		await engine.loadSample(0, waveFile(steady(0.5, 100)));
		await engine.loadSample(0, waveFile(tune));
		claimEqual([engine.stats().state, engine.sampleInfo(0)?.frames], ["suspended", 20_000], "before the gesture");
		const recorder = await Recorder.attach(context, engine.output!);
		await stage.inGesture(() => {
			engine.playSample(0, 1);
			void engine.resume();
		});
		await recorder.recordSound(20_000 + 9_600);
		claimSamples(trimSilence(recorder.samples), tune, "heard");
		claimEqual(engine.stats().state, "running", "state after the gesture");
	},

	"what is loaded before the first gesture sounds when run is called in it": async (stage) => {
		const engine = stage.createEngine();
		await engine.loadSample(0, waveFile(tune));
		claimEqual([engine.stats().state, engine.sampleInfo(0) !== null], ["idle", true], "before the gesture");
		let state: Promise<string> = Promise.resolve("");
		await stage.inGesture(() => {
			state = engine.run();
		});
		claimEqual(await state, "running", "the result of run");
		engine.playSample(0, 1, { loop: true });
		while (engine.stats().peak === 0) await new Promise((resolve) => setTimeout(resolve, 5));
	},

	"an engine first run in a gesture runs immediately": async (stage) => {
		const engine = stage.createEngine();
		let state: Promise<string> = Promise.resolve("");
		await stage.inGesture(() => {
			state = engine.run();
		});
		claimEqual(await state, "running", "the result of run");
		await engine.loadSample(0, waveFile(tune));
		engine.playSample(0, 1, { loop: true });
		while (engine.stats().peak === 0) await new Promise((resolve) => setTimeout(resolve, 5));
	},

	"an engine run at load is suspended, and run again in a gesture it sounds": async (stage) => {
		const engine = stage.createEngine();
		claimEqual(await engine.run(), "suspended", "the result of run at load");
		const pad = await engine.load("tune", waveFile(tune));
		pad.loop = true;
		let state: Promise<string> = Promise.resolve("");
		await stage.inGesture(() => {
			state = engine.run();
			pad.press();
		});
		claimEqual(await state, "running", "the result of run in the gesture");
		while (engine.stats().peak === 0) await new Promise((resolve) => setTimeout(resolve, 5));
		claimEqual(await engine.run(), "running", "the result of a third run");
	},

	"a gesture counts while the first run is still under way": async (stage) => {
		const engine = stage.createEngine();
		const first = engine.run();
		let second: Promise<string> = Promise.resolve("");
		await stage.inGesture(() => {
			second = engine.run();
		});
		claimEqual(await second, "running", "the result of run in the gesture");
		claim(["running", "suspended"].includes(await first), "the first run ends, too");
		claimEqual(engine.stats().state, "running", "state");
	},
};
