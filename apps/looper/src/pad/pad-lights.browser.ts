import { formatBeats } from "../choice/choice.ts";
import type { EngineReading } from "../instrument/engine-poller.ts";
import { beatsUntil, isSounding } from "../instrument/play-state.ts";
import { type PadSign, type PassingSign, padSign, signWord } from "./pad-sign.ts";

const soundingSigns: readonly PadSign[] = ["playing", "rolling", "restarting", "stopping"];
/** How long a pad shows that it was choked, or that it refused a press. */
const passingSeconds = 1.5;

/** The parts of a pad that change while it plays. */
interface LightParts {
	readonly flash: HTMLElement;
	readonly word: HTMLElement;
	readonly count: HTMLElement;
	readonly held: HTMLElement;
}

/** Shows what a pad is doing, but for what moves: see `PadMotion`. Writes only what has changed, through the object model, and allocates nothing else. */
export class PadLights {
	readonly #host: HTMLElement;
	readonly #parts: LightParts;
	#sign: PadSign = "idle";
	#beats = 0;
	#passing: PassingSign | null = null;
	#passingUntil = 0;
	#isHeld = false;
	#isBright = false;

	/** @param root - has elements of the classes "flash", "word", "count" and "held" */
	constructor(host: HTMLElement, root: ParentNode) {
		const part = (name: string): HTMLElement => root.querySelector<HTMLElement>(`.${name}`)!;
		this.#host = host;
		this.#parts = {
			flash: part("flash"),
			word: part("word"),
			count: part("count"),
			held: part("held"),
		};
	}

	/**
	 * Shows a pad as of the newest reading.
	 *
	 * @param rollBeats - the length of its roll; 0 while it does not roll
	 * @returns whether the pad has the bright colour of one that plays
	 */
	show({ activity }: EngineReading, pad: number, rollBeats: number): boolean {
		const code = activity.padState[pad]!;
		const passing = activity.frame < this.#passingUntil ? this.#passing : null;
		// A roll outlasts the one-shot beneath it.
		if (rollBeats > 0 && (isSounding(code) || activity.voices[pad]! > 0)) this.#showSign("rolling", rollBeats);
		else {
			const beats = beatsUntil(activity.queuedBeat[pad]!, activity.beat);
			this.#showSign(padSign(code, beats, passing), beats);
		}
		this.#showHeld(activity.isRateHeld[pad] === 1 && isSounding(code));
		return this.#isBright;
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
			this.#isBright = soundingSigns.includes(sign);
			this.#host.toggleAttribute("playing", this.#isBright);
			this.#parts.word.textContent = signWord(sign);
		}
		if (beats === this.#beats) return;
		this.#beats = beats;
		this.#parts.count.textContent = beats === 0 ? "" : formatBeats(beats);
	}

	#showHeld(isHeld: boolean): void {
		if (isHeld === this.#isHeld) return;
		this.#isHeld = isHeld;
		this.#parts.held.textContent = isHeld ? "Off tempo" : "";
	}
}
