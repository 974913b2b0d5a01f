import { meterShare } from "../fader/gain-scale.ts";
import type { EngineReading } from "../instrument/engine-poller.ts";
import { edgeShare, edges, visibleShare } from "./edge-shares.ts";
import { type PlayedSound, playedShare } from "./pad-region.ts";

/** "paused", as an activity numbers it. */
const PAUSED = 4;
/** Steps of a level: a smaller one cannot be seen. */
const levelSteps = 64;

/**
 * What moves on a pad every frame: its level, and its progress around the edge. These parts live in a separate layer over the pads,
 * because the browser repaints the layer of whatever moves. Writes only what has changed, through the object model.
 */
export class PadMotion {
	readonly #element: HTMLElement;
	readonly #bar: HTMLElement;
	/** In the order in which the progress passes them. */
	readonly #edges: readonly HTMLElement[];
	#isBright = false;
	#isPaused = false;
	#level = 0;
	#progress = 0;

	/** @param element - has elements of the classes "level", "top", "right", "bottom" and "left" */
	constructor(element: HTMLElement) {
		const part = (name: string): HTMLElement => element.querySelector<HTMLElement>(`.${name}`)!;
		this.#element = element;
		this.#bar = part("level");
		this.#edges = edges.map(part);
	}

	/**
	 * Shows a pad as of the newest reading.
	 *
	 * @param sound - the part of its sample that it plays; null while it has none
	 * @param isBright - whether its face has the bright colour of a pad that plays
	 */
	show({ stats, activity }: EngineReading, pad: number, sound: PlayedSound | null, isBright: boolean): void {
		if (isBright !== this.#isBright) {
			this.#isBright = isBright;
			this.#element.classList.toggle("bright", isBright);
		}
		this.#showLevel(activity.peak[pad]!);
		const code = activity.padState[pad]!;
		if ((code === PAUSED) !== this.#isPaused) {
			this.#isPaused = code === PAUSED;
			this.#element.classList.toggle("paused", this.#isPaused);
		}
		if (code === 0 || code === 2) this.#showProgress(0);
		else if (sound !== null && sound.durationSec > 0) {
			const position = activity.playhead[pad]! / (sound.durationSec * stats.sampleRate);
			this.#showProgress(playedShare(position, sound));
		}
	}

	#showLevel(peak: number): void {
		const level = Math.round(meterShare(peak) * levelSteps) / levelSteps;
		if (level === this.#level) return;
		this.#level = level;
		this.#bar.style.transform = `scaleY(${level})`;
	}

	#showProgress(share: number): void {
		const progress = visibleShare(share);
		if (progress === this.#progress) return;
		for (let edge = 0; edge < edges.length; edge++) {
			const filled = edgeShare(edge, progress);
			if (filled === edgeShare(edge, this.#progress)) continue;
			// Right and left edges stand.
			this.#edges[edge]!.style.transform = edge % 2 === 0 ? `scaleX(${filled})` : `scaleY(${filled})`;
		}
		this.#progress = progress;
	}
}
