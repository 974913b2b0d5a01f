import { claim, claimEqual, claimSamples } from "./claims.ts";
import { SAMPLE_RATE, steady, tune, waveFile } from "./sounds.ts";
import type { Suite } from "./stage.ts";

/** Rendering in an OfflineAudioContext, through the worklet. */
export const offlineContext: Suite = {
	"a sample rendered by an OfflineAudioContext through the worklet keeps its bits": async (stage) => {
		const context = new OfflineAudioContext({ numberOfChannels: 2, length: 20_000, sampleRate: SAMPLE_RATE });
		const engine = stage.createEngine({ audioContext: context });
		claimEqual(await engine.run(), "running", "state");
		await engine.loadSample(0, waveFile(tune));
		engine.playSample(0, 1);
		engine.output?.connect(context.destination);
		// Settles when the worklet has received every command.
		await engine.resume();
		const rendered = await context.startRendering();
		claimSamples([rendered.getChannelData(0), rendered.getChannelData(1)], tune, "rendered");
	},

	"a loop recorded at another rate continues across its seam in every pass": async (stage) => {
		const [recorded, frames, periods] = [441, 480, 40];
		const valueAt = (moment: number): number => 0.5 * Math.cos((2 * Math.PI * periods * moment) / recorded);
		const context = new OfflineAudioContext({ numberOfChannels: 2, length: 10 * frames, sampleRate: SAMPLE_RATE });
		const engine = stage.createEngine({ audioContext: context });
		await engine.run();
		await engine.loadSample(
			0,
			waveFile([Float32Array.from({ length: recorded }, (_, frame) => valueAt(frame))], 44_100),
		);
		engine.playSample(0, 1, { loop: true });
		engine.output?.connect(context.destination);
		// Settles when the worklet has received every command.
		await engine.resume();
		const heard = (await context.startRendering()).getChannelData(0).subarray(frames);
		const errors = heard.map((sample, frame) => Math.abs(sample - valueAt((frame * recorded) / frames)));
		const worst = errors.reduce((most, error) => Math.max(most, error), 0);
		claim(worst < 0.5 * 10 ** (-130 / 20), `the loop is off by ${worst}`);
	},

	"the worklet and the offline output render many voices to the same bits": async (stage) => {
		const frames = 48_000;
		const context = new OfflineAudioContext({ numberOfChannels: 2, length: frames, sampleRate: SAMPLE_RATE });
		const engine = stage.createEngine({ audioContext: context });
		await engine.run();
		const offline = await stage.offlineEngine();
		for (const each of [engine, offline]) {
			each.masterGainDecibels = -7;
			await each.loadSample(0, waveFile(tune));
			await each.loadSample(1, waveFile(steady(0.3, 1_234)));
			for (let voice = 0; voice < 40; voice++) each.playSample(voice % 2, (voice + 1) / 41, { loop: voice % 3 === 0 });
		}
		engine.output?.connect(context.destination);
		// Settles when the worklet has received every command.
		await engine.resume();
		const rendered = await context.startRendering();
		const expected = offline.renderOffline(frames);
		claimSamples([rendered.getChannelData(0), rendered.getChannelData(1)], expected, "rendered");
		claim(expected[0].at(-1) !== 0, "the loops sound to the end");
	},
};
