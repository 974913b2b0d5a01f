import { expect, test } from "vitest";
import { drawWaveform, type WaveCanvas, type WavePicture } from "./draw-waveform.ts";
import type { Peaks } from "./peaks.ts";
import { peaksOf } from "./test-peaks.ts";

type Rectangle = readonly [x: number, y: number, width: number, height: number];

/** A canvas that remembers what is filled. */
class Filled implements WaveCanvas {
	fillStyle: unknown = "";
	readonly rectangles: Rectangle[] = [];

	fillRect(...rectangle: Rectangle): void {
		this.rectangles.push(rectangle);
	}

	clearRect(): void {
		this.rectangles.length = 0;
	}
}

const picture: WavePicture = { width: 4, height: 100, startFrame: 0, endFrame: 512, color: "white" };

function drawn(peaks: Peaks, samples: Float32Array | null, changes: Partial<WavePicture> = {}): readonly Rectangle[] {
	const canvas = new Filled();
	const frames = samples === null ? null : { channels: [samples], firstFrame: 0 };
	drawWaveform(canvas, { peaks, samples: frames }, { ...picture, ...changes });
	return canvas.rectangles;
}

test("each column reaches from its lowest to its highest sample", () => {
	const samples = Float32Array.from({ length: 512 }, (_, frame) => (frame < 256 ? 0.5 : -1) * (frame % 2));
	expect(drawn(peaksOf(samples), null)).toEqual([
		[0, 25, 1, 25],
		[1, 25, 1, 25],
		[2, 50, 1, 50],
		[3, 50, 1, 50],
	]);
});

test("silence is a line of one pixel, and full scale is the edge, however loud the sample is", () => {
	expect(drawn(peaksOf(new Float32Array(512)), null)[0]).toEqual([0, 50, 1, 1]);
	const loud = Float32Array.from({ length: 512 }, (_, frame) => (frame % 2 === 0 ? -3 : 3));
	expect(drawn(peaksOf(loud), null)[0]).toEqual([0, 0, 1, 100]);
});

test("columns outside of the sample stay empty", () => {
	expect(drawn(peaksOf(new Float32Array(256)), null).map(([x]) => x)).toEqual([0, 1]);
});

test("nearer than the finest peak the samples are drawn", () => {
	const samples = Float32Array.of(0, 0.5, 0, -1, 0, 0, 0, 0);
	expect(drawn(peaksOf(samples), samples, { endFrame: 8 })).toEqual([
		[0, 25, 1, 25],
		[1, 50, 1, 50],
		[2, 50, 1, 1],
		[3, 50, 1, 1],
	]);
});

test("single frames are steps, marked when they are wide", () => {
	const samples = Float32Array.of(0.5, -0.5);
	const narrow = drawn(peaksOf(samples), samples, { width: 8, endFrame: 2 });
	expect(narrow).toEqual([
		[0, 25, 1, 1],
		[0, 25, 4, 1],
		[4, 25, 1, 50],
		[4, 75, 4, 1],
	]);
	expect(drawn(peaksOf(samples), samples, { width: 16, endFrame: 2 })).toContainEqual([6.5, 73.5, 3, 3]);
});

test("an empty picture draws nothing", () => {
	expect(drawn(peaksOf(new Float32Array(512)), null, { endFrame: 0 })).toEqual([]);
});
