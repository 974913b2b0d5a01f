import type { SampleAnalyzer } from "../../../packages/engine/dist/index.browser.js";
import { drumBeat } from "../../../packages/engine/test/analysis-sounds.ts";
import { claim, claimEqual, claimSamples, failureOf } from "./claims.ts";
import { turn } from "./events.ts";
import { SAMPLE_RATE, tune, waveFile } from "./sounds.ts";
import type { Suite } from "./stage.ts";

function beatFile(bpm: number): Uint8Array<ArrayBuffer> {
	return waveFile([drumBeat({ bpm, beats: 8, sampleRate: SAMPLE_RATE }).samples]);
}

/** What the analysis thread finds. */
export const analysis: Suite = {
	"a pad's tempo and beats are found on a thread of its own, on demand": async (stage) => {
		const engine = await stage.offlineEngine();
		await engine.loadSample(0, beatFile(125));
		const stages = new Set<string>();
		const { tempo, beats, onsetsSec } = await engine.pad(0).analyze({ onProgress: (now) => stages.add(now.stage) });
		claim(Math.abs((tempo?.bpm ?? 0) - 125) < 0.01, `tempo ${tempo?.bpm}`);
		claimEqual([beats?.lengthBeats, beats?.firstBeatSec, beats?.beatsPerBar], [8, 0, 4], "beats");
		claim(onsetsSec.length >= 8, `${onsetsSec.length} onsets`);
		claimEqual(stages.size, 5, "stages");
	},

	"with analysis: always, events of a load go on with its analysis": async (stage) => {
		const engine = await stage.offlineEngine({ analysis: "always" });
		const requestId = engine.loadSampleAsync(0, beatFile(100));
		const types: string[] = [];
		while (types.at(-1) !== "analysis") {
			const event = engine.pollLoaderEvents();
			if (event === null) await turn();
			else types.push(event.requestId === requestId ? event.type : "another");
		}
		claim(types.includes("success") && !types.includes("another"), types.join());
	},

	"an application's analyzer gets a copy in mono, which its worker may take over": async (stage) => {
		const code = "onmessage = ({ data }) => postMessage({ onsetsSec: [data.length / 2 / 48000] })";
		const worker = new Worker(URL.createObjectURL(new Blob([code])));
		stage.atEnd(() => worker.terminate());
		const analyzer: SampleAnalyzer = ({ pcm }) =>
			new Promise((resolve) => {
				worker.addEventListener("message", ({ data }) => resolve(data), { once: true });
				worker.postMessage(pcm, [pcm.buffer]);
			});
		const engine = await stage.offlineEngine({ analyzer });
		await engine.loadSample(0, waveFile(tune));
		const { onsetsSec, loudness } = await engine.pad(0).analyze();
		claimEqual(onsetsSec, [(tune[0]?.length ?? 0) / 2 / SAMPLE_RATE], "onsets");
		claim(loudness.truePeakDecibels !== null, "the built-in loudness");
	},

	"an analysis thread that crashes leaves the pad playing": async (stage) => {
		const engine = await stage.offlineEngine({ assets: { analysisThread: "/crashing-analysis.js" } });
		await engine.loadSample(0, waveFile(tune));
		const { code, message } = await failureOf(() => engine.pad(0).analyze());
		claimEqual(code, "worker-crashed", message);
		engine.playSample(0, 1);
		claimSamples(engine.renderOffline(20_000), tune, "heard");
	},

	"an analysis thread that cannot be fetched is unsupported-platform, and its remedy is named": async (stage) => {
		// The page is at localhost; this server lets no other origin read its files.
		for (const analysisThread of ["/no-such-file.js", `http://127.0.0.1:${location.port}/engine/analysis-thread.js`]) {
			const engine = await stage.offlineEngine({ assets: { analysisThread } });
			await engine.loadSample(0, waveFile(tune));
			const { code, message } = await failureOf(() => engine.pad(0).analyze());
			claimEqual(code, "unsupported-platform", message);
			claim(/^The analysis thread cannot start .*page's own origin.*set assets\.analysisThread/.test(message), message);
		}
	},
};
