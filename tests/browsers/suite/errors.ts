import type { AudioEngineOptions, SampleSource } from "../../../packages/engine/dist/index.browser.js";
import { claim, claimEqual, claimSamples, failureOf } from "./claims.ts";
import { pollToEnd, turn, turnsUntil } from "./events.ts";
import { formatCases } from "./format-cases.ts";
import { steady, tune, waveFile } from "./sounds.ts";
import type { Stage, Suite, SuiteTest } from "./stage.ts";

function text(words: string): Uint8Array<ArrayBuffer> {
	return new TextEncoder().encode(words);
}

/** A load that must fail: its event and its promise agree, and the slot and later loads are unaffected. */
function failingLoad(
	makeSource: () => SampleSource,
	code: string,
	remedy: RegExp,
	options: AudioEngineOptions = {},
): SuiteTest {
	return async (stage) => {
		const engine = await stage.offlineEngine({ loaderThreads: 1, ...options });
		engine.loadSampleAsync(0, makeSource());
		const last = (await pollToEnd(engine)).at(-1);
		if (last?.type !== "error") throw new Error(`The load ended in ${last?.type}.`);
		claimEqual(last.code, code, `code of "${last.msg}"`);
		claim(remedy.test(last.msg), `the event's message is "${last.msg}"`);
		const failure = await failureOf(() => engine.loadSample(1, makeSource()));
		claimEqual([failure.code, failure.message], [code, last.msg], "the promise's failure");
		claim(["LooperError", "MalformedAudioError"].includes(failure.name), failure.name);
		claimEqual([engine.sampleInfo(0), engine.stats().pcmBytes], [null, 0], "what is left of it");
	};
}

async function claimWorks(stage: Stage, options: AudioEngineOptions): Promise<void> {
	const engine = await stage.offlineEngine(options);
	await engine.loadSample(0, waveFile(tune));
	engine.playSample(0, 1);
	claimSamples(engine.renderOffline(20_000), tune, "heard");
}

