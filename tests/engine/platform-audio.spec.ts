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
/** Longer than what is decoded in one call. */
const FRAMES = 150_001;
const wave = writeWave(music(FRAMES, SAMPLE_RATE, 2), { sampleRate: SAMPLE_RATE, channels: 2 });
const aac = ["-c:a", "aac", "-aac_pns", "0"];

/** The formats that only the platform can decode: frames are null where the file does not say how many are the source's. */
for (const [name, extension, args, frames, decibels] of [
	["AAC", "adts", [...aac, "-f", "adts"], null, -90],
	["AAC in MP4", "m4a", aac, FRAMES, -90],
	["AAC in MP4", "m4a", [...aac, "-movflags", "+faststart"], FRAMES, -90],
	["ALAC in MP4", "m4a", ["-c:a", "alac"], FRAMES, Number.NEGATIVE_INFINITY],
	["ALAC in CAF", "caf", ["-c:a", "alac"], FRAMES, Number.NEGATIVE_INFINITY],
] as const) {
	test(`${name} of ffmpeg (${args.join(" ")}) plays as ffmpeg decodes it, or its codec is named as missing`, async ({
		page,
	}) => {
		const file = convertWithFfmpeg(wave, { from: "wav", to: extension, args });
		const reference = decodeWithFfmpeg(file, extension === "adts" ? "aac" : extension);
		const expectedFrames = frames ?? reference.length / 2;
		await page.goto("/");
		const codec = name.startsWith("ALAC") ? "alac" : "mp4a.40.2";
		const outcome = await page.evaluate(
			async ([encoded, codecString]) => {
				const config = { codec: codecString, sampleRate: 48_000, numberOfChannels: 2 };
				// The configuration of ALAC as Apple lays it out: 4,096 frames a packet, 16 bits, two channels.
				const cookie = Uint8Array.of(
					0,
					0,
					16,
					0,
					0,
					16,
					40,
					10,
					14,
					2,
					0,
					0,
					0,
					0,
					64,
					4,
					0,
					0,
					0,
					0,
					0,
					0,
					0xbb,
					0x80,
				);
				const description = codecString === "alac" ? { description: cookie } : {};
				const { supported } = await AudioDecoder.isConfigSupported({ ...config, ...description });
				const entry = "/engine/index.browser.js";
				const { AudioEngine }: typeof Engine = await import(entry);
				const engine = new AudioEngine({ output: "offline", sampleRate: 48_000 });
				await engine.run();
				try {
					const info = await engine.loadSample(
						0,
						Uint8Array.from(atob(encoded), (letter) => letter.charCodeAt(0)),
					);
					engine.playSample(0, 1);
					const channels = engine.renderOffline(info.frames).map((samples) => [...samples]);
					return { supported, format: info.source.format, frames: info.frames, channels };
				} catch (error) {
					const { code, message } = error as Engine.LooperError;
					return { supported, code, message };
				} finally {
					await engine.shutDown();
				}
			},
			[Buffer.from(file).toString("base64"), codec] as const,
		);
		if (outcome.supported === true) {
			expect(outcome).toMatchObject({ format: name, frames: expectedFrames });
			const [left, right] = outcome.channels!;
			const samples = Array.from(
				{ length: 2 * expectedFrames },
				(_, index) => (index % 2 === 0 ? left : right)![index >> 1]!,
			);
			expect(differenceDecibels(samples, reference)).toBeLessThanOrEqual(decibels);
		} else {
			expect(outcome).toMatchObject({
				code: "unsupported-format",
				message: `This browser has no ${codec === "alac" ? "ALAC" : "AAC"} decoder (${codec}). Convert the file to WAV or FLAC, or use a browser that decodes it.`,
			});
		}
	});
}
