import { execFileSync } from "node:child_process";
import { closeSync, ftruncateSync, openSync, writeSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "../../test/engine-harness.ts";
import { frameBytes } from "./encode-frames.ts";
import { type WavForm, wavHeader } from "./wav-header.ts";

/** ffprobe's view of a sparse file with that header and as much silence as it announces. */
function probe(form: WavForm): unknown {
	const path = join(temporaryFolder(), "long.wav");
	const header = wavHeader(form);
	const file = openSync(path, "w");
	writeSync(file, header);
	ftruncateSync(file, header.length + form.frames * frameBytes(form.format, form.channels));
	closeSync(file);
	const entries = "stream=codec_name,sample_rate,channels,duration_ts,bits_per_sample";
	const answer = execFileSync("ffprobe", ["-v", "error", "-show_entries", entries, "-of", "json", path]);
	return JSON.parse(answer.toString()).streams;
}

test.each([
	["f32", 2, 48_000, 1_000],
	["s24", 2, 44_100, 999],
	["s24", 1, 44_100, 999],
	["f32", 1, 96_000, 0],
	["f32", 2, 96_000, 600_000_000],
	["s24", 2, 96_000, 800_000_000],
] as const)(
	"%s of %i channels at %i Hz with %i frames is read correctly, also beyond 4 GiB",
	(format, channels, sampleRate, frames) => {
		expect(probe({ format, channels, sampleRate, frames })).toEqual([
			{
				codec_name: format === "f32" ? "pcm_f32le" : "pcm_s24le",
				sample_rate: String(sampleRate),
				channels,
				bits_per_sample: format === "f32" ? 32 : 24,
				...(frames > 0 && { duration_ts: frames }),
			},
		]);
	},
);

test("RF64 is used above the limit of RIFF sizes, and every header is as long", () => {
	const header = (frames: number) => wavHeader({ format: "f32", channels: 2, sampleRate: 48_000, frames });
	const { length } = header(0);
	// The RIFF size counts neither itself nor its name; the file has 8 bytes per frame.
	const last = Math.floor((2 ** 32 - 2 - (length - 8)) / 8);
	const kinds = [0, last, last + 1].map((frames) => Buffer.from(header(frames)).toString("latin1", 0, 4));
	expect(kinds).toEqual(["RIFF", "RIFF", "RF64"]);
	expect([header(last).length, header(last + 1).length]).toEqual([length, length]);
});

test.each<[string, object]>([
	["The value of format must be one of", {}],
	["The value of channels must be a whole number from 1 to 65535, not 0.", { channels: 0 }],
	["The value of sampleRate must be a whole number", { sampleRate: 0.5 }],
	["The value of frames must be a whole number", { frames: -1 }],
	["There is no option rate. The nearest is frames.", { rate: 48_000 }],
])("a wrong form is refused: %s", (message, change) => {
	const form = Object.keys(change).length === 0 ? {} : { format: "f32", channels: 2, sampleRate: 48_000, frames: 0 };
	expect(() => wavHeader({ ...form, ...change } as WavForm)).toThrow(message);
});
