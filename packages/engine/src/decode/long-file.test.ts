import { expect, test } from "vitest";
import { endlessSource } from "../../test/byte-sources.ts";
import { decodeContext } from "../../test/decoding.ts";
import { concat, convertWithFfmpeg, music, writeWave } from "../../test/fixtures.ts";
import { writeFlac } from "../../test/flac-writer.ts";
import { loaderModule } from "../../test/loader-module.ts";
import { oggGranule, renumberOggPage, splitOggPages } from "../../test/ogg-fixtures.ts";
import { retainedBytes } from "../../test/retained-memory.ts";
import type { ByteSource } from "../source/byte-source.ts";
import { openDecoder } from "./open-decoder.ts";

const RATE = 44_100;
const HOUR = 3_600 * RATE;
/** Garbage collection varies by less; an object per frame of the file exceeds it. */
const SPREAD_BYTES = 4 * 2 ** 20;

const wave = writeWave(music(5 * RATE, RATE, 2), { sampleRate: RATE, channels: 2 });

/** Frames of constant length without back-references, repeated. */
function longMp3(hours: number): ByteSource {
	const args = ["-c:a", "libmp3lame", "-b:a", "128k", "-reservoir", "0", "-id3v2_version", "0", "-write_xing", "0"];
	const file = convertWithFfmpeg(wave, { from: "wav", to: "mp3", args });
	// 49 frames of 128 kbit/s at 44.1 kHz are 20,480 bytes.
	const part = file.subarray(0, 20_480);
	const partCount = Math.round((hours * HOUR) / (49 * 1152));
	return endlessSource({ head: new Uint8Array(0), partBytes: part.length, partCount, part: () => part });
}

/** Cached because they take long to write. */
const flacParts = new Map<number, Uint8Array>();

/** Short blocks with increasing numbers, all of which take the same number of bytes. */
function longFlac(hours: number): ByteSource {
	const channel = Array.from({ length: 441 }, (_value, index) => Math.round(9_000 * Math.sin(index / 7)));
	const block = { channels: [channel], codings: [{ type: "verbatim" as const }] };
	const numbered = (firstNumber: number, declaredFrames: number) =>
		writeFlac([block], { sampleRate: RATE, bits: 16, firstNumber, declaredFrames });
	const partCount = (hours * HOUR) / channel.length;
	const first = numbered(0x10000, hours * HOUR);
	const head = first.bytes.subarray(0, first.frameOffsets[0]);
	const part = (index: number) => {
		const bytes = flacParts.get(index) ?? numbered(0x10000 + index, 0).bytes.subarray(head.length);
		flacParts.set(index, bytes);
		return bytes;
	};
	return endlessSource({ head, partBytes: first.bytes.length - head.length, partCount, part });
}

/** The pages of a few seconds, repeated with the sequence numbers and granules of a long recording. */
function longVorbis(hours: number): ByteSource {
	const args = ["-c:a", "libvorbis", "-q:a", "3", "-page_duration", "200000"];
	const pages = splitOggPages(convertWithFfmpeg(wave, { from: "wav", to: "ogg", args }));
	const head = concat(pages.slice(0, 3));
	const middle = pages.slice(3, -2);
	const frames = oggGranule(middle.at(-1)!) - oggGranule(pages[2]!);
	const part = (index: number) =>
		concat(
			middle.map((page, place) => {
				const sequence = 3 + index * middle.length + place;
				return renumberOggPage(page, { granule: oggGranule(page) + index * frames, sequence });
			}),
		);
	return endlessSource({ head, partBytes: part(0).length, partCount: Math.round((hours * HOUR) / frames), part });
}

/**
 * Decodes the first chunks of a file.
 *
 * @returns the memory that the process retains meanwhile: the minimum of several readings, as collection may be late
 */
async function retainedWhileDecoding(source: ByteSource, hours: number): Promise<number> {
	const decoder = await openDecoder(source, decodeContext({ loaderModule }));
	expect(decoder.format.frames / (hours * HOUR)).toBeCloseTo(1, 1);
	let frames = 0;
	let chunkCount = 0;
	let least = Number.POSITIVE_INFINITY;
	for await (const { samples } of decoder.chunks()) {
		frames += samples.length / decoder.format.channels;
		if (++chunkCount % 8 === 0) least = Math.min(least, await retainedBytes());
		if (chunkCount === 32) break;
	}
	expect(frames).toBeGreaterThan(5 * RATE);
	expect(decoder.warnings).toEqual([]);
	return least;
}

test.each<[string, number, (hours: number) => ByteSource]>([
	["MP3", 3, longMp3],
	["FLAC", 100, longFlac],
	["Ogg Vorbis", 100, longVorbis],
])("%s of %i hours needs no more memory than one of a few minutes", async (_name, hours, make) => {
	// The first file loads what all files share and fills the source's cache.
	await retainedWhileDecoding(make(0.05), 0.05);
	const short = await retainedWhileDecoding(make(0.05), 0.05);
	const long = await retainedWhileDecoding(make(hours), hours);
	expect(long - short).toBeLessThan(SPREAD_BYTES);
});
