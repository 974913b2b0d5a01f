import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type * as Engine from "../../packages/engine/dist/index.browser.js";
import type * as Stream from "../../packages/engine/dist/stream.js";
import { noise, writeWave } from "../../packages/engine/test/fixtures.ts";
import { expect, test } from "./engine-test.ts";

const COMMAND = fileURLToPath(new URL("../../packages/cli/bin/flitzis-looper.js", import.meta.url));
/** Length of the header of a 32-bit WAV file. */
const HEADER_BYTES = 94;
const SEED = 0x0b17_e4ac;

const files = {
	"loop.wav": wave(noise(30_001, 2, { seed: 1 }), 48_000, 2),
	"mono.wav": wave(noise(9_000, 1, { seed: 2, amplitude: 0.9 }), 48_000, 1),
	"resampled.wav": wave(noise(20_000, 2, { seed: 3 }), 44_100, 2),
	"subnormal.wav": wave(noise(20_000, 2, { seed: 4, amplitude: 2 ** -125 }), 48_000, 2),
	"quiet.wav": wave(noise(20_000, 2, { seed: 5, amplitude: 2 ** -61 }), 48_000, 2),
};

function wave(samples: Float32Array, sampleRate: number, channels: number): Uint8Array<ArrayBuffer> {
	return writeWave(samples, { coding: "f32", sampleRate, channels });
}

for (const threading of ["shared", "messages"] as const) {
	test(`a performance played live by Chromium's worklet renders to the bit on the command line: ${threading}`, async ({
		page,
	}) => {
		await page.goto("/");
		const encoded = Object.entries(files).map(
			([name, bytes]) => [name, Buffer.from(bytes).toString("base64")] as const,
		);
		const { text, captured } = await page.evaluate(playLive, { encoded, seed: SEED, threading });
		const rendered = wordsOf(renderOnCommandLine(text).subarray(HEADER_BYTES));
		const heard = wordsOf(Buffer.from(captured, "base64"));
		expect(rendered.filter((bits) => bits !== 0).length).toBeGreaterThan(48_000);
		expect(placesOf(rendered, heard)).toHaveLength(1);
	});
}

/** Renders a performance next to its samples with `flitzis-looper render`. @returns the WAV file */
function renderOnCommandLine(performance: string): Buffer {
	const folder = mkdtempSync(join(tmpdir(), "live-"));
	try {
		for (const [name, bytes] of Object.entries(files)) writeFileSync(join(folder, name), bytes);
		writeFileSync(join(folder, "performance.json"), performance);
		const mix = join(folder, "mix.wav");
		execFileSync(process.execPath, [COMMAND, "render", join(folder, "performance.json"), "-o", mix]);
		return readFileSync(mix);
	} finally {
		rmSync(folder, { recursive: true });
	}
}

/** The bits of 32-bit samples. */
function wordsOf(bytes: Uint8Array): Uint32Array {
	return new Uint32Array(Uint8Array.from(bytes).buffer);
}

/** The frames at which a stereo signal contains another one to the bit. */
function placesOf(wanted: Uint32Array, signal: Uint32Array): number[] {
	const places: number[] = [];
	for (let start = 0; start + wanted.length <= signal.length; start += 2) {
		let index = 0;
		while (index < wanted.length && wanted[index] === signal[start + index]) index++;
		if (index === wanted.length) places.push(start / 2);
	}
	return places;
}

/** Plays at random for a few seconds and starts a performance in mid-sound. Runs in the page. */
async function playLive(play: {
	encoded: (readonly [string, string])[];
	seed: number;
	threading: "shared" | "messages";
}) {
	const [entry, streamEntry] = ["/engine/index.browser.js", "/engine/stream.js"];
	const { AudioEngine, formatPerformance }: typeof Engine = await import(entry);
	const { AudioStreamHandle }: typeof Stream = await import(streamEntry);
	let state = play.seed;
	const random = (): number => {
		state ^= state << 13;
		state ^= state >>> 17;
		state ^= state << 5;
		return (state >>> 0) / 2 ** 32;
	};
	const choose = <T>(choices: readonly T[]): T => {
		const choice = choices[Math.floor(random() * choices.length)];
		if (choice === undefined) throw new Error("There is nothing to choose from.");
		return choice;
	};
	const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));
	const bytesOf = (text: string): Uint8Array<ArrayBuffer> =>
		Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
	const samples = play.encoded.map(([name, text]) => new File([bytesOf(text)], name));

	const context = new AudioContext({ sampleRate: 48_000 });
	await context.audioWorklet.addModule("/capture.worklet.js");
	const engine = new AudioEngine({ audioContext: context, sampleSlots: 4, voices: 5, threading: play.threading });
	await engine.run();
	const capture = new AudioWorkletNode(context, "capture", {
		numberOfOutputs: 0,
		channelCount: 2,
		channelCountMode: "explicit",
	});
	const pieces: Float32Array[] = [];
	capture.port.addEventListener("message", ({ data }: MessageEvent<Float32Array>) => pieces.push(data));
	capture.port.start();
	engine.output?.connect(capture);
	const stream = AudioStreamHandle.open(engine.createStreamHandle().descriptor);

	const slot = (): number => Math.floor(random() * 4);
	const moment = (): { atFrame?: number } =>
		random() < 0.5 ? {} : { atFrame: engine.stats().frame + Math.floor(random() * 6_000) };
	const act = async (): Promise<void> => {
		const dice = random();
		if (dice < 0.5)
			choose([engine, stream]).playSample(slot(), choose([1, 0.6, 2 ** -39, 2 ** -41]), {
				loop: random() < 0.5,
				...moment(),
			});
		else if (dice < 0.65) choose([engine, stream]).stopSample(slot(), moment());
		else if (dice < 0.85) engine.masterGainDecibels = choose([0, -3, 6, -6, -240, -240.824, -240.8]);
		else if (dice < 0.95) await engine.loadSample(slot(), choose(samples));
		else if (dice < 0.98) engine.unloadSample(slot());
		else engine.stopAll();
	};
	for (const [index, sample] of samples.slice(0, 4).entries()) await engine.loadSample(index, sample);
	for (let count = 0; count < 20; count++) {
		await act();
		await pause(random() * 20);
	}
	engine.masterGainDecibels = 0;
	for (let index = 0; index < 3; index++) engine.playSample(index, 0.5, { loop: true });
	await pause(100);
	engine.performance.start();
	for (let count = 0; count < 120; count++) {
		await act();
		await pause(random() * 40);
	}
	const performance = await engine.performance.stop();
	// The worklet posts its frames in pieces of 8,192.
	await pause(500);
	await engine.shutDown();
	await context.close();
	const whole = new Uint8Array(
		await new Blob(pieces.map((piece) => new Uint8Array(piece.buffer as ArrayBuffer))).arrayBuffer(),
	);
	let letters = "";
	for (let start = 0; start < whole.length; start += 8192)
		letters += String.fromCharCode(...whole.subarray(start, start + 8192));
	return { text: formatPerformance(performance), captured: btoa(letters) };
}
