import type * as Engine from "../../packages/engine/dist/index.browser.js";
import { music, writeWave } from "../../packages/engine/test/fixtures.ts";
import { expect, test } from "./engine-test.ts";

const SAMPLE_RATE = 48_000;
const tune = music(20_000, SAMPLE_RATE, 2);
const tuneFile = writeWave(tune, { coding: "f32", sampleRate: SAMPLE_RATE, channels: 2 });

declare global {
	/** What `beforeEach` leaves in the page for the tests' own code there. */
	interface Window {
		engineModule: typeof Engine;
		tuneFile: Uint8Array<ArrayBuffer>;
		tune: Float32Array;
		/** The first frame at which left and right are not the tune's, null when all are. */
		firstDifference(left: Float32Array, right: Float32Array): number | null;
	}
}

test.beforeEach(async ({ page }) => {
	await page.goto("/");
	await page.evaluate(
		async ([file, samples]) => {
			const entry = "/engine/index.browser.js";
			window.engineModule = await import(entry);
			window.tuneFile = Uint8Array.from(atob(file), (letter) => letter.charCodeAt(0));
			window.tune = new Float32Array(Uint8Array.from(atob(samples), (letter) => letter.charCodeAt(0)).buffer);
			window.firstDifference = (left, right) => {
				for (let frame = 0; frame < window.tune.length / 2; frame++) {
					if (left[frame] !== window.tune[2 * frame] || right[frame] !== window.tune[2 * frame + 1]) return frame;
				}
				return null;
			};
		},
		[Buffer.from(tuneFile).toString("base64"), Buffer.from(tune.buffer).toString("base64")] as const,
	);
});

test("a session rendered by an OfflineAudioContext through the worklet has the sample's own bits", async ({ page }) => {
	const difference = await page.evaluate(async () => {
		const context = new OfflineAudioContext({ numberOfChannels: 2, length: 20_000, sampleRate: 48_000 });
		const engine = new window.engineModule.AudioEngine({ audioContext: context });
		const state = await engine.run();
		await engine.loadSample(0, window.tuneFile);
		engine.playSample(0, 1);
		engine.output?.connect(context.destination);
		const rendered = await context.startRendering();
		await engine.shutDown();
		return { state, frame: window.firstDifference(rendered.getChannelData(0), rendered.getChannelData(1)) };
	});
	expect(difference).toEqual({ state: "running", frame: null });
});

test("every kind of source loads, and a missing one is File not found", async ({ page }) => {
	const outcomes = await page.evaluate(async () => {
		const engine = new window.engineModule.AudioEngine({ output: "offline", sampleRate: 48_000 });
		await engine.run();
		const url = URL.createObjectURL(new Blob([window.tuneFile]));
		const file = new File([window.tuneFile], "tune.wav");
		const results: unknown[] = [];
		for (const source of [url, new URL(url), file, window.tuneFile, window.tuneFile.slice().buffer]) {
			await engine.loadSample(0, source);
			engine.playSample(0, 1);
			results.push(window.firstDifference(...engine.renderOffline(20_000)));
		}
		results.push(engine.sampleInfo(0)?.source.name);
		for (const missing of ["no/such/file.wav", "http://localhost:1/refused.wav"]) {
			const requestId = engine.loadSampleAsync(1, missing);
			for (;;) {
				const event = engine.pollLoaderEvents();
				if (event?.requestId === requestId && event.type === "error") {
					results.push([event.code, event.msg === "File not found"]);
					break;
				}
				await new Promise((resolve) => setTimeout(resolve, 5));
			}
		}
		await engine.shutDown();
		return results;
	});
	expect(outcomes).toEqual([null, null, null, null, null, "bytes", ["file-not-found", true], ["read-failed", false]]);
});

test("a stream in a worker plays what the page has loaded", async ({ page }) => {
	const difference = await page.evaluate(async () => {
		const engine = new window.engineModule.AudioEngine({ output: "offline", sampleRate: 48_000 });
		await engine.run();
		await engine.loadSample(9, window.tuneFile);
		const { descriptor } = engine.createStreamHandle();
		const worker = new Worker("/stream-player.js", { type: "module" });
		const played = new Promise((resolve) => worker.addEventListener("message", resolve));
		worker.postMessage({ descriptor, id: 9, velocity: 1 });
		await played;
		const frame = window.firstDifference(...engine.renderOffline(20_000));
		worker.terminate();
		await engine.shutDown();
		return frame;
	});
	expect(difference).toBeNull();
});

test("a loader thread that writes for ever is ended, and other pads stay equal to the bit", async ({ page }) => {
	const outcome = await page.evaluate(async () => {
		const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));
		const engine = new window.engineModule.AudioEngine({
			output: "offline",
			sampleRate: 48_000,
			loaderThreads: 2,
			assets: { loaderThread: "/hostile-loader.js" },
		});
		await engine.run();
		// The same sound in a file of its own, so that every slot is decoded.
		const marked = (mark: number): Blob =>
			new Blob([window.tuneFile, new TextEncoder().encode("mark"), Uint32Array.of(4, mark)]);
		await engine.loadSample(0, marked(0));
		const one = engine.stats().pcmBytes;
		engine.loadSampleAsync(1, new TextEncoder().encode("HOSTILE"));
		while (engine.stats().pcmBytes === one) await turn();
		// The second thread loads beside it; its region must not be the one that is written over.
		for (let slot = 2; slot < 6; slot++) await engine.loadSample(slot, marked(slot));
		let code = "";
		while (code === "") {
			const event = engine.pollLoaderEvents();
			if (event?.type === "error") code = event.code;
			if (event === null) await turn();
		}
		// Only once the thread is dead does its region come back; until then nobody may be given it.
		while (engine.stats().pcmBytes !== 5 * one) await turn();
		await engine.loadSample(6, marked(6));
		const differences = [0, 2, 3, 4, 5, 6].map((slot) => {
			engine.playSample(slot, 1);
			return window.firstDifference(...engine.renderOffline(20_000));
		});
		await engine.shutDown();
		return { code, differences };
	});
	expect(outcome).toEqual({ code: "timed-out", differences: [null, null, null, null, null, null] });
});

test("an engine shut down leaves the page ready for the next one", async ({ page }) => {
	const states = await page.evaluate(async () => {
		const results: string[] = [];
		for (let round = 0; round < 3; round++) {
			const engine = new window.engineModule.AudioEngine();
			results.push(await engine.run());
			await engine.loadSample(0, window.tuneFile);
			engine.playSample(0, 1, { loop: true });
			while (engine.stats().activeVoices === 0) await new Promise((resolve) => setTimeout(resolve, 5));
			await engine.shutDown();
			results.push(engine.stats().state);
		}
		return results;
	});
	expect(states).toEqual(["running", "closed", "running", "closed", "running", "closed"]);
});

test("without cross-origin isolation run says what to do", async ({ page, engineAddress }) => {
	await page.route("**/*", async (route) => {
		const response = await route.fetch();
		const { "cross-origin-opener-policy": _, ...headers } = response.headers();
		await route.fulfill({ response, headers });
	});
	await page.goto(engineAddress);
	const error = await page.evaluate(async () => {
		const entry = "/engine/index.browser.js";
		const { AudioEngine, LooperError }: typeof Engine = await import(entry);
		try {
			await new AudioEngine({ output: "offline" }).run();
			return null;
		} catch (failure) {
			return failure instanceof LooperError ? [failure.code, failure.message] : String(failure);
		}
	});
	expect(error).toEqual(["unsupported-platform", expect.stringContaining("Cross-Origin-Opener-Policy: same-origin")]);
});
