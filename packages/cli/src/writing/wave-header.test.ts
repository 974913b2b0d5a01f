import { execFileSync } from "node:child_process";
import { closeSync, ftruncateSync, openSync, writeSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "../../../engine/test/engine-harness.ts";
import { frameBytes, type WaveForm, waveHeader } from "./wave-header.ts";

/** What ffmpeg's prober reads from a file with that header and as much silence as it announces, which takes no place. */
function probe(form: WaveForm): unknown {
	const path = join(temporaryFolder(), "long.wav");
	const header = waveHeader(form);
	const file = openSync(path, "w");
	writeSync(file, header);
	ftruncateSync(file, header.length + form.frames * frameBytes(form.coding));
	closeSync(file);
	const entries = "stream=codec_name,sample_rate,channels,duration_ts,bits_per_sample";
	const answer = execFileSync("ffprobe", ["-v", "error", "-show_entries", entries, "-of", "json", path]);
	return JSON.parse(answer.toString()).streams;
}

test.each([
	["f32", 48_000, 1_000],
	["s24", 44_100, 999],
	["f32", 96_000, 600_000_000],
	["s24", 96_000, 800_000_000],
] as const)("%s at %i Hz with %i frames is read as such, beyond 4 GiB too", (coding, sampleRate, frames) => {
	expect(probe({ coding, sampleRate, frames })).toEqual([
		{
			codec_name: coding === "f32" ? "pcm_f32le" : "pcm_s24le",
			sample_rate: String(sampleRate),
			channels: 2,
			bits_per_sample: coding === "f32" ? 32 : 24,
			duration_ts: frames,
		},
	]);
});

test("RF64 begins where the sizes of RIFF end", () => {
	// Behind the size field: "WAVE", format, fact and data with their heads, then 8 bytes per frame.
	const last = Math.floor((2 ** 32 - 2 - (4 + 26 + 12 + 8)) / 8);
	const kind = (frames: number): string =>
		waveHeader({ coding: "f32", sampleRate: 48_000, frames }).toString("latin1", 0, 4);
	expect([kind(0), kind(last), kind(last + 1)]).toEqual(["RIFF", "RIFF", "RF64"]);
});
