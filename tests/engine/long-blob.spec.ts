import type * as Engine from "../../packages/engine/dist/index.browser.js";
import { writeWave } from "../../packages/engine/test/fixtures.ts";
import { expect, test } from "./engine-test.ts";

const FRAMES = 6_000_011;
/** A WAV file's header for 16 bits, stereo, and as many frames. */
const header = writeWave(new Float32Array(0), { coding: "s16", sampleRate: 48_000, channels: 2 }).slice();
const fields = new DataView(header.buffer);
fields.setUint32(4, header.length - 8 + 4 * FRAMES, true);
fields.setUint32(header.length - 4, 4 * FRAMES, true);

test("a Blob too long to be kept in memory plays every frame that it holds", async ({ page }) => {
	await page.goto("/");
	const heard = await page.evaluate(
		async ([head, frames]) => {
			const entry = "/engine/index.browser.js";
			const { AudioEngine }: typeof Engine = await import(entry);
			const engine = new AudioEngine({ output: "offline", sampleRate: 48_000 });
			await engine.run();
			const recorded = new Int16Array(2 * frames);
			let state = 0x5eed;
			for (let index = 0; index < recorded.length; index++) {
				state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
				recorded[index] = state >> 16;
			}
			const info = await engine.loadSample(0, new Blob([Uint8Array.from(head), recorded]));
			engine.playSample(0, 1);
			let wrongSamples = 0;
			for (let start = 0; start < frames; start += 48_000) {
				const count = Math.min(48_000, frames - start);
				for (const [channel, samples] of engine.renderOffline(count).entries()) {
					for (const [frame, sample] of samples.entries()) {
						if (sample !== recorded[2 * (start + frame) + channel]! / 32_768) wrongSamples++;
					}
				}
			}
			await engine.shutDown();
			return { frames: info.frames, warnings: info.warnings, wrongSamples };
		},
		[[...header], FRAMES] as const,
	);
	expect(heard).toEqual({ frames: FRAMES, warnings: [], wrongSamples: 0 });
});
