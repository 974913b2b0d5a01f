import type { WaveCanvas, WavePicture } from "../waveform/draw-waveform.ts";
import type { BeatGrid } from "./snap.ts";

/** Lines that lie nearer are not drawn. */
const leastPixels = 8;
const barColor = "rgb(255 255 255 / 42%)";
const beatColor = "rgb(255 255 255 / 18%)";
/** Beats of a bar of the picture; the sample's own meter is not known. */
const beatsPerBar = 4;

/** Draws the lines of beats over a waveform, brighter on every fourth; only those when the beats lie too near. */
export function drawBeatLines(
	canvas: WaveCanvas,
	{ anchorFrame, framesPerBeat }: BeatGrid,
	picture: WavePicture,
): void {
	const { width, height, startFrame, endFrame } = picture;
	const pixelsPerBeat = (framesPerBeat * width) / (endFrame - startFrame);
	const step = pixelsPerBeat >= leastPixels ? 1 : beatsPerBar;
	if (pixelsPerBeat * step < leastPixels) return;
	const first = Math.ceil((startFrame - anchorFrame) / framesPerBeat / step) * step;
	for (let beat = first; anchorFrame + beat * framesPerBeat < endFrame; beat += step) {
		const x = ((anchorFrame + beat * framesPerBeat - startFrame) * width) / (endFrame - startFrame);
		canvas.fillStyle = beat % beatsPerBar === 0 ? barColor : beatColor;
		canvas.fillRect(Math.round(x), 0, 1, height);
	}
}
