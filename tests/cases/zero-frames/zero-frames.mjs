// Recordings shorter than half a frame at the engine's rate become one frame, which replaces the slot's sample; loading many of
// them leaks neither memory nor handles.
import { checkThreadings, constantWave, must } from "../offline-script.mjs";

const SAMPLE_RATE = 48_000;
const HANDLES = 1_024;
const SHORTEST = /** @type {const} */ ([
	[1, 192_000],
	[1, 384_000],
	[2, 768_000],
]);

await checkThreadings({ sampleRate: SAMPLE_RATE, loaderThreads: 1 }, async (threading, engine) => {
	for (const [frames, rate] of SHORTEST) {
		await engine.loadSample(0, constantWave(4_800, SAMPLE_RATE, 0.25));
		const info = await engine.loadSample(0, constantWave(frames, rate, 0.9));
		const what = `${threading}, ${frames} frames of ${rate} Hz`;
		must(info.frames === 1, `${what}: ${info.frames} frames instead of 1`);
		engine.renderOffline(256);
		engine.playSample(0, 1);
		const [left] = engine.renderOffline(2);
		const expected = (0.9 * frames * SAMPLE_RATE) / rate;
		const isHeard = Math.abs(left[0] - expected) < 0.1 * expected && left[1] === 0;
		must(isHeard, `${what}: the slot plays ${left.join(", ")} instead of about ${expected}, 0`);
	}
	engine.unloadSample(0);
	for (let count = 0; count < HANDLES + 76; count++) {
		await engine.loadSample(1, constantWave(1, 192_000, count / 2_000));
		if (count % 16 === 0) engine.renderOffline(128);
	}
	engine.unloadSample(1);
	engine.renderOffline(20_000);
	const { pcmBytes } = engine.stats();
	must(pcmBytes === 0, `${threading}: ${pcmBytes} bytes of PCM are in use with every slot empty`);
	const { frames } = await engine.loadSample(2, constantWave(480, SAMPLE_RATE, 0.2));
	must(frames === 480, `${threading}: an ordinary sample has ${frames} frames instead of 480`);
});
