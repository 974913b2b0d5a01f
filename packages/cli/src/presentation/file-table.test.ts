import { expect, test } from "vitest";
import type { DecodedFile } from "./file-report.ts";
import { durationText, fileTable, peakText } from "./file-table.ts";

const loop: DecodedFile = {
	file: "loops/amen.flac",
	format: "FLAC",
	sampleRate: 44_100,
	channels: 2,
	frames: 88_200,
	durationSec: 2,
	peak: 0.5,
	warnings: [],
};

test("a duration has minutes, seconds and milliseconds, and hours only if there are any", () => {
	expect(durationText(0)).toBe("0:00.000");
	expect(durationText(62.3454)).toBe("1:02.345");
	expect(durationText(3_600)).toBe("1:00:00.000");
});

test("a duration that rounds up to a minute shows that minute", () => {
	expect(durationText(59.9996)).toBe("1:00.000");
	expect(durationText(3_599.9999)).toBe("1:00:00.000");
});

test("a peak is in decibels below or above full scale", () => {
	expect(peakText(1)).toBe("0.00 dB");
	expect(peakText(0.5)).toBe("-6.02 dB");
	expect(peakText(2)).toBe("6.02 dB");
	expect(peakText(0)).toBe("silence");
});

test("every column starts below its heading, whatever the cells' widths", () => {
	const kick = { ...loop, file: "kick.wav", format: "WAV, 24-bit integer", sampleRate: 8_000, channels: 1 };
	const [headings = "", ...rows] = fileTable([loop, kick]).trimEnd().split("\n");
	const starts = [...headings.matchAll(/\S+/g)].map(({ index }) => index);
	expect(rows).toHaveLength(2);
	for (const row of rows) {
		for (const start of starts.slice(1)) expect(row.slice(start - 2, start + 1)).toMatch(/^ {2}\S$/);
	}
	expect(rows[0]).toMatch(/^FLAC +44100 Hz +2 +0:02\.000 +-6\.02 dB +loops\/amen\.flac$/);
});

test("warnings are below their file", () => {
	const damaged = { ...loop, warnings: ["a packet is damaged at 1.5 s"] };
	expect(fileTable([damaged, loop]).split("\n")[2]).toBe("  warning: a packet is damaged at 1.5 s");
});

test("control characters in a file's name do not reach the terminal", () => {
	expect(fileTable([{ ...loop, file: "a\u001b[2J\nb.wav" }])).toContain("a\uFFFD[2J\uFFFDb.wav\n");
});
