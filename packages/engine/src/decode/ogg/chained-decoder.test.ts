import { describe, expect, test } from "vitest";
import { decodeAll, decodeContext } from "../../../test/decoding.ts";
import {
	concat,
	convertWithFfmpeg,
	differenceDecibels,
	firstDifference,
	music,
	randomBytes,
	seededRandom,
	sines,
	writeWave,
} from "../../../test/fixtures.ts";
import { loaderModule } from "../../../test/loader-module.ts";
import { oggGranule, renumberOggPage, sealOggPage, splitOggPages } from "../../../test/ogg-fixtures.ts";
import { Resampler, type ResamplerOptions } from "../../resample/resampler.ts";
import { memorySource } from "../../source/byte-source.ts";
import { openDecoder } from "../open-decoder.ts";

const RATE = 44_100;
type Pages = readonly Uint8Array<ArrayBuffer>[];

const open = (pages: Pages, options: { strict?: boolean } = { strict: true }) =>
	openDecoder(memorySource(concat(pages)), decodeContext(options));
const decode = (pages: Pages, options?: { strict?: boolean }) => decodeAll(open(pages, options));

/** Short pages, so that a lost one leaves most of a stream. */
function encode(codec: "libvorbis" | "flac", samples: Float32Array, format: { sampleRate: number; channels: number }) {
	const args = ["-c:a", codec, "-page_duration", "50000", "-sample_fmt", codec === "flac" ? "s16" : "fltp"];
	return splitOggPages(convertWithFfmpeg(writeWave(samples, format), { from: "wav", to: "ogg", args }));
}

/** The same stream with another serial number. */
const reserialled = (pages: Pages, change = 0x55): Pages =>
	pages.map((page) => sealOggPage(page.with(14, page[14]! ^ change)));
const isHeader = (page: Uint8Array) => oggGranule(page) === 0;
function joined(...parts: readonly Float32Array[]): Float32Array {
	const samples = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
	let offset = 0;
	for (const part of parts) {
		samples.set(part, offset);
		offset += part.length;
	}
	return samples;
}

function resample(samples: Float32Array, options: ResamplerOptions): Float32Array {
	const resampler = new Resampler(loaderModule, options);
	const parts: Float32Array[] = [];
	resampler.push(samples, (output) => parts.push(output.slice()));
	resampler.flush((output) => parts.push(output.slice()));
	return joined(...parts);
}
const seconds = (frames: number) => `at ${(frames / RATE).toFixed(3)} s`;

