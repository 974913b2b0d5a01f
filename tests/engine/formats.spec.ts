import type * as Engine from "../../packages/engine/dist/index.browser.js";
import {
	convertWithFfmpeg,
	decodeWithFfmpeg,
	differenceDecibels,
	music,
	writeWave,
} from "../../packages/engine/test/fixtures.ts";
import { expect, test } from "./engine-test.ts";

const SAMPLE_RATE = 48_000;
const FRAMES = 20_001;
const wave = writeWave(music(FRAMES, SAMPLE_RATE, 2), { coding: "f32", sampleRate: SAMPLE_RATE, channels: 2 });
const EXACT = Number.NEGATIVE_INFINITY;

for (const [name, extension, args, decibels] of [
	["WAV", "wav", ["-c:a", "pcm_s24le"], EXACT],
	["WAV", "wav", ["-c:a", "pcm_alaw"], EXACT],
	["RF64", "wav", ["-rf64", "always"], EXACT],
	["AIFF", "aiff", ["-c:a", "pcm_s24be"], EXACT],
	["AIFF-C", "aiff", ["-c:a", "pcm_f32be"], EXACT],
	["CAF", "caf", ["-c:a", "pcm_f64le"], EXACT],
	["FLAC", "flac", ["-sample_fmt", "s32"], EXACT],
	["MP3", "mp3", ["-b:a", "192k"], -90],
	["Ogg Vorbis", "ogg", ["-c:a", "libvorbis"], -90],
	["Ogg Opus", "opus", ["-c:a", "libopus", "-b:a", "192k"], -90],
	["WebM Opus", "webm", ["-c:a", "libopus", "-b:a", "192k"], -90],
	["Ogg FLAC", "oga", ["-c:a", "flac", "-sample_fmt", "s32"], EXACT],
] as const) {
	test(`${name} of ffmpeg (${args.join(" ")}) plays in full length and as ffmpeg decodes it`, async ({ page }) => {
		const file = convertWithFfmpeg(wave, { from: "wav", to: extension, args });
		await page.goto("/");
		const played = await page.evaluate(
			async ([encoded, frames]) => {
				const entry = "/engine/index.browser.js";
				const { AudioEngine }: typeof Engine = await import(entry);
				const engine = new AudioEngine({ output: "offline", sampleRate: 48_000 });
				await engine.run();
				const info = await engine.loadSample(
					0,
					Uint8Array.from(atob(encoded), (letter) => letter.charCodeAt(0)),
				);
				engine.playSample(0, 1);
				const channels = engine.renderOffline(frames);
				await engine.shutDown();
				return { format: info.source.format, frames: info.frames, channels: channels.map((samples) => [...samples]) };
			},
			[Buffer.from(file).toString("base64"), FRAMES] as const,
		);
		expect({ format: played.format, frames: played.frames }).toEqual({ format: name, frames: FRAMES });
		const [left, right] = played.channels;
		const samples = Array.from({ length: 2 * FRAMES }, (_, index) => (index % 2 === 0 ? left : right)![index >> 1]!);
		const expected = decodeWithFfmpeg(file, extension);
		// ffmpeg leaves the padding at the end of an Ogg Vorbis file in place.
		expect(expected.length).toBeGreaterThanOrEqual(samples.length);
		expect(differenceDecibels(samples, expected)).toBeLessThanOrEqual(decibels);
	});
}
