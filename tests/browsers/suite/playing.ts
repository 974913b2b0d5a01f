import { claim, claimEqual, claimSamples } from "./claims.ts";
import { turnsUntil } from "./events.ts";
import { plateaus, trimSilence } from "./recorder.ts";
import { longFile, SAMPLE_RATE, steady, tune, waveFile } from "./sounds.ts";
import type { Suite } from "./stage.ts";

/** Longer than the recorder's pieces, so that a change is heard before it is looked for. */
const MOMENT = 4_800;
const FADE_FRAMES = Math.round(0.005 * SAMPLE_RATE);

/** Playing, heard from the device. */
export const playing: Suite = {
	"a sample at full velocity sounds with its own bits": async (stage) => {
		const { engine, recorder } = await stage.onDevice();
		await engine.loadSample(3, waveFile(tune));
		engine.playSample(3, 1);
		await recorder.hearSound(tune[0]!.length + MOMENT);
		claimSamples(trimSilence(recorder.samples), tune, "heard");
		claimEqual(engine.stats().activeVoices, 0, "voices after the end");
	},

	"every trigger starts a voice of its own, and velocity and master gain scale it": async (stage) => {
		const { engine, recorder } = await stage.onDevice();
		engine.masterGainDecibels = -6;
		await engine.loadSample(0, waveFile(steady(0.5, MOMENT)));
		await recorder.hear(MOMENT);
		engine.playSample(0, 0.5);
		engine.playSample(0, 0.25);
		await recorder.hearSound(2 * MOMENT);
		const [{ level, frames } = { level: 0, frames: 0 }, ...others] = plateaus(trimSilence(recorder.samples)[0]);
		claimEqual([frames, others], [MOMENT, []], "frames of the two voices");
		claim(Math.abs(level - 0.375 * 10 ** (-6 / 20)) < 1e-6, `heard ${level}`);
	},

	"a looping voice goes on without a gap until it is stopped, and then fades in 5 ms": async (stage) => {
		const { engine, recorder } = await stage.onDevice();
		await engine.loadSample(0, waveFile(steady(0.5, 1_001)));
		engine.playSample(0, 1, { loop: true });
		await recorder.hearSound(4 * MOMENT);
		claimEqual(engine.slotActivity(0).voices, 1, "voices of the slot");
		engine.stopSample(0);
		await recorder.until(() => engine.stats().activeVoices === 0);
		await recorder.hear(MOMENT);
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

	"stopAll silences every slot, and unloading one silences that one alone": async (stage) => {
		const { engine, recorder } = await stage.onDevice();
		for (const slot of [0, 1, 2]) {
			await engine.loadSample(slot, waveFile(steady(0.125 * 2 ** slot, MOMENT + slot)));
			engine.playSample(slot, 1, { loop: true });
		}
		await recorder.until(() => engine.stats().activeVoices === 3);
		await recorder.hear(MOMENT);
		engine.unloadSample(1);
		claimEqual(engine.sampleInfo(1), null, "the unloaded slot");
		engine.playSample(1, 1);
		await recorder.until(() => engine.stats().activeVoices === 2);
		await recorder.hear(MOMENT);
		engine.stopAll();
		await recorder.until(() => engine.stats().activeVoices === 0);
		await recorder.hear(MOMENT);
		const levels = plateaus(recorder.samples[0]).filter(({ frames }) => frames >= 1_000);
		claimEqual(levels.map(({ level }) => level).slice(-3), [0.875, 0.625, 0], "steady levels");
	},

	"a sounding sample that is replaced ends as it was, and the next trigger plays the new one": async (stage) => {
		const { engine, recorder } = await stage.onDevice();
		await engine.loadSample(0, waveFile(steady(0.25, SAMPLE_RATE)));
		engine.playSample(0, 1);
		await recorder.until(() => engine.slotActivity(0).voices === 1);
		await engine.loadSample(0, waveFile(steady(0.5, SAMPLE_RATE)));
		engine.playSample(0, 1);
		await recorder.hear(3 * SAMPLE_RATE);
		const levels = plateaus(trimSilence(recorder.samples)[0]);
		claimEqual(
			levels.map(({ level }) => level),
			[0.25, 0.75, 0.5],
			"levels heard",
		);
		const [old = 0, both = 0, renewed = 0] = levels.map(({ frames }) => frames);
		claimEqual([old + both, both + renewed], [SAMPLE_RATE, SAMPLE_RATE], "frames of each sample");
	},

	"a sound goes on whole while eight long files are loading": async (stage) => {
		const { engine, recorder } = await stage.onDevice();
		await engine.loadSample(0, waveFile(steady(0.5, 1_001)));
		engine.playSample(0, 1, { loop: true });
		await recorder.until(() => engine.stats().activeVoices === 1);
		await recorder.hear(MOMENT);
		await Promise.all(Array.from({ length: 8 }, (_, index) => engine.loadSample(1 + index, longFile(index + 1))));
		await recorder.hear(MOMENT);
		claimEqual(
			plateaus(trimSilence(recorder.samples)[0]).map(({ level }) => level),
			[0.5],
			"levels heard",
		);
	},

	"what a slot sounds now is told: voices, position, frames and peak": async (stage) => {
		const { engine, recorder } = await stage.onDevice();
		await engine.loadSample(5, waveFile(steady(0.25, SAMPLE_RATE)));
		engine.playSample(5, 1);
		await turnsUntil(() => engine.slotActivity(5).positionSec > 0.1);
		claimEqual(engine.slotActivity(5).voices, 1, "voices of the slot");
		const { frame, peak, sampleRate, state } = engine.stats();
		claimEqual({ peak, sampleRate, state }, { peak: 0.25, sampleRate: SAMPLE_RATE, state: "running" }, "stats");
		await recorder.hear(MOMENT);
		// The frame clock goes on with the sound; over ports the page hears of it a little later.
		await turnsUntil(() => engine.stats().frame >= frame + MOMENT - 1_024);
		await turnsUntil(() => engine.stats().activeVoices === 0);
		await recorder.hear(MOMENT);
		// A peak reaches back to the block before the last look.
		engine.stats();
		await recorder.hear(MOMENT);
		claimEqual(engine.stats().peak, 0, "peak of silence");
	},
};
