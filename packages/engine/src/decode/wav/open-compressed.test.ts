import { describe, expect, test } from "vitest";
import { firstBitDifference } from "../../../test/bit-difference.ts";
import { forgetfulSource } from "../../../test/byte-sources.ts";
import { decodeAll, decodeContext } from "../../../test/decoding.ts";
import { ascii, concat, convertWithFfmpeg, decodeWithFfmpeg, music, writeWave } from "../../../test/fixtures.ts";
import { iffChunk, type StreamOptions, writeStreamInWave } from "../../../test/iff-writer.ts";
import { splitOggPages } from "../../../test/ogg-fixtures.ts";
import { openDecoder } from "../open-decoder.ts";

const RATE = 44_100;
const recording = writeWave(music(30_001, RATE, 2), { sampleRate: RATE, channels: 2 });
const encode = (to: string, ...args: readonly string[]) => convertWithFfmpeg(recording, { from: "wav", to, args });
const ogg = encode("ogg", "-c:a", "libvorbis", "-page_duration", "100000");
const mp3 = encode("mp3", "-c:a", "libmp3lame", "-b:a", "128k", "-id3v2_version", "0");
const bareMp3 = encode("mp3", "-c:a", "libmp3lame", "-b:a", "128k", "-id3v2_version", "0", "-write_xing", "0");

const VORBIS = 0x674f;
const MP3 = 0x55;
const HEADER_BYTES = 20 + 18 + 12 + 8;

const wrap = (tag: number, stream: Uint8Array, parts: Partial<StreamOptions> = {}) =>
	writeStreamInWave(stream, { tag, channels: 2, sampleRate: RATE, ...parts });

const open = (bytes: Uint8Array, strict = false) => openDecoder(forgetfulSource(bytes), decodeContext({ strict }));

/** How a file in strict mode differs from the bare stream in it; null if they are equal. */
async function differenceFrom(stream: Uint8Array, file: Uint8Array): Promise<string | null> {
	const [wrapped, bare] = await Promise.all([decodeAll(open(file, true)), decodeAll(open(stream, true))]);
	const { name } = wrapped.format;
	if (name !== `${bare.format.name} in WAV`) return `the format is ${name}`;
	return firstBitDifference(wrapped.samples, bare.samples);
}

const kinds: readonly (readonly [string, number, Uint8Array])[] = [
	["Ogg Vorbis", VORBIS, ogg],
	["MP3", MP3, mp3],
	["MP3 without an info frame", MP3, bareMp3],
];

describe.each(kinds)("%s in WAV", (_name, tag, stream) => {
	test("equals the bare stream to the bit", async () => {
		expect(await differenceFrom(stream, wrap(tag, stream))).toBeNull();
	});

	test("channels and rate of the format chunk are ignored", async () => {
		expect(await differenceFrom(stream, wrap(tag, stream, { channels: 0, sampleRate: 0 }))).toBeNull();
	});

	test("chunks after the data are neither audio nor damage", async () => {
		const after = concat([
			iffChunk("LIST", ascii("INFO"), { isLittleEndian: true }),
			ascii("TAG"),
			new Uint8Array(125),
		]);
		expect(await differenceFrom(stream, wrap(tag, stream, { after }))).toBeNull();
		const another = iffChunk("JUNK", stream, { isLittleEndian: true });
		expect(await differenceFrom(stream, wrap(tag, stream, { after: another }))).toBeNull();
	});

	test.each([0xffffffff, 0x7fffffff, 0x7ffff000])(
		"a size of %i extends to the end of the file",
		async (declaredBytes) => {
			const file = wrap(tag, stream, { declaredBytes });
			expect(await differenceFrom(stream, file.subarray(0, HEADER_BYTES + stream.length))).toBeNull();
		},
	);

	test("data truncated by the end of the file plays with a warning, an error in strict mode", async () => {
		const file = wrap(tag, stream).subarray(0, HEADER_BYTES + Math.floor(stream.length / 2));
		const decoded = await decodeAll(open(file));
		expect(decoded.samples.length).toBeGreaterThan(2 * 2_000);
		expect(decoded.warnings[0]).toMatch(/^The file ends after \d+ of \d+ bytes of audio/);
		await expect(open(file, true)).rejects.toMatchObject({ code: "malformed-audio", byteOffset: file.length });
	});

	test("data without a stream is malformed at its start", async () => {
		const error = await open(wrap(tag, new Uint8Array(1_000))).then(undefined, (reason: unknown) => reason);
		expect(error).toMatchObject(
			tag === MP3 ? { code: "malformed-audio", byteOffset: HEADER_BYTES } : { code: "unsupported-format" },
		);
	});
});

test.each([0x674f, 0x6750, 0x6751, 0x676f, 0x6770, 0x6771])("the tag %i is Ogg Vorbis", async (tag) => {
	expect(await differenceFrom(ogg, wrap(tag, ogg))).toBeNull();
});

test("MP3 without an info frame keeps the encoder delay, as in ffmpeg", async () => {
	const file = wrap(MP3, bareMp3);
	const { samples } = await decodeAll(open(file, true));
	expect(samples.length).toBe(decodeWithFfmpeg(file, "wav").length);
	expect(samples.length % (2 * 1_152)).toBe(0);
});

test("an ID3v1 tag at the end of the data is skipped", async () => {
	expect(
		await differenceFrom(mp3, wrap(MP3, concat([mp3, ascii("TAG"), new Uint8Array(125)]), { after: mp3 })),
	).toBeNull();
});

test("a damaged page is reported at its offset in the WAV file", async () => {
	const pages = splitOggPages(ogg);
	const damagedStart = HEADER_BYTES + pages.slice(0, 3).reduce((sum, page) => sum + page.length, 0);
	const file = wrap(VORBIS, ogg);
	file[damagedStart + 100]! ^= 1;
	const wrapped = await decodeAll(open(file));
	const bareFile = ogg.slice();
	bareFile[damagedStart + 100 - HEADER_BYTES]! ^= 1;
	const bare = await decodeAll(open(bareFile));
	expect(firstBitDifference(wrapped.samples, bare.samples)).toBeNull();
	expect(wrapped.warnings).toEqual(bare.warnings);
	const placeOf = (decoding: Promise<unknown>) =>
		decoding.then(
			() => Number.NaN,
			(error: unknown) => (error as { byteOffset: number }).byteOffset,
		);
	const place = await placeOf(decodeAll(open(file, true)));
	expect(place).toBe(HEADER_BYTES + (await placeOf(decodeAll(open(bareFile, true)))));
});

test("Vorbis without its headers is rejected by name", async () => {
	const headless = concat(splitOggPages(ogg).slice(2));
	await expect(open(wrap(0x6751, headless))).rejects.toMatchObject({
		code: "unsupported-format",
		message: expect.stringContaining("Ogg Vorbis audio without its headers"),
	});
});
