import { afterAll, expect, test } from "vitest";
import { decodeAll, decodeContext } from "../../../test/decoding.ts";
import { ascii, concat, convertWithFfmpeg, firstDifference, music, writeWave } from "../../../test/fixtures.ts";
import { testAudio } from "../../../test/node-audio.ts";
import { memorySource } from "../../source/byte-source.ts";
import { openDecoder } from "../open-decoder.ts";

const FRAMES = 50_000;
const RATE = 44_100;
/** Encoder delay of ffmpeg's own AAC encoder. */
const DELAY_FRAMES = 1_024;

afterAll(() => testAudio.close());

const wave = writeWave(music(FRAMES, RATE, 2), { sampleRate: RATE, channels: 2 });
/** Its index is the last box, so it can grow. */
const file = Buffer.from(convertWithFfmpeg(wave, { from: "wav", to: "m4a", args: ["-c:a", "aac"] }));

const decode = (bytes: Uint8Array, trimEncoderDelay = true) =>
	decodeAll(
		openDecoder(memorySource(bytes), decodeContext({ platformAudio: testAudio, trimEncoderDelay, strict: true })),
	);

/** How a file's decode differs from the whole one without `start` frames of delay; null if it does not. */
async function cutDifference(bytes: Uint8Array, start: number, frames: number): Promise<string | null> {
	const whole = (await decode(file, false)).samples;
	const { samples, format } = await decode(bytes);
	if (format.frames !== frames) return `${format.frames} frames are declared instead of ${frames}`;
	return firstDifference(samples, whole.subarray(2 * start, 2 * (start + frames)));
}

function box(type: string, ...parts: readonly Uint8Array[]): Uint8Array {
	const body = concat([ascii(type), ...parts]);
	const size = Buffer.alloc(4);
	size.writeUInt32BE(body.length + 4);
	return concat([size, body]);
}

/** The file with an iTunes note of delay, padding and length first in its index. */
function withNote(text: string): Uint8Array {
	const flags = new Uint8Array(4);
	const name = box("name", flags, ascii("iTunSMPB"));
	const data = box("data", Uint8Array.of(0, 0, 0, 1), flags, ascii(text));
	const item = box("----", box("mean", flags, ascii("com.apple.iTunes")), name, data);
	const tags = box("udta", box("meta", flags, box("ilst", item)));
	const bodyOffset = file.indexOf("moov") + 4;
	return concat([file.subarray(0, bodyOffset - 8), box("moov", tags, file.subarray(bodyOffset))]);
}

function withWords(...words: readonly [type: string, byteOffset: number, value: number][]): Uint8Array {
	const copy = Buffer.from(file);
	for (const [type, byteOffset, value] of words) copy.writeUInt32BE(value, copy.indexOf(type) + 4 + byteOffset);
	return copy;
}

test("the iTunes note of delay and length overrides the edit list", async () => {
	expect(
		await cutDifference(withNote(" 00000000 00000840 000001CA 000000000000A000 00000000"), 0x840, 0xa000),
	).toBeNull();
});

test.each([
	["longer than the audio", " 00000000 00000840 000001CA 00000000003F31F6"],
	["without numbers", "gapless"],
	["without text", ""],
])("a note %s is not believed", async (_what, text) => {
	expect(await cutDifference(withNote(text), DELAY_FRAMES, FRAMES)).toBeNull();
});

test("an edit shorter than the audio cuts its end, exactly if the movie clock is the track clock", async () => {
	expect(await cutDifference(withWords(["mvhd", 12, RATE], ["elst", 8, 40_003]), DELAY_FRAMES, 40_003)).toBeNull();
});

test("an edit shorter by less than the movie clock's rounding cuts nothing", async () => {
	expect(
		await cutDifference(withWords(["elst", 8, Math.floor((FRAMES * 1_000) / RATE)]), DELAY_FRAMES, FRAMES),
	).toBeNull();
});

test("an edit that starts past the end is ignored", async () => {
	expect(await cutDifference(withWords(["elst", 12, 0x7fff_ffff]), 0, FRAMES + DELAY_FRAMES)).toBeNull();
});

test("an empty edit alone removes nothing", async () => {
	expect(await cutDifference(withWords(["elst", 12, 0xffff_ffff]), 0, FRAMES + DELAY_FRAMES)).toBeNull();
});
