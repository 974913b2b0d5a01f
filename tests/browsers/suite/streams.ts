import type { StreamGrant } from "../../../packages/engine/dist/index.browser.js";
import { claim, claimEqual, claimSamples } from "./claims.ts";
import { turnsUntil } from "./events.ts";
import { plateaus, trimSilence } from "./recorder.ts";
import { tune, waveFile } from "./sounds.ts";
import type { Stage, Suite } from "./stage.ts";

const STREAM_RECORDS = 256;

/** What a worker plays, and how often: all at once, or, with null, once per turn until rejected. */
interface StreamTask {
	readonly id: number;
	readonly velocity: number;
	readonly times: number | null;
}

/** The number of plays, and the code of the error that ended them. */
interface StreamAnswer {
	readonly played: number;
	readonly code: string | null;
}

/** Plays a stream in a worker, and waits for its answer. */
async function playInWorker(stage: Stage, grant: StreamGrant, task: StreamTask): Promise<StreamAnswer> {
	const worker = new Worker("/stream-player.js", { type: "module" });
	stage.atEnd(() => worker.terminate());
	const answer = new Promise<StreamAnswer>((resolve, reject) => {
		worker.addEventListener("message", ({ data }: MessageEvent<StreamAnswer>) => resolve(data));
		worker.addEventListener("error", ({ message }) => reject(new Error(message)));
	});
	worker.postMessage({ descriptor: grant.descriptor, ...task }, [...grant.transfer]);
	return await answer;
}

/** Playing from other threads. */
export const streams: Suite = {
	"a stream in a worker plays the page's samples": async (stage) => {
		const { engine, recorder } = await stage.onDevice();
		await engine.loadSample(9, waveFile(tune));
		const answer = await playInWorker(stage, engine.createStreamHandle(), { id: 9, velocity: 1, times: 1 });
		claimEqual(answer, { played: 1, code: null }, "the worker's answer");
		await recorder.recordSound(20_000 + 4_800);
		claimSamples(trimSilence(recorder.samples), tune, "heard");
	},

	"a stream's full ring rejects the call, and all accepted triggers play": async (stage) => {
		const engine = await stage.offlineEngine({ voices: 256 });
		await engine.loadSample(0, waveFile(tune));
		const answer = await playInWorker(stage, engine.createStreamHandle(), { id: 0, velocity: 1, times: 1_000 });
		claimEqual(answer, { played: STREAM_RECORDS, code: "ring-full" }, "the worker's answer");
		// Without shared memory the worker's commands may arrive after its answer.
		await turnsUntil(() => {
			engine.renderOffline(128);
			return engine.stats().activeVoices === STREAM_RECORDS;
		});
		claimEqual(engine.stats().droppedVoices, 0, "dropped voices");
	},

	"a stream released by the engine is closed and plays nothing": async (stage) => {
		const engine = await stage.offlineEngine();
		await engine.loadSample(0, waveFile(tune));
		const grant = engine.createStreamHandle();
		grant.release();
		const { code } = await playInWorker(stage, grant, { id: 0, velocity: 1, times: null });
		claimEqual(code, "closed", "the worker's error");
		const [left] = engine.renderOffline(4_800);
		claimEqual(plateaus(left), [{ level: 0, frames: 4_800 }], "heard");
	},

	"a stream of an engine that is shut down is closed": async (stage) => {
		const { engine } = await stage.onDevice();
		const answer = playInWorker(stage, engine.createStreamHandle(), { id: 0, velocity: 1, times: null });
		await engine.shutDown();
		const { code } = await answer;
		// During the fade-out the engine is no longer running.
		claim(code === "closed" || code === "not-running", `the worker's error is ${code}`);
	},
};
