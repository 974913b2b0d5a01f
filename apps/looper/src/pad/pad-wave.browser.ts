import { drawWaveform } from "../waveform/draw-waveform.ts";
import type { Peaks } from "../waveform/peaks.ts";
import type { RegionShares } from "./pad-region.ts";

/** What a pad's picture shows. */
export interface PadPicture {
	readonly peaks: Peaks;
	readonly region: RegionShares;
	/** A CSS colour. */
	readonly color: string;
}

/** The waveform in a pad's face. It is drawn when it is another one, and never while the pad plays. */
export class PadWave {
	readonly #canvas: HTMLCanvasElement;
	#width = 0;
	#height = 0;
	#drawn = "";
	#peaks: Peaks | null = null;

	constructor(canvas: HTMLCanvasElement) {
		this.#canvas = canvas;
	}

	/** Takes the size that the canvas has on the page, in CSS pixels. */
	resize(width: number, height: number): void {
		this.#width = Math.round(width * devicePixelRatio);
		this.#height = Math.round(height * devicePixelRatio);
	}

	/** Draws the picture. Asks the page for no layout. @param picture - null for none */
	draw(picture: PadPicture | null): void {
		// Nothing has been drawn, and nothing is to be.
		if (picture === null && this.#peaks === null) return;
		const canvas = this.#canvas;
		const [width, height] = [this.#width, this.#height];
		const { peaks, region, color } = picture ?? { peaks: null, region: null, color: "" };
		const key = [width, height, peaks?.readyFrames, region?.start, region?.end, color].join(" ");
		if (key === this.#drawn && peaks === this.#peaks) return;
		this.#drawn = key;
		this.#peaks = peaks;
		// Setting either empties the canvas.
		canvas.width = width;
		canvas.height = height;
		const context = canvas.getContext("2d");
		if (context === null || peaks === null || region === null || width === 0 || height === 0) return;
		drawWaveform(
			context,
			{ peaks, samples: null },
			{
				width,
				height,
				startFrame: region.start * peaks.frames,
				endFrame: region.end * peaks.frames,
				color,
			},
		);
	}
}
