import { describe, expect, test } from "vitest";
import { shrinkingSource } from "../../test/byte-sources.ts";
import { decodeAll, decodeContext } from "../../test/decoding.ts";
import { convertWithFfmpeg, noise, writeWave } from "../../test/fixtures.ts";
import { loaderModule } from "../../test/loader-module.ts";
import { LooperError } from "../errors.ts";
import { type ByteSource, memorySource } from "../source/byte-source.ts";
import { openDecoder } from "./open-decoder.ts";

const RATE = 44_100;
const FRAMES = 36 * RATE;
/** Noise makes every format larger than a window. */
const wave = writeWave(noise(FRAMES, 2, { seed: 22 }), { sampleRate: RATE, channels: 2 });
const convert = (to: string, ...args: readonly string[]) => convertWithFfmpeg(wave, { from: "wav", to, args });

/** Decodes a file that is truncated before it is opened, or after its first chunk. */
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
	["Ogg Opus", convert("ogg", "-c:a", "libopus", "-b:a", "450k")],
	["Ogg FLAC", convert("ogg", "-c:a", "flac")],
	["WebM Opus", convert("webm", "-c:a", "libopus", "-b:a", "450k")],
])("%s", (_name, bytes) => {
	const share = (part: number) => Math.floor(part * bytes.length);

	test("a file shorter than announced plays what is there, with a warning", async () => {
		const { frames, warnings } = await decodeCut(bytes, { to: share(0.7), afterChunks: 0 });
		expect(frames).toBeGreaterThan(0.6 * FRAMES);
		expect(frames).toBeLessThan(FRAMES);
		expect(warnings.length).toBeGreaterThan(0);
	});

	test.each([0.9, 0.3, 0])(
		"a file truncated to %f of its length while being decoded ends in a warning",
		async (part) => {
			const { frames, warnings } = await decodeCut(bytes, { to: share(part), afterChunks: 1 });
			expect(frames).toBeGreaterThan(0);
			expect(frames).toBeLessThan(FRAMES);
			expect(warnings.length).toBeGreaterThan(0);
		},
	);

	test.each([0, 1, 30, 300])("a file of which %i bytes are left when it is opened is an error", async (to) => {
		await expect(decodeCut(bytes, { to, afterChunks: 0 })).rejects.toBeInstanceOf(LooperError);
	});

	test("a file that becomes unreadable ends in the error of the read", async () => {
		const readable = memorySource(bytes);
		let readCount = 0;
		const source: ByteSource = {
			byteLength: bytes.length,
			read(byteOffset, byteLength) {
				if (byteOffset > 0.5 * bytes.length && byteOffset < 0.9 * bytes.length) {
					throw new LooperError("read-failed", "The disk is gone.");
				}
				readCount++;
				return readable.read(byteOffset, byteLength);
			},
		};
		await expect(decodeAll(openDecoder(source, decodeContext({ loaderModule })))).rejects.toMatchObject({
			code: "read-failed",
		});
		expect(readCount).toBeGreaterThan(0);
	});
});
