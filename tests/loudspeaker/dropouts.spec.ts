import { fileURLToPath } from "node:url";
import type { Page } from "@playwright/test";
import type * as Engine from "../../packages/engine/dist/index.browser.js";
import { serveIsolated } from "../engine/isolated-server.ts";
import type { LocalServer } from "../local-server.ts";
import { expect, test } from "./browser-test.ts";
import { LOUDSPEAKER_RATE } from "./loudspeaker.ts";

const STALL_MS = 50;
const STALL_FRAMES = (STALL_MS / 1000) * LOUDSPEAKER_RATE;
const ROUNDS = 4;
/** Delay until every loss is counted, including Chromium's figures, which update once per second. */
const COUNTED_AFTER_FRAMES = 1.8 * LOUDSPEAKER_RATE;

/** The engine's figures at the end of a round. */
interface RoundFigures {
	readonly lostFrames: number;
	/** Frames buffered by the device. */
	readonly aheadFrames: number;
	readonly bufferFrames: number;
}

let server: LocalServer;

test.beforeAll(async () => {
	server = await serveIsolated(fileURLToPath(new URL("page", import.meta.url)));
});

test.afterAll(() => server.close());

/** The level from the end of a round on; exact in binary, so that it marks the time in the recording. */
function levelAfter(round: number): number {
	return 0.5 + round / 64;
}

/** Plays rounds with one stall each, except the first. */
function playRounds(page: Page): Promise<readonly RoundFigures[]> {
	return page.evaluate(
		async ({ sampleRate, stallMs, levels }) => {
			const entry = "/engine/index.browser.js";
			const { AudioEngine }: typeof Engine = await import(entry);
			const context = new AudioContext({ sampleRate });
			const engine = new AudioEngine({ audioContext: context });
			await engine.run();
			engine.output?.connect(context.destination);
			await context.audioWorklet.addModule("/staller.js");
			const staller = new AudioWorkletNode(context, "staller");
			staller.connect(context.destination);
			const tone = new ConstantSourceNode(context, { offset: 0.25 });
			tone.connect(context.destination);
			tone.start();
			const play = async (seconds: number): Promise<void> => {
				const end = context.currentTime + seconds;
				while (context.currentTime < end) await new Promise((resolve) => setTimeout(resolve, 5));
			};
			const stall = (): Promise<unknown> => {
				staller.port.postMessage(stallMs);
				return new Promise((resolve) => staller.port.addEventListener("message", resolve, { once: true }));
			};
			staller.port.start();
			const figures: RoundFigures[] = [];
			for (const [round, level] of levels.entries()) {
				if (round > 0) await stall();
				await play(2.2);
				const { dropouts } = engine.stats();
				tone.offset.value = level;
				// The new level is output before the stall, so that a round's silence comes after its starting level.
				await play(0.2);
				figures.push({
					lostFrames: dropouts.lostFrames,
					aheadFrames: (context.baseLatency + context.outputLatency) * sampleRate,
					bufferFrames: context.baseLatency * sampleRate,
				});
			}
			await play(0.5);
			await engine.shutDown();
			await context.close();
			return figures;
		},
		{
			sampleRate: LOUDSPEAKER_RATE,
			stallMs: STALL_MS,
			levels: Array.from({ length: ROUNDS + 1 }, (_, round) => levelAfter(round)),
		},
	);
}

/** Silent frames between two frames of the recording. */
function silenceBetween(recording: Float32Array, from: number, to: number): number {
	return recording.subarray(from, to).reduce((count, sample) => (sample === 0 ? count + 1 : count), 0);
}

// Other processes can cause dropouts on a busy machine; these are counted and recorded as well.
test("a 50 ms stall of the audio thread is counted as the loudspeaker's silence, within one device buffer", async ({
	loudspeaker,
	page,
}) => {
	const recording = await loudspeaker.record();
	await page.goto(server.address);
	const figures = await playRounds(page);
	const [left] = await recording.stop();
	const ends = figures.map((_, round) => left.indexOf(levelAfter(round)));
	let heard = 0;
	for (let round = 1; round <= ROUNDS; round++) {
		const [before, after] = [figures[round - 1]!, figures[round]!];
		const [start, end] = [ends[round - 1]!, ends[round]!];
		const counted = after.lostFrames - before.lostFrames;
		const heardAtLeast = silenceBetween(left, start, end - COUNTED_AFTER_FRAMES);
		const heardAtMost = silenceBetween(left, start - COUNTED_AFTER_FRAMES, end);
		expect(start).toBeGreaterThan(0);
		expect(counted).toBeGreaterThanOrEqual(heardAtLeast - before.bufferFrames);
		expect(counted).toBeLessThanOrEqual(heardAtMost + before.bufferFrames);
		// Only the device's buffer hides a part of the stall.
		expect(counted).toBeGreaterThanOrEqual(STALL_FRAMES - before.aheadFrames - before.bufferFrames);
		heard += heardAtLeast;
	}
	expect(heard).toBeGreaterThan(0);
});
