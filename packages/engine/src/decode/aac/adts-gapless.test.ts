import { afterAll, expect, test } from "vitest";
import { decodeAll, decodeContext } from "../../../test/decoding.ts";
import { concat, convertWithFfmpeg, firstDifference, music, writeWave } from "../../../test/fixtures.ts";
import { comment, id3Tag } from "../../../test/id3-writer.ts";
import { testAudio } from "../../../test/node-audio.ts";
import { memorySource } from "../../source/byte-source.ts";
import { openDecoder } from "../open-decoder.ts";

const FRAMES = 50_000;
/** Encoder delay of ffmpeg's own encoder. */
const DELAY_FRAMES = 1_024;

afterAll(() => testAudio.close());

const wave = writeWave(music(FRAMES, 44_100, 2), { sampleRate: 44_100, channels: 2 });
const file = convertWithFfmpeg(wave, { from: "wav", to: "adts", args: ["-c:a", "aac", "-aac_pns", "0", "-f", "adts"] });
const decode = (bytes: Uint8Array, trimEncoderDelay = true) =>
	decodeAll(
		openDecoder(memorySource(bytes), decodeContext({ platformAudio: testAudio, strict: true, trimEncoderDelay })),
	);
const { samples: whole } = await decode(file);

function noted(before: number, after: number, frames: number): Uint8Array {
	const text = [0, before, after, frames, 0, 0].map((value) => value.toString(16).padStart(8, "0")).join(" ");
	return concat([id3Tag([comment("iTunSMPB", ` ${text}`)], { version: 2 }), file]);
}

const padding = whole.length / 2 - DELAY_FRAMES - FRAMES;

test("an iTunes note at the head of an ADTS file removes delay and padding", async () => {
	const decoded = await decode(noted(DELAY_FRAMES, padding, FRAMES));
	expect(decoded.format.frames).toBe(FRAMES);
	expect(firstDifference(decoded.samples, whole.subarray(2 * DELAY_FRAMES, 2 * (DELAY_FRAMES + FRAMES)))).toBeNull();
	const untrimmed = await decode(noted(DELAY_FRAMES, padding, FRAMES), false);
	expect(firstDifference(untrimmed.samples, whole)).toBeNull();
});

test.each([
	["a block longer than the file", DELAY_FRAMES, padding + 1_024, FRAMES],
	["a block shorter", DELAY_FRAMES, padding, FRAMES - 1_024],
])("a note of %s is ignored", async (_what, before, after, frames) => {
	expect(firstDifference((await decode(noted(before, after, frames))).samples, whole)).toBeNull();
});
