import { expect, test } from "vitest";
import { peaksOf } from "./test-peaks.ts";
import { waveOutline } from "./wave-outline.ts";

const picture = { width: 4, height: 100, columns: 4, startFrame: 0, endFrame: 512 };

test("the outline steps along the highest samples there and along the lowest back", () => {
	const samples = Float32Array.from({ length: 512 }, (_, frame) => (frame < 256 ? 0.5 : -1) * (frame % 2));
	expect(waveOutline(peaksOf(samples), picture)).toBe("M0 25V25H1V25H2V50H3V50H4V100H3V100H2V50H1V50H0Z");
});

test("silence is a line as thick as a column is wide, and full scale is the edge", () => {
	const half = { ...picture, columns: 1 };
	expect(waveOutline(peaksOf(new Float32Array(512)), { ...half, width: 0.5 })).toBe("M0 50V50H0.5V50.5H0Z");
	const loud = Float32Array.from({ length: 512 }, (_, frame) => (frame % 2 === 0 ? -3 : 3));
	expect(waveOutline(peaksOf(loud), half)).toBe("M0 0V0H4V100H0Z");
});

test("columns outside of the sample stay empty", () => {
	expect(waveOutline(peaksOf(new Float32Array(256)), picture)).toBe("M0 50V50H1V50H2V51H1V51H0Z");
});

test("an empty picture has no outline", () => {
	const peaks = peaksOf(new Float32Array(512));
	expect(waveOutline(peaks, { ...picture, endFrame: 0 })).toBe("");
	expect(waveOutline(peaks, { ...picture, columns: 0, width: 0 })).toBe("");
});
