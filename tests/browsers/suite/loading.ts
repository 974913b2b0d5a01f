import { fullPieces } from "../../../packages/engine/src/source/full-pieces.ts";
import { encodeWav } from "../../../packages/engine/src/wav/encode-wav.ts";
import { noise } from "../../loudspeaker/noise.ts";
import { claim, claimEqual, claimSamples } from "./claims.ts";
import { pollToEnd, turn, turnsUntil } from "./events.ts";
import { longFile, longNoise, SAMPLE_RATE, steady, tune, waveFile } from "./sounds.ts";
import type { Suite } from "./stage.ts";

const SPECIFIED_STAGE = /^Loading \((reading|decoding|resampling|publishing)\)$/;

/** Loading: sources, events, cancelling, memory. */
export const loading: Suite = {
	"progress never falls and ends with a single 1.0, followed by a single success": async (stage) => {
		const engine = await stage.offlineEngine();
		const requestId = engine.loadSampleAsync(7, longFile(3));
		const events = await pollToEnd(engine);
		claim(
			events.every((event) => event.id === 7 && event.requestId === requestId),
			"every event names slot and request",
		);
		claimEqual([events[0]?.type, events.at(-1)?.type], ["started", "success"], "first and last event");
		const progress = events.slice(1, -1).map((event) => {
			if (event.type !== "progress") throw new Error(`There is a ${event.type} event among the progress events.`);
			claim(SPECIFIED_STAGE.test(event.stage), event.stage);
			return event.percent;
		});
		claimEqual(
			progress,
			progress.toSorted((first, second) => first - second),
			"progress in order",
		);
		claim(
			progress.some((percent) => percent > 0 && percent < 1),
			"progress is reported before the end",
		);
		claimEqual(
			progress.filter((percent) => percent === 1),
			[1],
			"progress of 1.0",
		);
		await turn();
		claimEqual(engine.pollLoaderEvents(), null, "events after the success");
		const info = engine.sampleInfo(7);
		claimEqual([info?.frames, info?.channels, info?.durationSec], [480_000, 2, 10], "sample");
	},

	"every kind of source loads": async (stage) => {
		const engine = await stage.offlineEngine();
		const bytes = waveFile(tune);
		const url = URL.createObjectURL(new Blob([bytes]));
		const file = new File([bytes], "tune.wav");
		const base64 = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
		for (const [kind, source] of Object.entries({
			"an object URL": url,
			"a URL": new URL(url),
			"a data URL": `data:audio/wav;base64,${base64}`,
			"a relative URL": "files/tune.wav",
			"a file": file,
			"an array": bytes,
			"a buffer": bytes.slice().buffer,
			"a view": new DataView(bytes.slice().buffer),
		})) {
			await engine.loadSample(0, source);
			engine.playSample(0, 1);
			claimSamples(engine.renderOffline(20_000), tune, kind);
			engine.unloadSample(0);
		}
		await engine.loadSample(0, file);
		claimEqual(engine.sampleInfo(0)?.source.name, "tune.wav", "name of a file");
	},

	"a Blob too long for memory plays all its frames": async (stage) => {
		const engine = await stage.offlineEngine();
		const { samples, file } = longNoise(2_400_011);
		await engine.loadSample(0, new Blob([file]));
		engine.playSample(0, 1);
		for (let start = 0; start < samples.length / 2; start += SAMPLE_RATE) {
			const count = Math.min(SAMPLE_RATE, samples.length / 2 - start);
			const expected = [0, 1].map((channel) =>
				Float32Array.from({ length: count }, (_, frame) => samples[2 * (start + frame) + channel]!),
			);
			claimSamples(engine.renderOffline(count), expected, `from frame ${start} on`);
		}
	},

	"a Blob too long for memory is read once, or twice if its content may be loaded already": async (stage) => {
		const engine = await stage.offlineEngine({ loaderThreads: 1, assets: { loaderThread: "/counting-loader.js" } });
		const blob = new Blob([longNoise(2_400_011).file]);
		const channel = new BroadcastChannel("read-bytes");
		stage.atEnd(() => channel.close());
		const readBytes = (): Promise<number> =>
			new Promise((resolve) => {
				channel.addEventListener("message", ({ data }: MessageEvent<number>) => resolve(data), { once: true });
				channel.postMessage(null);
			});
		await engine.loadSample(0, blob);
		const once = await readBytes();
		// Its last 64 KiB are read first, and its last byte at the end.
		claimEqual(once - blob.size, 2 ** 16 + 1, "bytes read besides the Blob's own");
		const { pcmBytes } = engine.stats();
		await engine.loadSample(1, new Blob([blob]));
		claimEqual(engine.stats().pcmBytes, pcmBytes, "bytes of two slots with one content, hashed in different ways");
		const twice = (await readBytes()) - once;
		claim(twice - blob.size < 2 ** 21, `${twice} bytes were read to find the content of ${blob.size} bytes again`);
	},

	"a Blob is read to its end, despite garbage collection": async () => {
		const blob = new Blob([longNoise(2_400_011).file]);
		for (let round = 0; round < 20; round++) {
			for (let start = 0; start < blob.size; start += 2 ** 20) {
				const reader = fullPieces(blob.slice(start, start + 2 ** 20).stream(), 2 ** 20);
				const { value } = await reader.read();
				claimEqual(value?.length, Math.min(2 ** 20, blob.size - start), `bytes from ${start} on, round ${round}`);
				claim((await reader.read()).done, "the end");
			}
		}
	},

	"cancelLoad, a signal and a newer load each end a load in cancelled, and the slot keeps its sample": async (
		stage,
	) => {
		const engine = await stage.offlineEngine();
		await engine.loadSample(0, waveFile(tune));
		const abort = new AbortController();
		const requests = [
			engine.loadSampleAsync(0, "files/endless"),
			engine.loadSampleAsync(1, "files/endless", { signal: abort.signal }),
			engine.loadSampleAsync(2, "files/endless"),
		];
		await turnsUntil(() => engine.pollLoaderEvents()?.type === "progress");
		engine.cancelLoad(0);
		abort.abort();
		const successor = engine.loadSampleAsync(2, waveFile(tune));
		const events = await pollToEnd(engine, 4);
		const endings = events.flatMap((event) => {
			if (event.type === "error") return [[event.requestId, event.code]];
			return event.type === "success" ? [[event.requestId, "success"]] : [];
		});
		claimEqual(endings, [...requests.map((request) => [request, "cancelled"]), [successor, "success"]], "endings");
		for (const slot of [0, 2]) {
			engine.playSample(slot, 1);
			claimSamples(engine.renderOffline(20_000), tune, `slot ${slot}`);
		}
		claimEqual(engine.sampleInfo(1), null, "the slot without a sample");
	},

	"an exported pad loads again with every bit, its loop and its places": async (stage) => {
		const engine = await stage.offlineEngine();
		const cuePoints = [{ frame: 480, label: "Gäng" }];
		const sound = [noise(70_001, 7), noise(70_001, 8)];
		await engine.loadSample(0, encodeWav(sound, { sampleRate: SAMPLE_RATE, metadata: { cuePoints } }));
		const pad = engine.pad(0);
		pad.set({ loop: true, loopRegion: { startFrame: 100, endFrame: 9_700 } });
		const exporting = pad.exportWav();
		engine.unloadSample(0);
		const { source } = await engine.loadSample(1, await exporting);
		claimEqual(source.metadata.loops, [{ startFrame: 100, endFrame: 9_700, type: "forward" }], "loops");
		claimEqual(source.metadata.cuePoints, cuePoints, "places");
		engine.playSample(1, 1);
		claimSamples(engine.renderOffline(70_001), sound, "the exported sample");
	},

	"memory is counted, shared by equal contents, and freed by unloading": async (stage) => {
		const engine = await stage.offlineEngine();
		const file = waveFile(steady(0.5, 48_000));
		await engine.loadSample(0, file);
		const { pcmBytes } = engine.stats();
		claim(pcmBytes >= 4 * 48_000 && pcmBytes < 4 * 48_000 + 4_096, `${pcmBytes} bytes`);
		await engine.loadSample(1, file);
		claimEqual(engine.stats().pcmBytes, pcmBytes, "bytes of two slots with one content");
		await engine.loadSample(2, waveFile(steady(0.25, 48_000)));
		claimEqual(engine.stats().pcmBytes, 2 * pcmBytes, "bytes of two contents");
		for (const slot of [0, 1, 2]) engine.unloadSample(slot);
		engine.renderOffline(1_024);
		claimEqual(engine.stats().pcmBytes, 0, "bytes after unloading everything");
	},

	"32 slots load at once, and each plays its own sample": async (stage) => {
		const engine = await stage.offlineEngine();
		const levels = Array.from({ length: 32 }, (_, slot) => (slot + 1) / 64);
		for (const [slot, level] of levels.entries()) engine.loadSampleAsync(slot, waveFile(steady(level, 2_000 + slot)));
		const events = await pollToEnd(engine, 32);
		claimEqual(events.filter(({ type }) => type === "success").length, 32, "successes");
		for (const [slot, level] of levels.entries()) {
			engine.playSample(slot, 1);
			const [left] = engine.renderOffline(2_048);
			claimSamples([left.subarray(0, 2_000 + slot)], steady(level, 2_000 + slot), `slot ${slot}`);
		}
	},
};
