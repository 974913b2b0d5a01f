import { expect, test } from "vitest";
import type { WaveCanvas } from "../waveform/draw-waveform.ts";
import { drawBeatLines } from "./beat-lines.ts";

/** The columns of the lines, the bright ones apart. */
function lines(framesPerBeat: number, startFrame = 0): { readonly bright: number[]; readonly dim: number[] } {
	const found = { bright: [] as number[], dim: [] as number[] };
	const canvas: WaveCanvas = {
		fillStyle: "",
		fillRect: (x) => (String(canvas.fillStyle).includes("42%") ? found.bright : found.dim).push(x),
		clearRect: () => {},
	};
	const picture = { width: 100, height: 10, startFrame, endFrame: startFrame + 1_000, color: "white" };
	drawBeatLines(canvas, { anchorFrame: 100, framesPerBeat }, picture);
	return found;
}

test("lines lie on the beats, on either side of the anchor, and every fourth is bright", () => {
	expect(lines(100)).toEqual({ bright: [10, 50, 90], dim: [0, 20, 30, 40, 60, 70, 80] });
	expect(lines(100, -350).bright).toEqual([5, 45, 85]);
});

test("beats that lie too near leave the bars, and bars that lie too near nothing", () => {
	expect(lines(50)).toEqual({ bright: [10, 30, 50, 70, 90], dim: [] });
	expect(lines(5)).toEqual({ bright: [], dim: [] });
});