describe.each(["libvorbis", "flac"] as const)("%s", (codec) => {
	const stereo = { sampleRate: RATE, channels: 2 };
	const FRAMES = 30_001;
	const OTHER_FRAMES = 20_000;
	const pages = encode(codec, music(FRAMES, RATE, 2), stereo);
	const others = reserialled(encode(codec, music(OTHER_FRAMES, RATE, 2, 9), stereo), 0xff);
	/** An undecodable version of another link's stream. */
	const undecodable = others.map((page, index) => {
		if (index === 0) return page;
		if (codec === "libvorbis") return isHeader(page) ? page.with(40, page[40]! ^ 1) : page;
		return isHeader(page) ? page : sealOggPage(page.slice().fill(0x55, 27 + page[26]!));
	});
	const one = decode(pages).then(({ samples }) => samples);
	const other = decode(others).then(({ samples }) => samples);

	test("all links are played in order, each at its own length", async () => {
		const third = reserialled(pages, 0x33);
		const decoded = await decode([...pages, ...others, ...third]);
		expect(firstDifference(decoded.samples, joined(await one, await other, await one))).toBeNull();
		expect(decoded.format.frames).toBe(2 * FRAMES + OTHER_FRAMES);
		expect(decoded.warnings).toEqual([]);
	});

	test("a link may have the serial number of the one before it", async () => {
		const decoded = await decode([...pages, ...pages]);
		expect(firstDifference(decoded.samples, joined(await one, await one))).toBeNull();
	});

	test("a hundred links are played", async () => {
		const short = encode(codec, music(300, RATE, 2), stereo);
		const decoded = await decode(Array.from({ length: 100 }, () => short).flat());
		expect(decoded.format.frames).toBe(30_000);
	});

	test("bytes between two links are skipped", async () => {
		const decoded = await decode([...pages, randomBytes(5_000, seededRandom(7)), ...others]);
		expect(firstDifference(decoded.samples, joined(await one, await other))).toBeNull();
	});

	test("an empty link adds nothing, wherever it is", async () => {
		const headers = reserialled(others.filter(isHeader), 0x77);
		for (const chain of [
			[...headers, ...pages, ...others],
			[...pages, ...headers, ...others],
			[...pages, ...others, ...headers],
		]) {
			const decoded = await decode(chain, { strict: false });
			expect(firstDifference(decoded.samples, joined(await one, await other))).toBeNull();
			expect(decoded.warnings).toEqual([expect.stringMatching(/ends without its last page at/)]);
		}
		const last = headers.length - 1;
		const complete = headers.with(last, renumberOggPage(headers[last]!, { flags: headers[last]![5]! | 4 }));
		expect((await decode([...pages, ...complete, ...others])).warnings).toEqual([]);
	});

	test("only headers, however many, are malformed", async () => {
		const headers = others.filter(isHeader);
		await expect(decode([...headers, ...reserialled(headers)], { strict: false })).rejects.toMatchObject({
			code: "malformed-audio",
		});
	});

	test("a truncated link plays its whole pages, with a warning, and the next one follows", async () => {
		const decoded = await decode([...pages.slice(0, -2), ...others], { strict: false });
		const tail = decoded.samples.subarray(decoded.samples.length - OTHER_FRAMES * 2);
		expect(firstDifference(tail, await other)).toBeNull();
		const frames = decoded.samples.length / 2 - OTHER_FRAMES;
		expect(frames).toBeGreaterThan(FRAMES / 2);
		expect(frames).toBeLessThan(FRAMES);
		expect(decoded.warnings.at(-1)).toMatch(/ends without its last page at 0\.\d+ s\.$/);
		await expect(decode([...pages.slice(0, -2), ...others])).rejects.toMatchObject({ code: "malformed-audio" });
	});

	test("damage in a later link is reported at its time in the whole recording", async () => {
		const damaged = others.with(4, others[4]!.with(60, others[4]![60]! ^ 1));
		const { warnings, samples } = await decode([...pages, ...damaged], { strict: false });
		expect(samples.length).toBe(2 * (FRAMES + OTHER_FRAMES));
		const second = Number(/ at (\d+\.\d+) s/.exec(warnings[0] ?? "")?.[1]);
		expect(second).toBeGreaterThan(FRAMES / RATE);
		expect(second).toBeLessThan((FRAMES + OTHER_FRAMES) / RATE);
	});

	test("a link that cannot be decoded is left out with a warning, and the next one follows", async () => {
		const decoded = await decode([...pages, ...undecodable, ...reserialled(pages)], { strict: false });
		expect(firstDifference(decoded.samples, joined(await one, await one))).toBeNull();
		expect(decoded.warnings).toEqual([
			expect.stringMatching(new RegExp(`^A stream that cannot be decoded .* was left out ${seconds(FRAMES)}\\.$`)),
		]);
	});

	test("a first link that cannot be decoded is left out with a warning", async () => {
		const decoded = await decode([...undecodable, ...pages], { strict: false });
		expect(firstDifference(decoded.samples, await one)).toBeNull();
		expect(decoded.warnings).toEqual([
			expect.stringMatching(/^A stream that cannot be decoded .* was left out at 0\.000 s\.$/),
		]);
	});

	test("a link without its first page is left out with a warning", async () => {
		const decoded = await decode([...pages, ...others.slice(1)], { strict: false });
		expect(firstDifference(decoded.samples, await one)).toBeNull();
		expect(decoded.warnings).toEqual([`A stream whose first page is lost was left out ${seconds(FRAMES)}.`]);
	});

	test("the end of a stream before the first whole one is left out with a warning", async () => {
		const decoded = await decode([...others.slice(4), ...pages], { strict: false });
		expect(firstDifference(decoded.samples, await one)).toBeNull();
		expect(decoded.warnings).toEqual(["The end of a stream that begins before the file was left out at 0.000 s."]);
	});

	test("a link of another codec is left out with a warning", async () => {
		const foreign = [sealOggPage(others[0]!.with(28, 0x42)), ...others.slice(1)];
		const decoded = await decode([...pages, ...foreign, ...reserialled(pages)], { strict: false });
		expect(firstDifference(decoded.samples, joined(await one, await one))).toBeNull();
		expect(decoded.warnings).toEqual([`A further stream was left out ${seconds(FRAMES)}.`]);
	});

	test("streams parallel to the links are skipped", async () => {
		const beside = [0, 1, 2].map((sequence) => {
			const page = renumberOggPage(pages[5]!, { sequence, flags: sequence === 0 ? 2 : sequence === 2 ? 4 : 0 });
			return sealOggPage(page.with(14, page[14]! ^ 0x0f));
		});
		const decoded = await decode([
			beside[0]!,
			...pages.slice(0, 5),
			beside[1]!,
			...pages.slice(5),
			beside[2]!,
			others[0]!,
			beside[0]!,
			...others.slice(1, 5),
			beside[1]!,
			...others.slice(5),
		]);
		expect(firstDifference(decoded.samples, joined(await one, await other))).toBeNull();
	});

	describe("a link of another format is converted to that of the first, with a warning", () => {
		const link = (sampleRate: number, channels: number, frames: number) =>
			reserialled(
				encode(codec, sines(frames, sampleRate, [1_000, 1_000].slice(0, channels)), { sampleRate, channels }),
			);
		/** The audio after the first link of a chain, and the warnings. */
		async function tailOf(chain: Pages, channels: number) {
			const decoded = await decode(chain, { strict: false });
			await expect(decode(chain)).rejects.toMatchObject({ code: "malformed-audio" });
			return { tail: decoded.samples.subarray(FRAMES * channels), ...decoded };
		}

		test.each([
			[22_050, 10_001, 20_002],
			[48_000, 48_000, 44_100],
			[48_000, 12_345, 11_342],
			[47_999, 30_000, 27_563],
		])("%i Hz: resampled, %i frames to %i", async (sampleRate, frames, resampled) => {
			const { tail, warnings, format } = await tailOf([...pages, ...link(sampleRate, 2, frames)], 2);
			expect(tail.length).toBe(resampled * 2);
			expect(format).toMatchObject({ sampleRate: RATE, frames: FRAMES + resampled });
			const { samples } = await decode(link(sampleRate, 2, frames));
			expect(
				firstDifference(tail, resample(samples, { inputRate: sampleRate, outputRate: RATE, channels: 2 })),
			).toBeNull();
			const right = sines(resampled, RATE, [1_000, 1_000]);
			const [from, to] = [2_000, tail.length - 2_000];
			const distance = differenceDecibels(tail.subarray(from, to), right.subarray(from, to));
			expect(distance).toBeLessThan(codec === "flac" ? -90 : -30);
			expect(warnings).toEqual([`A further stream was resampled from ${sampleRate} to 44100 Hz ${seconds(FRAMES)}.`]);
		});

		test("mono: on both channels", async () => {
			const mono = link(RATE, 1, 20_000);
			const { samples } = await decode(mono);
			const { tail, warnings } = await tailOf([...pages, ...mono], 2);
			const doubled = Float32Array.from({ length: 40_000 }, (_, index) => samples[index >> 1]!);
			expect(firstDifference(tail, doubled)).toBeNull();
			expect(warnings).toEqual([`A further stream was played on both channels ${seconds(FRAMES)}.`]);
		});

		test("stereo after mono, of another rate: the mean of both channels, resampled", async () => {
			const mono = encode(codec, music(FRAMES, RATE, 1), { sampleRate: RATE, channels: 1 });
			const { tail, warnings } = await tailOf([...mono, ...link(48_000, 2, 24_000)], 1);
			expect(tail.length).toBe(22_050);
			const right = sines(22_050, RATE, [1_000]);
			const distance = differenceDecibels(tail.subarray(1_000, -1_000), right.subarray(1_000, -1_000));
			expect(distance).toBeLessThan(codec === "flac" ? -90 : -30);
			const what = "resampled from 48000 to 44100 Hz and mixed down to one channel";
			expect(warnings).toEqual([`A further stream was ${what} ${seconds(FRAMES)}.`]);
		});

		test("six channels: left out, with the count", async () => {
			const six = reserialled(encode(codec, music(5_000, RATE, 6), { sampleRate: RATE, channels: 6 }));
			const { tail, warnings } = await tailOf([...pages, ...six, ...others], 2).catch(() => ({
				tail: null,
				warnings: [],
			}));
			expect(tail).toBeNull();
			expect(warnings).toEqual([]);
			const decoded = await decode([...pages, ...six, ...others], { strict: false });
			expect(firstDifference(decoded.samples, joined(await one, await other))).toBeNull();
			expect(decoded.warnings).toEqual([expect.stringContaining("6 channels")]);
		});
	});
});
