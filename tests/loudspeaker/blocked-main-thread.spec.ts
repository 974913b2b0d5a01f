import { fileURLToPath } from "node:url";
import type * as Engine from "../../packages/engine/dist/index.browser.js";
import { writeWave } from "../../packages/engine/test/fixtures.ts";
import { serveIsolated } from "../engine/isolated-server.ts";
import type { LocalServer } from "../local-server.ts";
import { align } from "./alignment.ts";
import { expect, test } from "./browser-test.ts";
import { LOUDSPEAKER_RATE } from "./loudspeaker.ts";
import { noise } from "./noise.ts";

// Other processes can cause a dropout on a busy machine; a fault of the engine would repeat.
test.describe.configure({ retries: 2 });

const BLOCKED_MS = 2000;
/** Not a whole number of seconds or blocks, so that repeated or missing parts are detected. */
const loop = noise(0.7 * LOUDSPEAKER_RATE + 77, 91);

let server: LocalServer;

test.beforeAll(async () => {
	server = await serveIsolated(fileURLToPath(new URL("page", import.meta.url)));
});

test.afterAll(() => server.close());

/** The loop repeated to a number of frames. */
function looped(frames: number): Float32Array {
	return Float32Array.from({ length: frames }, (_, frame) => loop[frame % loop.length]!);
}

for (const threading of ["shared", "messages"] as const) {
	test(`with the main thread blocked for two seconds the loudspeaker has no gap over the ${threading} threading, and no dropout is counted`, async ({
		loudspeaker,
		page,
	}) => {
		const recording = await loudspeaker.record();
		await page.goto(server.address);
		const figures = await page.evaluate(
			async ({ wave, blockedMs, threading: wanted }) => {
				const entry = "/engine/index.browser.js";
				const { AudioEngine }: typeof Engine = await import(entry);
				const engine = new AudioEngine({ sampleRate: 48_000, threading: wanted });
				await engine.run();
				await engine.loadSample(
					0,
					Uint8Array.from(atob(wave), (letter) => letter.charCodeAt(0)),
				);
				engine.playSample(0, 1, { loop: true });
				const untilFrame = async (frame: number): Promise<void> => {
					while (engine.stats().frame < frame) await new Promise((resolve) => setTimeout(resolve, 5));
				};
				await untilFrame(engine.stats().frame + 48_000);
				const before = engine.stats();
				const end = performance.now() + blockedMs;
				while (performance.now() < end);
				// Over ports the clock arrives in messages, which were delayed, too.
				await new Promise((resolve) => setTimeout(resolve, 100));
				const after = engine.stats();
				await untilFrame(after.frame + 2 * 48_000);
				const { dropouts, underruns } = engine.stats();
				await engine.shutDown();
				return {
					playedMeanwhile: after.frame - before.frame,
					dropouts: dropouts.count - before.dropouts.count,
					underruns,
				};
			},
			{
				wave: Buffer.from(writeWave(loop, { coding: "f32", sampleRate: LOUDSPEAKER_RATE, channels: 1 })).toString(
					"base64",
				),
				blockedMs: BLOCKED_MS,
				threading,
			},
		);
		const playing = looped(4.5 * LOUDSPEAKER_RATE);
		for (const channel of await recording.stop()) {
			expect(align(playing, channel)).toMatchObject({ gain: 1, residualDecibels: -Infinity, longestGapFrames: 0 });
		}
		expect(figures.playedMeanwhile).toBeGreaterThan((0.9 * LOUDSPEAKER_RATE * BLOCKED_MS) / 1000);
		expect(figures).toMatchObject({ dropouts: 0, underruns: 0 });
	});
}
