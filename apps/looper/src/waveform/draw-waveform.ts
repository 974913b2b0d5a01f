import type { Peaks } from "./peaks.ts";
import { createColumns, readSampleColumns, type SampleFrames } from "./wave-columns.ts";

/** What is drawn on; a `CanvasRenderingContext2D` is one. */
export interface WaveCanvas {
	fillStyle: unknown;
	fillRect(x: number, y: number, width: number, height: number): void;
	clearRect(x: number, y: number, width: number, height: number): void;
}

/** A picture of a part of a sample. */
export interface WavePicture {
	/** In pixels of the canvas. */
	readonly width: number;
	readonly height: number;
	/** The frame at the left edge. Need not be whole, nor inside of the sample. */
	readonly startFrame: number;
	/** One past the frame at the right edge. */
	readonly endFrame: number;
	/** A CSS colour. */
	readonly color: string;
}

/** What the pictures of a sample are drawn from. */
export interface WaveData {
	readonly peaks: Peaks;
	/** The samples of the picture's frames, for pictures whose columns are narrower than the finest peak; null: peaks. */
	readonly samples: SampleFrames | null;
}

/** From so many pixels per frame on, each frame has a mark of its own. */
const markPixels = 6;
const markSize = 3;

/** Draws a waveform around the middle of the canvas, full scale over its whole height. What lies outside of the sample stays empty. */
export function drawWaveform(canvas: WaveCanvas, data: WaveData, picture: WavePicture): void {
	const { width, height, startFrame, endFrame, color } = picture;
	canvas.clearRect(0, 0, width, height);
	canvas.fillStyle = color;
	const framesPerColumn = (endFrame - startFrame) / width;
	if (!(framesPerColumn > 0)) return;
	if (data.samples !== null && framesPerColumn < 1) {
		drawSamples(canvas, data.samples, picture);
		return;
	}
	const columns = createColumns(width);
	const span = { startFrame, framesPerColumn };
	if (data.samples !== null && framesPerColumn < data.peaks.finestFrames)
		readSampleColumns(data.samples, span, columns);
	else data.peaks.readColumns(span, columns);
	for (let column = 0; column < width; column++) {
		const [low, high] = [columns.lows[column]!, columns.highs[column]!];
		if (low > high) continue;
		const top = rowOf(high, height);
		canvas.fillRect(column, top, 1, Math.max(1, rowOf(low, height) - top));
	}
}

/** Draws the first channel as steps that hold each sample until the next, and marks the samples when they are far apart. */
function drawSamples(
	canvas: WaveCanvas,
	{ channels: [samples = new Float32Array(0)], firstFrame }: SampleFrames,
	picture: WavePicture,
): void {
	const { width, height, startFrame, endFrame } = picture;
	const pixelsPerFrame = width / (endFrame - startFrame);
	const first = Math.max(0, Math.floor(startFrame) - firstFrame);
	const last = Math.min(samples.length, Math.ceil(endFrame) - firstFrame);
	let before = samples[first] ?? 0;
	for (let frame = first; frame < last; frame++) {
		const sample = samples[frame]!;
		const x = (frame + firstFrame - startFrame) * pixelsPerFrame;
		const [y, yBefore] = [rowOf(sample, height), rowOf(before, height)];
		canvas.fillRect(x, Math.min(y, yBefore), 1, Math.max(1, Math.abs(y - yBefore)));
		canvas.fillRect(x, y, pixelsPerFrame, 1);
		if (pixelsPerFrame >= markPixels) canvas.fillRect(x - markSize / 2, y - markSize / 2, markSize, markSize);
		before = sample;
	}
}

/** The row of a sample, from the top; samples beyond full scale lie on the edges. */
function rowOf(sample: number, height: number): number {
	return ((1 - Math.max(-1, Math.min(1, sample))) / 2) * height;
}
