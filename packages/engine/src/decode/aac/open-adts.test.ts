import { afterAll, expect, test } from "vitest";
import { type AdtsFraming, reframedAdts } from "../../../test/adts-writer.ts";
import { decodeAll, decodeContext } from "../../../test/decoding.ts";
import {
	ascii,
	concat,
	convertWithFfmpeg,
	decodeWithFfmpeg,
	differenceDecibels,
	firstDifference,
	music,
	randomBytes,
	seededRandom,
	writeWave,
} from "../../../test/fixtures.ts";
import { withSpectralBands } from "../../../test/he-aac-writer.ts";
import { testAudio } from "../../../test/node-audio.ts";
import { memorySource } from "../../source/byte-source.ts";
import { openDecoder } from "../open-decoder.ts";
import { AAC_BLOCK_FRAMES, readAdtsHeader } from "./adts.ts";

const FRAMES = 150_001;

afterAll(() => testAudio.close());

/** An ADTS file without noise substitution, for which every decoder generates its own noise. */
function adts(sampleRate: number, channels: number, ...options: readonly string[]): Uint8Array {
	const wave = writeWave(music(FRAMES, sampleRate, channels), { sampleRate, channels });
	const args = ["-c:a", "aac", "-aac_pns", "0", ...options, "-f", "adts"];
	return convertWithFfmpeg(wave, { from: "wav", to: "adts", args });
}

const decode = (bytes: Uint8Array, strict = false) =>
	decodeAll(openDecoder(memorySource(bytes), decodeContext({ platformAudio: testAudio, strict })));

function frameOffsets(bytes: Uint8Array): number[] {
	const offsets: number[] = [];
	for (let offset = 0; offset < bytes.length; offset += readAdtsHeader(bytes, offset)!.frameBytes) offsets.push(offset);
	return offsets;
}

const stereo = adts(44_100, 2);

test.each([
	[44_100, 2],
	[48_000, 1],
	[8_000, 1],
	[96_000, 2],
])("AAC at %i Hz with %i channels matches ffmpeg's decode", async (sampleRate, channels) => {
	const file = adts(sampleRate, channels);
	const reference = decodeWithFfmpeg(file, "aac");
	const { samples, format, warnings } = await decode(file, true);
	expect(format).toMatchObject({ name: "AAC", sampleRate, channels });
	expect(samples.length).toBe(reference.length);
	expect(samples.length).toBe(frameOffsets(file).length * AAC_BLOCK_FRAMES * channels);
	expect(differenceDecibels(samples, reference)).toBeLessThan(-90);
	expect(warnings).toEqual([]);
});

test("implicit HE-AAC plays the lower half of the spectrum in Node, at its full length", async () => {
	const wave = writeWave(music(FRAMES, 24_000, 2), { sampleRate: 24_000, channels: 2 });
	const args = ["-c:a", "aac", "-aac_pns", "0", "-f", "adts"];
	const core = convertWithFfmpeg(wave, { from: "wav", to: "adts", args });
	const file = withSpectralBands(core);
	// Check the fixture: ffmpeg decodes it at twice the rate.
	expect(decodeWithFfmpeg(file, "aac").length).toBe(2 * decodeWithFfmpeg(core, "aac").length);
	const { samples, format, warnings } = await decode(file, true);
	expect(format).toMatchObject({ sampleRate: 24_000, channels: 2 });
	expect(differenceDecibels(samples, (await decode(core, true)).samples)).toBe(Number.NEGATIVE_INFINITY);
	expect(samples.length).toBe(frameOffsets(file).length * AAC_BLOCK_FRAMES * 2);
	expect(warnings).toEqual([]);
});

test("tags before and after the frames are not damage", async () => {
	const leading = concat([ascii("ID3\x04\0\0\0\0\0\x64"), new Uint8Array(100)]);
	const trailing = concat([ascii("TAG"), new Uint8Array(125)]);
	const { samples, warnings } = await decode(concat([leading, stereo, trailing]), true);
	expect(differenceDecibels(samples, (await decode(stereo)).samples)).toBe(Number.NEGATIVE_INFINITY);
	expect(warnings).toEqual([]);
});

test("bytes between two frames are skipped with a warning, and the frames around them play", async () => {
	const offset = frameOffsets(stereo)[40]!;
	const junk = randomBytes(500, seededRandom(3));
	const { samples, warnings } = await decode(concat([stereo.subarray(0, offset), junk, stereo.subarray(offset)]));
	expect(warnings).toEqual([expect.stringMatching(/^Bytes that are no audio were skipped at \d+\.\d{3} s\.$/)]);
	expect(differenceDecibels(samples, (await decode(stereo)).samples)).toBe(Number.NEGATIVE_INFINITY);
});

