import { claim, claimEqual, claimSamples, failureOf } from "./claims.ts";
import { pollToEnd, turnsUntil } from "./events.ts";
import { plateaus, Recorder, trimSilence } from "./recorder.ts";
import { SAMPLE_RATE, steady, tune, waveFile } from "./sounds.ts";
import type { Suite } from "./stage.ts";

const MOMENT = 4_800;

/** An engine's life cycle: before it runs, suspended, shut down, again. */
export const life: Suite = {
	"before run, loads wait and playing is not-running; then the loads continue": async (stage) => {
		const engine = stage.createEngine({ output: "offline", sampleRate: SAMPLE_RATE });
		const loaded = engine.loadSample(0, waveFile(tune));
		const { code, message } = await failureOf(() => engine.playSample(0, 1));
		claimEqual([code, engine.stats().state], ["not-running", "idle"], "before run");
		claim(message.includes("run()"), message);
		claimEqual(await Promise.all([engine.run(), engine.run()]), ["running", "running"], "the results of two runs");
		await loaded;
		engine.playSample(0, 1);
		claimSamples(engine.renderOffline(20_000), tune, "heard");
	},

	"a load ends before run, a graph is wired before it, too, and the sample sounds after it": async (stage) => {
		const context = await stage.runningContext();
		const engine = stage.createEngine({ audioContext: context });
		claimEqual(engine.output, null, "the output before the first load");
		const loading = engine.loadSample(0, waveFile(tune));
		await turnsUntil(() => engine.output !== null);
		const recorder = await Recorder.start(context, engine.output!);
		await loading;
		claimEqual([engine.stats().state, engine.sampleInfo(0)?.frames], ["idle", 20_000], "before run");
		claimEqual(await engine.run(), "running", "the result of run");
		engine.playSample(0, 1);
		await recorder.recordSound(20_000 + MOMENT);
		claimSamples(trimSilence(recorder.samples), tune, "heard");
		recorder.stop();
	},

	"loads of an engine that cannot start end in its reason": async (stage) => {
		const missing = { kernel: "/no-such-file", kernelUnshared: "/no-such-file" };
		const engine = stage.createEngine({ output: "offline", assets: missing });
		engine.loadSampleAsync(0, waveFile(tune));
		const last = (await pollToEnd(engine)).at(-1);
		if (last?.type !== "error") throw new Error(`The load ended in ${last?.type}.`);
		claimEqual(last.code, "unsupported-platform", last.msg);
	},

	"a suspended engine loads, keeps the newest sample and the last trigger, and plays when resumed": async (stage) => {
		const { engine, context, recorder } = await stage.onDevice();
		await context.suspend();
		await turnsUntil(() => engine.stats().state === "suspended");
		await engine.loadSample(0, waveFile(steady(0.25, MOMENT)));
		await engine.loadSample(0, waveFile(steady(0.5, MOMENT)));
		for (let trigger = 0; trigger < 2_000; trigger++) engine.playSample(0, 0.5);
		engine.playSample(0, 1);
		await engine.resume();
		claimEqual(engine.stats().state, "running", "state");
		await recorder.recordSound(3 * MOMENT);
		claimEqual(plateaus(trimSilence(recorder.samples)[0]), [{ level: 0.5, frames: MOMENT }], "heard");
		// One of the two samples is left.
		const { pcmBytes } = engine.stats();
		claim(pcmBytes < 2 * 4 * MOMENT, `${pcmBytes} bytes`);
	},

	"shutDown fades out, ends loads in cancelled and makes later calls fail with closed": async (stage) => {
		const { engine, recorder } = await stage.onDevice();
		await engine.loadSample(0, waveFile(steady(0.5, SAMPLE_RATE)));
		engine.playSample(0, 1, { loop: true });
		await recorder.until(() => engine.stats().activeVoices === 1);
		await recorder.record(MOMENT);
		engine.loadSampleAsync(1, "files/endless");
		await turnsUntil(() => engine.pollLoaderEvents()?.type === "started");
		await Promise.all([engine.shutDown(), engine.shutDown()]);
		await recorder.record(MOMENT);
		const last = (await pollToEnd(engine)).at(-1);
		claimEqual(last?.type === "error" ? last.code : last?.type, "cancelled", "the load's end");
		claimEqual(engine.stats().state, "closed", "state");
		for (const call of [() => engine.playSample(0, 1), () => engine.run(), () => engine.loadSampleAsync(0, "x.wav")]) {
			const { code, message } = await failureOf(call);
			claimEqual(code, "closed", "code");
			claim(message.includes("Create a new one"), message);
		}
		const [left] = trimSilence(recorder.samples);
		const fade = left.subarray(left.findIndex((sample) => sample !== 0.5));
		claim(fade.length > 0 && fade.length <= 240, `the fade took ${fade.length} frames`);
		claim(
			fade.every((sample, frame) => sample < (fade[frame - 1] ?? 0.5)),
			"the fade falls in every frame",
		);
	},

	"a context that its caller closes ends loads in closed, and so does every call": async (stage) => {
		const context = await stage.runningContext();
		const engine = stage.createEngine({ audioContext: context });
		await engine.run();
		await engine.loadSample(0, waveFile(tune));
		const pending = failureOf(() => engine.loadSample(1, "files/endless"));
		engine.loadSampleAsync(2, "files/endless");
		await context.close();
		claimEqual((await pending).code, "closed", "the pending load's end");
		const last = (await pollToEnd(engine)).at(-1);
		claimEqual(last?.type === "error" ? last.code : last?.type, "closed", "the other pending load's end");
		const calls = [
			() => engine.playSample(0),
			() => engine.pad(0).press(),
			() => engine.loadSample(0, waveFile(tune)),
			() => engine.load("tune", waveFile(tune)),
			() => engine.resume(),
			() => engine.run(),
		];
		for (const call of calls) claimEqual((await failureOf(call)).code, "closed", String(call));
		claimEqual(engine.stats().state, "closed", "state");
		await engine.shutDown();
	},

	"a context that its caller closes before run ends loads in closed": async (stage) => {
		for (const wait of [true, false]) {
			const context = await stage.runningContext();
			const engine = stage.createEngine({ audioContext: context });
			const first = wait ? engine.loadSample(0, waveFile(tune)) : null;
			await first;
			const pending = failureOf(() => engine.loadSample(1, "files/endless"));
			await context.close();
			claimEqual((await pending).code, "closed", "the pending load's end");
			claimEqual((await failureOf(() => engine.loadSample(0, waveFile(tune)))).code, "closed", "a later load");
			claimEqual((await failureOf(() => engine.run())).code, "closed", "run");
			await engine.shutDown();
		}
	},

	"after shutDown the page can run the next engine with a new context": async (stage) => {
		for (let round = 0; round < 3; round++) {
			const engine = stage.createEngine();
			claimEqual(await engine.run(), "running", `round ${round}`);
			await engine.loadSample(0, waveFile(steady(0.5, SAMPLE_RATE)));
			engine.playSample(0, 1, { loop: true });
			await turnsUntil(() => engine.stats().peak > 0);
			await engine.shutDown();
			claimEqual(engine.stats().state, "closed", `round ${round}`);
		}
	},

	"a context outlives its engine and takes the next one": async (stage) => {
		const context = await stage.runningContext();
		for (let round = 0; round < 3; round++) {
			const engine = stage.createEngine({ audioContext: context });
			claimEqual(await engine.run(), "running", `round ${round}`);
			const recorder = await Recorder.start(context, engine.output!);
			await engine.loadSample(0, waveFile(tune));
			engine.playSample(0, 1);
			await recorder.recordSound(20_000 + MOMENT);
			claimSamples(trimSilence(recorder.samples), tune, `round ${round}`);
			recorder.stop();
			await engine.shutDown();
			claimEqual(context.state, "running", "the context's state");
		}
	},

	"two engines in one context play together, each with its own samples": async (stage) => {
		const { engine, context, recorder } = await stage.onDevice();
		const second = stage.createEngine({ audioContext: context });
		await second.run();
		second.output!.connect(engine.output!.context.destination);
		const secondRecorder = await Recorder.start(context, second.output!);
		await engine.loadSample(0, waveFile(steady(0.25, MOMENT)));
		await second.loadSample(0, waveFile(steady(0.5, MOMENT)));
		engine.playSample(0, 1);
		second.playSample(0, 1);
		await Promise.all([recorder.recordSound(2 * MOMENT), secondRecorder.recordSound(2 * MOMENT)]);
		claimEqual(plateaus(trimSilence(recorder.samples)[0]), [{ level: 0.25, frames: MOMENT }], "the first");
		claimEqual(plateaus(trimSilence(secondRecorder.samples)[0]), [{ level: 0.5, frames: MOMENT }], "the second");
		secondRecorder.stop();
	},
};
