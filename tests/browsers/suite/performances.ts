import {
	type GoldenFiles,
	goldenDigest,
	goldenDigestInContext,
} from "../../../packages/engine/test/golden/golden-performance.ts";
import { claim, claimEqual, claimSamples } from "./claims.ts";
import { longFile, tune, waveFile } from "./sounds.ts";
import type { OnDevice, Stage, Suite } from "./stage.ts";

const MOMENT = 4_800;

async function golden(stage: Stage): Promise<{ files: GoldenFiles; digest: string }> {
	const textOf = async (path: string): Promise<string> => new TextDecoder().decode(await stage.fetchFile(path));
	const text = await textOf("/golden/performance.json");
	const digest = (await textOf("/golden/digest.txt")).trim();
	return { files: { text, fileOf: (name) => stage.fetchFile(`/golden/${name}`) }, digest };
}

/** The frame at which a signal contains a sound to the bit; -1 if nowhere. */
function placeOf(sound: Float32Array, signal: Float32Array): number {
	for (let start = 0; start + sound.length <= signal.length; start++) {
		if (sound.every((sample, frame) => sample === signal[start + frame])) return start;
	}
	return -1;
}

/** Ends the performance that is recorded, and claims that its rendering is what was heard. @param files - of different lengths */
async function claimRenderedAsHeard(
	stage: Stage,
	{ engine, recorder }: OnDevice,
	files: readonly Uint8Array<ArrayBuffer>[],
): Promise<void> {
	const performance = await engine.performance.stop();
	await recorder.record(2 * MOMENT);
	const sources = new Map(files.map((file) => [file.length, file]));
	const pieces = stage.package.renderPerformance(performance, ({ fileBytes }) => sources.get(fileBytes)!, {
		threading: stage.threading,
		pieceFrames: 2 ** 24,
	});
	for await (const rendered of pieces) {
		claimEqual(rendered[0].length, performance.frames, "frames");
		const heard = recorder.samples;
		// Long enough to be unique.
		const start = placeOf(rendered[0].subarray(0, 1_000), heard[0]);
		claim(start >= 0, "the rendered performance was not heard");
		const span = heard.map((channel) => channel.subarray(start, start + performance.frames));
		claimSamples(span, rendered, "heard");
	}
}

/** Recorded performances, rendered again. */
export const performances: Suite = {
	"the golden performance has its digest offline, whatever the block length": async (stage) => {
		const { files, digest } = await golden(stage);
		const { threading } = stage;
		for (const blockFrames of [128, 77, 2_048]) {
			claimEqual(await goldenDigest(stage.package, files, { threading, blockFrames }), digest, `by ${blockFrames}`);
		}
	},

	"the golden performance has its digest through the worklet in an OfflineAudioContext": async (stage) => {
		const { files, digest } = await golden(stage);
		const { threading } = stage;
		const createContext = (options: OfflineAudioContextOptions): OfflineAudioContext =>
			new OfflineAudioContext(options);
		claimEqual(await goldenDigestInContext(stage.package, files, createContext, { threading }), digest, "digest");
	},

	"a performance recorded from the device is rendered to the bit": async (stage) => {
		const scene = await stage.onDevice();
		const { engine, recorder } = scene;
		const [one, other] = [waveFile(tune), longFile(7)];
		await engine.loadSample(0, one);
		await engine.loadSample(1, other);
		engine.playSample(0, 0.5, { loop: true });
		await recorder.record(MOMENT);
		engine.masterGainDecibels = -3;
		engine.performance.start();
		for (let turn = 0; turn < 6; turn++) {
			await recorder.record(MOMENT);
			engine.playSample(turn % 2, 0.25, { atFrame: engine.stats().frame + 1_001 * turn });
			if (turn === 2) await engine.loadSample(0, other);
			if (turn === 4) engine.stopSample(0);
			if (turn === 5) engine.masterGainDecibels = -240;
		}
		await recorder.record(MOMENT);
		await claimRenderedAsHeard(stage, scene, [one, other]);
	},

	"a loop by slices, recorded from the device at tempos that move, is rendered to the bit": async (stage) => {
		const scene = await stage.onDevice();
		const { engine, recorder } = scene;
		const file = waveFile(tune);
		await engine.loadSample(0, file);
		const pad = engine.pad(0);
		pad.set({ loop: true, lengthBeats: 1, sync: "slices" });
		const tail = { startFrame: 5_000, periodFrames: 1_000, decay: 0.9, isCorrelated: false };
		await pad.setSlices([
			{ startFrame: 0, onsetFrame: 0, tail: null },
			{ startFrame: 3_100.5, onsetFrame: 3_200.25, tail },
			{ startFrame: 9_900, onsetFrame: 10_000, tail: null },
		]);
		claimEqual(pad.slices.length, 3, "slices");
		engine.performance.start();
		pad.press(0.8);
		for (const tempo of [60, 240, 90, 144]) {
			engine.transport.tempo = tempo;
			await recorder.record(MOMENT);
		}
		await claimRenderedAsHeard(stage, scene, [file]);
	},
};