test("a damaged frame becomes silence in place, and everything from two frames on is untouched", async () => {
	const offsets = frameOffsets(stereo);
	const damaged = stereo.slice();
	damaged.fill(0, offsets[70]! + 7, offsets[71]);
	const whole = (await decode(stereo)).samples;
	const { samples, warnings } = await decode(damaged);
	const at = 70 * AAC_BLOCK_FRAMES * 2;
	expect(samples.length).toBe(whole.length);
	expect(warnings).toEqual(["A damaged packet was replaced by silence at 1.625 s."]);
	expect(samples.subarray(at, at + 2 * AAC_BLOCK_FRAMES).every((sample) => sample === 0)).toBe(true);
	expect(samples.subarray(0, at)).toEqual(whole.subarray(0, at));
	expect(samples.subarray(at + 4 * AAC_BLOCK_FRAMES)).toEqual(whole.subarray(at + 4 * AAC_BLOCK_FRAMES));
	await expect(decode(damaged, true)).rejects.toMatchObject({ code: "malformed-audio", byteOffset: offsets[70] });
});

test("a file that ends inside a frame plays up to it, with a warning", async () => {
	const offsets = frameOffsets(stereo);
	const { samples, warnings } = await decode(stereo.subarray(0, offsets[50]! + 20));
	expect(samples.length).toBe(50 * AAC_BLOCK_FRAMES * 2);
	expect(warnings).toEqual(["The file ends inside a packet at 1.161 s."]);
});

test("frames of zeros are malformed-audio", async () => {
	const empty = stereo.slice();
	const offsets = [...frameOffsets(stereo), stereo.length];
	for (let frame = 0; frame + 1 < offsets.length; frame++) empty.fill(0, offsets[frame]! + 7, offsets[frame + 1]);
	await expect(decode(empty)).rejects.toMatchObject({
		code: "malformed-audio",
		message: "Nothing in the file can be decoded as AAC. Export it again.",
	});
});

test.each<[string, number[], AdtsFraming]>([
	["MPEG-2 headers", [0xff, 0xf9], { isMpeg2: true }],
	["checksums", [0xff, 0xf0], { checksum: 0x1234 }],
	["MPEG-2 headers and checksums", [0xff, 0xf8], { isMpeg2: true, checksum: 0 }],
	["two blocks per frame and checksums", [0xff, 0xf0], { checksum: 0xffff, blocksPerFrame: 2 }],
	[
		"four blocks per frame, MPEG-2 headers and checksums",
		[0xff, 0xf8],
		{ isMpeg2: true, checksum: 7, blocksPerFrame: 4 },
	],
])("frames with %s decode to the samples of plain ones", async (_what, start, framing) => {
	const file = reframedAdts(stereo, framing);
	expect([...file.subarray(0, 2)]).toEqual(start);
	const { samples, warnings } = await decode(file, true);
	expect(firstDifference(samples, (await decode(stereo)).samples)).toBeNull();
	expect(warnings).toEqual([]);
});

test("ffmpeg's MPEG-2 output decodes to the samples of MPEG-4", async () => {
	const file = adts(44_100, 2, "-write_mpeg2", "1");
	expect([...file.subarray(0, 2)]).toEqual([0xff, 0xf9]);
	const { samples } = await decode(file, true);
	expect(firstDifference(samples, (await decode(stereo)).samples)).toBeNull();
});

test("several blocks per frame without checksums, of which Node decodes one, are rejected with the reason", async () => {
	await expect(decode(reframedAdts(stereo, { blocksPerFrame: 3 }))).rejects.toMatchObject({
		code: "unsupported-format",
		message:
			"This AAC file has 3 packets per frame without positions; this platform's decoder decodes only the first. Convert it to WAV or FLAC.",
	});
});

test("a frame whose blocks lie outside it becomes silence of its length, and the others play", async () => {
	const file = reframedAdts(stereo, { checksum: 0, blocksPerFrame: 2 });
	const offset = frameOffsets(file)[20]!;
	file.set([0x7f, 0xff], offset + 7);
	const { samples, warnings } = await decode(file);
	const whole = (await decode(stereo)).samples;
	const at = 40 * AAC_BLOCK_FRAMES * 2;
	expect(samples.length).toBe(whole.length);
	expect(warnings).toEqual(["A damaged packet was replaced by silence at 0.929 s."]);
	expect(samples.subarray(at, at + 4 * AAC_BLOCK_FRAMES).every((sample) => sample === 0)).toBe(true);
	expect(firstDifference(samples.subarray(0, at), whole.subarray(0, at))).toBeNull();
	const after = at + 6 * AAC_BLOCK_FRAMES;
	expect(firstDifference(samples.subarray(after), whole.subarray(after))).toBeNull();
});

test("six channels are unsupported-channels", async () => {
	const wave = writeWave(music(20_000, 48_000, 6), { sampleRate: 48_000, channels: 6 });
	const file = convertWithFfmpeg(wave, { from: "wav", to: "adts", args: ["-c:a", "aac", "-f", "adts"] });
	await expect(decode(file)).rejects.toMatchObject({ code: "unsupported-channels" });
});

test("a platform without a decoder gives unsupported-format", async () => {
	await expect(decodeAll(openDecoder(memorySource(stereo), decodeContext()))).rejects.toMatchObject({
		code: "unsupported-format",
		message: "This platform has no AAC decoder.",
	});
});
