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
/** After so long each loss is counted, what Chromium tells once per second included. */
const COUNTED_AFTER_FRAMES = 1.8 * LOUDSPEAKER_RATE;

/** What the engine tells at the end of a round. */
interface Told {
	readonly lostFrames: number;
	/** Frames that the device has in hand. */
	readonly aheadFrames: number;
	readonly bufferFrames: number;
}

let server: LocalServer;

test.beforeAll(async () => {
	server = await serveIsolated(fileURLToPath(new URL("page", import.meta.url)));
});

test.afterAll(() => server.close());

/** The level that is heard from the end of a round on; exact in binary, so that the recording tells when that was. */
function levelAfter(round: number): number {
	return 0.5 + round / 64;
}

/** Plays rounds with a stall each, the first without one. */
function playRounds(page: Page): Promise<readonly Told[]> {
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
			const hear = async (seconds: number): Promise<void> => {
				const end = context.currentTime + seconds;
				while (context.currentTime < end) await new Promise((resolve) => setTimeout(resolve, 5));
			};
			const stall = (): Promise<unknown> => {
				staller.port.postMessage(stallMs);
				return new Promise((resolve) => staller.port.addEventListener("message", resolve, { once: true }));
			};
			staller.port.start();
			const told: Told[] = [];
			for (const [round, level] of levels.entries()) {
				if (round > 0) await stall();
				await hear(2.2);
				const { glitches } = engine.stats();
				tone.offset.value = level;
				// The new level is out before a stall holds it up: a round's silence lies behind the level that it starts with.
				await hear(0.2);
				told.push({
					lostFrames: glitches.lostFrames,
					aheadFrames: (context.baseLatency + context.outputLatency) * sampleRate,
					bufferFrames: context.baseLatency * sampleRate,
				});
			}
			await hear(0.5);
			await engine.shutDown();
			await context.close();
			return told;
		},
		{
			sampleRate: LOUDSPEAKER_RATE,
			stallMs: STALL_MS,
			levels: Array.from({ length: ROUNDS + 1 }, (_, round) => levelAfter(round)),
		},
	);
}

/** Frames for which the loudspeaker was silent between two frames of its recording. */
function silenceBetween(recording: Float32Array, from: number, to: number): number {
	return recording.subarray(from, to).reduce((count, sample) => (sample === 0 ? count + 1 : count), 0);
}

// A machine that is busy with something else breaks the sound off by itself; that is counted and heard as well.
test("a 50 ms stall of the audio thread is counted as what the loudspeaker was silent for, within one device buffer", async ({
	loudspeaker,
	page,
}) => {
	const recording = await loudspeaker.record();
	await page.goto(server.address);
	const told = await playRounds(page);
	const [left] = await recording.stop();
	const ends = told.map((_, round) => left.indexOf(levelAfter(round)));
	let heard = 0;
	for (let round = 1; round <= ROUNDS; round++) {
		const [before, after] = [told[round - 1]!, told[round]!];
		const [start, end] = [ends[round - 1]!, ends[round]!];
		const counted = after.lostFrames - before.lostFrames;
		const heardAtLeast = silenceBetween(left, start, end - COUNTED_AFTER_FRAMES);
		const heardAtMost = silenceBetween(left, start - COUNTED_AFTER_FRAMES, end);
		expect(start).toBeGreaterThan(0);
		expect(counted).toBeGreaterThanOrEqual(heardAtLeast - before.bufferFrames);
		expect(counted).toBeLessThanOrEqual(heardAtMost + before.bufferFrames);
		// What the device had in hand is all that it makes up for.
		expect(counted).toBeGreaterThanOrEqual(STALL_FRAMES - before.aheadFrames - before.bufferFrames);
		heard += heardAtLeast;
	}
	expect(heard).toBeGreaterThan(0);
});
