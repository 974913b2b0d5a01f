import { expect, test } from "vitest";
import { decodeContext } from "../../test/decoding.ts";
import { concat, convertWithFfmpeg, music, writeWave } from "../../test/fixtures.ts";
import { loaderModule } from "../../test/loader-module.ts";
import { memorySource } from "../source/byte-source.ts";
import type { Decoder } from "./decoder.ts";
import { openOggFlac } from "./flac/open-ogg-flac.ts";
import { openMp3 } from "./mp3/open-mp3.ts";
import type { OnScan } from "./scan-progress.ts";

const MEBIBYTE = 2 ** 20;
const wave = writeWave(music(44_100, 44_100, 2), { coding: "s16", sampleRate: 44_100, channels: 2 });

/** The fractions reported while a file is opened. */
async function scan(open: (onScan: OnScan) => Promise<Decoder>): Promise<number[]> {
	const told: number[] = [];
	const decoder = await open((fraction) => {
		told.push(fraction);
		return Promise.resolve();
	});
	decoder.close();
	return told;
}

/** A file of at least 4 MiB: one stream, repeated. */
function long(bytes: Uint8Array): Uint8Array {
	return concat(Array.from({ length: Math.ceil((4 * MEBIBYTE) / bytes.length) }, () => bytes));
}

test("an MP3 file reports the scan of its headers at every mebibyte", async () => {
	const mp3 = long(convertWithFfmpeg(wave, { from: "wav", to: "mp3", args: ["-b:a", "320k", "-write_xing", "0"] }));
	const told = await scan((onScan) => openMp3(memorySource(mp3), decodeContext({ onScan })));
	expect(told).toHaveLength(Math.floor(mp3.length / MEBIBYTE));
	expect(told).toEqual(told.toSorted((one, other) => one - other));
	expect(told.every((fraction) => fraction > 0 && fraction <= 1)).toBe(true);
});

test("an Ogg FLAC file reports the scan of its pages at every mebibyte", async () => {
	const noise = writeWave(
		Float32Array.from({ length: 2 * 1_200_000 }, (_, index) => Math.sin(index * index)),
		{ coding: "s16", sampleRate: 44_100, channels: 2 },
	);
	const ogg = convertWithFfmpeg(noise, { from: "wav", to: "oga", args: ["-c:a", "flac"] });
	expect(ogg.length).toBeGreaterThan(4 * MEBIBYTE);
	const told = await scan((onScan) => openOggFlac(memorySource(ogg), decodeContext({ loaderModule, onScan })));
	expect(told.length).toBeGreaterThanOrEqual(3);
	expect(told).toEqual(told.toSorted((one, other) => one - other));
	expect(told.every((fraction) => fraction > 0 && fraction <= 1)).toBe(true);
});

test("a file shorter than a mebibyte reports nothing", async () => {
	const mp3 = convertWithFfmpeg(wave, { from: "wav", to: "mp3" });
	expect(await scan((onScan) => openMp3(memorySource(mp3), decodeContext({ onScan })))).toEqual([]);
});
