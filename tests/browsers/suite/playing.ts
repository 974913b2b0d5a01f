import type { Activity, AudioEngine } from "../../../packages/engine/dist/index.browser.js";
import { claim, claimEqual, claimSamples } from "./claims.ts";
import { turnsUntil } from "./events.ts";
import { plateaus, trimSilence } from "./recorder.ts";
import { longFile, SAMPLE_RATE, steady, tune, waveFile } from "./sounds.ts";
import type { Suite } from "./stage.ts";

/** Longer than the recorder's pieces, so that a change is recorded before it is checked. */
const MOMENT = 4_800;
const FADE_FRAMES = Math.round(0.005 * SAMPLE_RATE);

/** Voices of a pad, as of the newest block. */
function voicesOf(engine: AudioEngine, pad: number): number {
	return activityOf(engine).voices[pad] ?? 0;
}

function playheadOf(engine: AudioEngine, pad: number): number {
	return activityOf(engine).playhead[pad] ?? 0;
}

function activityOf(engine: AudioEngine): Activity {
	const activity = engine.createActivity();
	engine.readActivity(activity);
	activity.close();
	return activity;
}

/** Playback recorded from the device. */
export const playing: Suite = {
	"a sample at full velocity plays to the bit": async (stage) => {
		const { engine, recorder } = await stage.onDevice();
		await engine.loadSample(3, waveFile(tune));
		engine.playSample(3, 1);
		await recorder.recordSound(tune[0]!.length + MOMENT);
		claimSamples(trimSilence(recorder.samples), tune, "heard");
		claimEqual(engine.stats().activeVoices, 0, "voices after the end");
	},

	"every trigger starts a new voice, scaled by velocity and master gain": async (stage) => {
		const { engine, recorder } = await stage.onDevice();
		engine.masterGainDecibels = -6;
		await engine.loadSample(0, waveFile(steady(0.5, MOMENT)));
		await recorder.record(MOMENT);
		engine.playSample(0, 0.5);
		engine.playSample(0, 0.25);
		await recorder.recordSound(2 * MOMENT);
		const [{ level, frames } = { level: 0, frames: 0 }, ...others] = plateaus(trimSilence(recorder.samples)[0]);
		claimEqual([frames, others], [MOMENT, []], "frames of the two voices");
		claim(Math.abs(level - 0.375 * 10 ** (-6 / 20)) < 1e-6, `heard ${level}`);
	},

	"a looping voice continues without a gap until stopped, then fades out in 5 ms": async (stage) => {
		const { engine, recorder } = await stage.onDevice();
		await engine.loadSample(0, waveFile(steady(0.5, 1_001)));
		engine.playSample(0, 1, { loop: true });
		await recorder.recordSound(4 * MOMENT);
		claimEqual(voicesOf(engine, 0), 1, "voices of the slot");
		engine.stopSample(0);
		await recorder.until(() => engine.stats().activeVoices === 0);
		await recorder.record(MOMENT);
		const [left] = trimSilence(recorder.samples);
		const faded = left.findIndex((sample) => sample !== 0.5);
		claim(faded > 2 * MOMENT, `the loop held for ${faded} frames`);
		const fade = left.subarray(faded);
		claim(fade.length <= FADE_FRAMES && fade.length >= FADE_FRAMES - 2, `the fade took ${fade.length} frames`);
		claim(
			fade.every((sample, frame) => sample < (fade[frame - 1] ?? 0.5) && sample > 0),
			"the fade falls in every frame",
		);
	},

	"stopAll silences every slot, unloading only one slot": async (stage) => {
		const { engine, recorder } = await stage.onDevice();
		for (const slot of [0, 1, 2]) {
			await engine.loadSample(slot, waveFile(steady(0.125 * 2 ** slot, MOMENT + slot)));
			engine.playSample(slot, 1, { loop: true });
		}
		await recorder.until(() => engine.stats().activeVoices === 3);
		await recorder.record(MOMENT);
		engine.unloadSample(1);
		claimEqual(engine.sampleInfo(1), null, "the unloaded slot");
		engine.playSample(1, 1);
		await recorder.until(() => engine.stats().activeVoices === 2);
		await recorder.record(MOMENT);
		engine.stopAll();
		await recorder.until(() => engine.stats().activeVoices === 0);
		await recorder.record(MOMENT);
		const levels = plateaus(recorder.samples[0]).filter(({ frames }) => frames >= 1_000);
		claimEqual(levels.map(({ level }) => level).slice(-3), [0.875, 0.625, 0], "steady levels");
	},

	"a replaced sample plays to its end, and the next trigger plays the new one": async (stage) => {
		const { engine, recorder } = await stage.onDevice();
		await engine.loadSample(0, waveFile(steady(0.25, SAMPLE_RATE)));
		engine.playSample(0, 1);
		await recorder.until(() => voicesOf(engine, 0) === 1);
		await engine.loadSample(0, waveFile(steady(0.5, SAMPLE_RATE)));
		engine.playSample(0, 1);
		await recorder.record(3 * SAMPLE_RATE);
		const levels = plateaus(trimSilence(recorder.samples)[0]);
		claimEqual(
			levels.map(({ level }) => level),
			[0.25, 0.75, 0.5],
			"levels heard",
		);
		const [old = 0, both = 0, renewed = 0] = levels.map(({ frames }) => frames);
		claimEqual([old + both, both + renewed], [SAMPLE_RATE, SAMPLE_RATE], "frames of each sample");
	},

	"a sound plays without dropouts while eight long files load": async (stage) => {
		const { engine, recorder } = await stage.onDevice();
		await engine.loadSample(0, waveFile(steady(0.5, 1_001)));
		engine.playSample(0, 1, { loop: true });
		await recorder.until(() => engine.stats().activeVoices === 1);
		await recorder.record(MOMENT);
		await Promise.all(Array.from({ length: 8 }, (_, index) => engine.loadSample(1 + index, longFile(index + 1))));
		await recorder.record(MOMENT);
		claimEqual(
			plateaus(trimSilence(recorder.samples)[0]).map(({ level }) => level),
			[0.5],
			"levels heard",
		);
	},

	"a slot's activity has voices, position, frames and peak": async (stage) => {
		const { engine, recorder } = await stage.onDevice();
		await engine.loadSample(5, waveFile(steady(0.25, SAMPLE_RATE)));
		engine.playSample(5, 1);
		await turnsUntil(() => playheadOf(engine, 5) > 0.1 * engine.stats().sampleRate);
		claimEqual(voicesOf(engine, 5), 1, "voices of the slot");
		const { frame, peak, sampleRate, state } = engine.stats();
		claimEqual({ peak, sampleRate, state }, { peak: 0.25, sampleRate: SAMPLE_RATE, state: "running" }, "stats");
		await recorder.record(MOMENT);
		// The frame clock advances with the audio; over ports the page is updated a little later.
		await turnsUntil(() => engine.stats().frame >= frame + MOMENT - 1_024);
		await turnsUntil(() => engine.stats().activeVoices === 0);
		await recorder.record(MOMENT);
		const { peak: falling } = engine.stats();
		claim(falling < 0.25, `the peak is ${falling} in silence`);
	},
};