/** Every kind of failure with its code and remedy. */
export const errors: Suite = {
	"a missing file is file-not-found": failingLoad(() => "files/no-such-file.wav", "file-not-found", /^File not found$/),
	"an unreachable server is read-failed": failingLoad(
		() => "http://localhost:1/refused.wav",
		"read-failed",
		/localhost:1\/refused\.wav.*(check|try|again)/i,
	),
	"a rejected request is read-failed": failingLoad(() => "files/forbidden", "read-failed", /403.*Try again/),
	"text is unsupported-format": failingLoad(
		() => text("This is text, not audio."),
		"unsupported-format",
		/Choose an audio file/,
	),
	"an unsupported format is unsupported-format and named": failingLoad(
		() => Uint8Array.of(0x30, 0x26, 0xb2, 0x75, 0x8e, 0x66, 0xcf, 0x11, 0xa6, 0xd9, 0, 0xaa, 0, 0x62, 0xce, 0x6c),
		"unsupported-format",
		/Windows Media.*convert/i,
	),
	"a file without decodable audio is malformed-audio": failingLoad(
		() => waveFile(tune).slice(0, 20),
		"malformed-audio",
		/byte|end/i,
	),
	"more than two channels are unsupported-channels": failingLoad(
		() => waveFile(Array.from({ length: 6 }, () => new Float32Array(100))),
		"unsupported-channels",
		/6.*(mono|stereo)/i,
	),
	"a sample beyond the memory budget is out-of-memory, with the sizes": failingLoad(
		() => waveFile(steady(0.5, 100_000)),
		"out-of-memory",
		/\d.*\d/,
		{ memoryBudget: 200_000 },
	),
	"a loader thread that crashes is worker-crashed": failingLoad(
		() => waveFile(tune),
		"worker-crashed",
		/load the file again/i,
		{ assets: { loaderThread: "/crashing-loader.js" } },
	),
	"a missing loader thread script is unsupported-platform, and named": failingLoad(
		() => waveFile(tune),
		"unsupported-platform",
		/cannot start.*no-such-loader.*set assets\.loaderThread/i,
		{ assets: { loaderThread: "/no-such-loader.js" } },
	),

	"a missing decoder file is unsupported-platform, and named": failingLoad(
		() => `formats/${formatCases.findIndex(({ name }) => name === "MP3")}`,
		"unsupported-platform",
		/^The MP3 decoder cannot be loaded from http.*no-such-decoder.*serve it beside/i,
		{ assets: { decoders: { mp3: "no-such-decoder.js" } } },
	),
	"a missing file of the compressed formats is unsupported-platform, and named": failingLoad(
		() => `formats/${formatCases.findIndex(({ name }) => name === "MP3")}`,
		"unsupported-platform",
		/^The code of compressed formats cannot be loaded from http.*no-such-formats.*serve it beside.*assets\.compressedFormats/i,
		{ assets: { compressedFormats: "no-such-formats.js" } },
	),
	"a missing file of the lossless formats is unsupported-platform, and named": failingLoad(
		() => `formats/${formatCases.findIndex(({ name }) => name === "FLAC")}`,
		"unsupported-platform",
		/^The code of lossless formats cannot be loaded from http.*no-such-formats.*serve it beside.*assets\.losslessFormats/i,
		{ assets: { losslessFormats: "no-such-formats.js" } },
	),
	"a loader thread of another origin is unsupported-platform": (stage) => {
		// The page is at localhost; this server lets no other origin read its files.
		const loaderThread = `http://127.0.0.1:${location.port}/no-such-loader-thread.js`;
		const remedy = /cannot start.*page's own origin/i;
		return failingLoad(() => waveFile(tune), "unsupported-platform", remedy, { assets: { loaderThread } })(stage);
	},
	"refused Web Locks are unsupported-platform, at once": failingLoad(
		() => waveFile(tune),
		"unsupported-platform",
		/may not hold Web Locks.*allow-same-origin/,
		{ assets: { loaderThread: "/loader-without-locks.js" } },
	),
	"a server of another origin that cannot be read is read-failed, and CORS is named": failingLoad(
		() => "http://localhost:1/refused.wav",
		"read-failed",
		/CORS \(Access-Control-Allow-Origin\)/,
	),
	"a closed context is closed, and named": async (stage) => {
		const context = new AudioContext();
		await context.close();
		const engine = stage.createEngine({ audioContext: context });
		const { code, message } = await failureOf(() => engine.run());
		claimEqual(code, "closed", message);
		claim(/audioContext has been closed.*open/.test(message), message);
		const load = await failureOf(() => engine.loadSample(0, waveFile(tune)));
		claimEqual(load.code, "closed", load.message);
		claim(/audioContext has been closed/.test(load.message), load.message);
	},

	"failed loads do not affect later ones": async (stage) => {
		const engine = await stage.offlineEngine({ loaderThreads: 1 });
		for (const source of [text("words"), "files/no-such-file.wav", waveFile(tune).slice(0, 20)]) {
			await failureOf(() => engine.loadSample(0, source));
		}
		await engine.loadSample(0, waveFile(tune));
		engine.playSample(0, 1);
		claimSamples(engine.renderOffline(20_000), tune, "heard");
	},

	"invalid arguments throw with value and range, and change nothing": async (stage) => {
		const engine = await stage.offlineEngine();
		for (const [name, message, call] of [
			["RangeError", /0 to 31.*32/, () => engine.playSample(32, 1)],
			["RangeError", /0 to 1.*1\.5/, () => engine.playSample(0, 1.5)],
			["RangeError", /24.*25/, () => (engine.masterGainDecibels = 25)],
			["RangeError", /0 to 31.*-1/, () => engine.loadSampleAsync(-1, "x.wav")],
			["TypeError", /strict.*1/, () => engine.loadSampleAsync(0, "x.wav", { strict: 1 as never })],
			["TypeError", /source/i, () => engine.loadSampleAsync(0, 5 as never)],
			["RangeError", /voices.*0/, () => stage.createEngine({ voices: 0 })],
		] as const) {
			const failure = await failureOf(call);
			claimEqual(failure.name, name, failure.message);
			claim(message.test(failure.message), failure.message);
		}
		claimEqual([engine.pollLoaderEvents(), engine.masterGainDecibels], [null, 0], "what they changed");
	},

	"a missing file of the package is unsupported-platform, and named": async (stage) => {
		for (const [asset, output] of [
			[stage.threading === "shared" ? "kernel" : "kernelUnshared", "offline"],
			["loaderKernel", "offline"],
			["worklet", "device"],
		] as const) {
			const engine = stage.createEngine({ output, assets: { [asset]: "/no-such-file" } });
			const { code, message } = await failureOf(() => engine.run());
			claimEqual(code, "unsupported-platform", message);
			claim(/no-such-file.*serve (it beside the page|the engine's files there), or set assets/i.test(message), message);
		}
		await claimWorks(stage, {});
	},

	"a loader thread that writes endlessly is terminated, and other slots stay equal to the bit": async (stage) => {
		const engine = await stage.offlineEngine({ loaderThreads: 2, assets: { loaderThread: "/hostile-loader.js" } });
		// The same sound in a unique file, so that every slot is decoded.
		const marked = (mark: number): Blob => new Blob([waveFile(tune), text("mark"), Uint32Array.of(4, mark)]);
		await engine.loadSample(0, marked(0));
		const one = engine.stats().pcmBytes;
		engine.loadSampleAsync(1, text("HOSTILE"));
		await turnsUntil(() => engine.stats().pcmBytes !== one);
		// The second thread keeps loading; its region must not be overwritten.
		for (let slot = 2; slot < 6; slot++) await engine.loadSample(slot, marked(slot));
		const last = (await pollToEnd(engine)).at(-1);
		claimEqual(last?.type === "error" ? last.code : last?.type, "timed-out", "its end");
		// The region is free only once the thread is dead; until then it must not be reused.
		while (engine.stats().pcmBytes !== 5 * one) await turn();
		await engine.loadSample(6, marked(6));
		for (const slot of [0, 2, 3, 4, 5, 6]) {
			engine.playSample(slot, 1);
			claimSamples(engine.renderOffline(20_000), tune, `slot ${slot}`);
		}
	},
};
