import { formatBeats } from "../choice/choice.ts";
import { meterShare } from "../fader/gain-scale.ts";
import type { EngineReading } from "../instrument/engine-poller.ts";
import { beatsUntil, isSounding } from "../instrument/play-state.ts";
import { edgeShare, edges, visibleShare } from "./edge-shares.ts";
import { type PlayedSound, playedShare } from "./pad-region.ts";
import { type PadSign, type PassingSign, padSign, signWord } from "./pad-sign.ts";

/** Steps of a level: a smaller one cannot be seen. */
const levelSteps = 64;
const soundingSigns: readonly PadSign[] = ["playing", "rolling", "restarting", "stopping"];
/** How long a pad shows that it was choked, or that it refused a press. */
const passingSeconds = 1.5;

/** What a pad plays, beside what readings say. */
export interface PadPlay {
	/** The part of its sample; null while it has none. */
	readonly sound: PlayedSound | null;
	/** The length of its roll; 0 while it does not roll. */
	readonly rollBeats: number;
}

/** The parts of a pad that change while it plays. */
interface LightParts {
	readonly level: HTMLElement;
	readonly flash: HTMLElement;
	readonly word: HTMLElement;
	readonly count: HTMLElement;
	readonly held: HTMLElement;
	/** In the order in which the progress passes them. */
	readonly edges: readonly HTMLElement[];
}

/** Shows what a pad is doing. Writes only what has changed, through the object model, and allocates nothing else. */
export class PadLights {
	readonly #host: HTMLElement;
	readonly #parts: LightParts;
	#sign: PadSign = "idle";
	#beats = 0;
	#passing: PassingSign | null = null;
	#passingUntil = 0;
	#level = 0;
	#progress = 0;
	#isHeld = false;

	/** @param root - has elements of the classes "level", "flash", "word", "count", "held", "top", "right", "bottom" and "left" */
	constructor(host: HTMLElement, root: ParentNode) {
		const part = (name: string): HTMLElement => root.querySelector<HTMLElement>(`.${name}`)!;
		this.#host = host;
		this.#parts = {
			level: part("level"),
			flash: part("flash"),
			word: part("word"),
			count: part("count"),
			held: part("held"),
			edges: edges.map(part),
		};
	}

	/** Shows a pad as of the newest reading. */
	show({ stats, activity }: EngineReading, pad: number, { sound, rollBeats }: PadPlay): void {
		const code = activity.padState[pad]!;
		const passing = activity.frame < this.#passingUntil ? this.#passing : null;
		// A roll outlasts the one-shot beneath it.
		if (rollBeats > 0 && (isSounding(code) || activity.voices[pad]! > 0)) this.#showSign("rolling", rollBeats);
		else {
			const beats = beatsUntil(activity.queuedBeat[pad]!, activity.beat);
			this.#showSign(padSign(code, beats, passing), beats);
		}
		this.#showLevel(activity.peak[pad]!);
		this.#showHeld(activity.isRateHeld[pad] === 1 && isSounding(code));
		if (code === 0 || code === 2) this.#showProgress(0);
		else if (sound !== null && sound.durationSec > 0) {
			const position = activity.playhead[pad]! / (sound.durationSec * stats.sampleRate);
			this.#showProgress(playedShare(position, sound));
		}
	}

	/** Shows for a moment what has just happened to the pad. */
	showPassing(sign: PassingSign, { stats, activity }: EngineReading): void {
		this.#passing = sign;
		this.#passingUntil = activity.frame + passingSeconds * stats.sampleRate;
	}

	/** Forgets what has happened, as when the element shows another pad. */
	forgetPassing(): void {
		this.#passing = null;
	}

	/** Flashes before the sound is heard. */
	flash(): void {
		if (matchMedia("(prefers-reduced-motion: reduce)").matches) return;
		this.#parts.flash.animate([{ opacity: 0.55 }, { opacity: 0 }], { duration: 220, easing: "ease-out" });
	}

	#showSign(sign: PadSign, beats: number): void {
		if (sign !== this.#sign) {
			this.#sign = sign;
			this.#host.setAttribute("sign", sign);
			this.#host.toggleAttribute("playing", soundingSigns.includes(sign));
			this.#parts.word.textContent = signWord(sign);
		}
		if (beats === this.#beats) return;
		this.#beats = beats;
		this.#parts.count.textContent = beats === 0 ? "" : formatBeats(beats);
	}

	#showLevel(peak: number): void {
		const level = Math.round(meterShare(peak) * levelSteps) / levelSteps;
		if (level === this.#level) return;
		this.#level = level;
		this.#parts.level.style.transform = `scaleY(${level})`;
	}

	#showHeld(isHeld: boolean): void {
		if (isHeld === this.#isHeld) return;
		this.#isHeld = isHeld;
		this.#parts.held.textContent = isHeld ? "Off tempo" : "";
	}

	#showProgress(share: number): void {
		const progress = visibleShare(share);
		if (progress === this.#progress) return;
		for (let edge = 0; edge < edges.length; edge++) {
			const filled = edgeShare(edge, progress);
			if (filled === edgeShare(edge, this.#progress)) continue;
			// Right and left edges stand.
			this.#parts.edges[edge]!.style.transform = edge % 2 === 0 ? `scaleX(${filled})` : `scaleY(${filled})`;
		}
		this.#progress = progress;
	}
}
