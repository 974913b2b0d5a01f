import { describe, expect, test } from "vitest";
import { shrinkingSource } from "../../test/byte-sources.ts";
import { decodeContext } from "../../test/decoding.ts";
import { convertWithFfmpeg, noise, writeWave } from "../../test/fixtures.ts";
import { loaderModule } from "../../test/loader-module.ts";
import { LooperError } from "../errors.ts";
import { openDecoder } from "./open-decoder.ts";

const RATE = 44_100;
const FRAMES = 36 * RATE;
/** Noise makes every format larger than a window. */
const wave = writeWave(noise(FRAMES, 2, { seed: 22 }), { sampleRate: RATE, channels: 2 });
const convert = (to: string, ...args: readonly string[]) => convertWithFfmpeg(wave, { from: "wav", to, args });

/** Decodes a file that is cut before it is opened, or after its first chunk. */
async function decodeCut(bytes: Uint8Array, cut: { to: number; afterChunks: number }) {
	const source = shrinkingSource(bytes);
	if (cut.afterChunks === 0) source.cut(cut.to);
	const decoder = await openDecoder(source, decodeContext({ loaderModule }));
	let chunkCount = 0;
	let frames = 0;
	for await (const { samples } of decoder.chunks()) {
		frames += samples.length / decoder.format.channels;
		chunkCount++;
		if (chunkCount === cut.afterChunks) source.cut(cut.to);
	}
	return { frames, warnings: decoder.warnings };
}

describe.each([
	["FLAC", convert("flac")],
	["MP3", convert("mp3", "-b:a", "320k")],
	["Ogg Vorbis", convert("ogg", "-c:a", "libvorbis", "-b:a", "480k")],
])("%s", (_name, bytes) => {
	const share = (part: number) => Math.floor(part * bytes.length);

	test("a file that is shorter than announced gives what is there, with a warning", async () => {
		const { frames, warnings } = await decodeCut(bytes, { to: share(0.7), afterChunks: 0 });
		expect(frames).toBeGreaterThan(0.6 * FRAMES);
		expect(frames).toBeLessThan(FRAMES);
		expect(warnings.length).toBeGreaterThan(0);
	});

	test.each([0.9, 0.3, 0])(
		"a file that is cut to %f of its length while it is decoded ends in a warning",
		async (part) => {
			const { frames, warnings } = await decodeCut(bytes, { to: share(part), afterChunks: 1 });
			expect(frames).toBeGreaterThan(0);
			expect(frames).toBeLessThan(FRAMES);
			expect(warnings.length).toBeGreaterThan(0);
		},
	);

	test.each([0, 1, 30, 1_000])("a file of which %i bytes are left when it is opened is an error", async (to) => {
		await expect(decodeCut(bytes, { to, afterChunks: 0 })).rejects.toBeInstanceOf(LooperError);
	});
});
