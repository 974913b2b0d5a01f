import type { Peaks } from "../waveform/peaks.ts";
import { waveOutline } from "../waveform/wave-outline.ts";
import type { RegionShares } from "./pad-region.ts";

/** What a pad's picture shows. */
export interface PadPicture {
	readonly peaks: Peaks;
	readonly region: RegionShares;
}

/**
 * The waveform in a pad's face. It is drawn when it is another one, and never while the pad plays. It is a path, because each canvas
 * of a page is a layer, and splits what lies above it into further ones.
 */
export class PadWave {
	readonly #path: SVGPathElement;
	#width = 0;
	#height = 0;
	#drawn = "";
	#peaks: Peaks | null = null;

	/** @param picture - holds one path */
	constructor(picture: SVGSVGElement) {
		this.#path = picture.querySelector("path")!;
	}

	/** Takes the size that the picture has on the page, in CSS pixels. */
	resize(width: number, height: number): void {
		this.#width = width;
		this.#height = height;
	}

	/** Draws the picture. Asks the page for no layout. @param picture - null for none */
	draw(picture: PadPicture | null): void {
		// Nothing has been drawn, and nothing is to be.
		if (picture === null && this.#peaks === null) return;
		const [width, height] = [this.#width, this.#height];
		const { peaks, region } = picture ?? { peaks: null, region: null };
		const key = [width, height, devicePixelRatio, region?.start, region?.end].join(" ");
		if (key === this.#drawn && peaks === this.#peaks) return;
		this.#drawn = key;
		this.#peaks = peaks;
		const outline =
			peaks === null || region === null || height === 0
				? ""
				: waveOutline(peaks, {
						width,
						height,
						columns: Math.round(width * devicePixelRatio),
						startFrame: region.start * peaks.frames,
						endFrame: region.end * peaks.frames,
					});
		this.#path.setAttribute("d", outline);
	}
}
