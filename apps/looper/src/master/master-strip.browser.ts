import type { EngineStats } from "flitzis-looper";
import { type CSSResultGroup, html, LitElement, type PropertyDeclarations, type TemplateResult } from "lit";
import type { Instrument } from "../instrument/instrument.ts";
import { controlStyles } from "../theme/controls.browser.ts";
import { decibelsFromPeak, formatDecibels, isOver, levelShare, masterRange, nextLevel } from "./level.ts";
import { masterStripStyles } from "./master-strip-styles.browser.ts";

/** The master: its gain, its level, and a light that stays on once the sound has reached full scale. */
export class MasterStrip extends LitElement {
	static override styles: CSSResultGroup = [controlStyles, masterStripStyles];
	static override properties: PropertyDeclarations = {
		instrument: { attribute: false },
		gainDecibels: { state: true },
		highestPeak: { state: true },
	};

	declare instrument: Instrument;
	declare gainDecibels: number;
	/** The highest peak since the light was put out, where that reached full scale; else 0. */
	declare highestPeak: number;
	#level: number = masterRange.lowest;
	#shownAt = 0;
	#shownFrame = 0;
	#endListening: (() => void) | undefined;

	constructor() {
		super();
		this.gainDecibels = masterRange.initial;
		this.highestPeak = 0;
	}

	override connectedCallback(): void {
		super.connectedCallback();
		this.#setGain(masterRange.initial);
		this.#endListening = this.instrument.frames.add(({ stats }) => this.#showPeak(stats));
	}

	override disconnectedCallback(): void {
		super.disconnectedCallback();
		this.#endListening?.();
	}

	#showPeak({ state, peak, frame }: EngineStats): void {
		if (isOver(peak) && peak > this.highestPeak) this.highestPeak = peak;
		// Between two blocks there is no news of the level.
		const isNews = frame !== this.#shownFrame || peak > 0 || state !== "running";
		if (!isNews) return;
		this.#shownFrame = frame;
		const now = performance.now();
		const level = nextLevel(this.#level, peak, (now - this.#shownAt) / 1000);
		this.#shownAt = now;
		if (level === this.#level) return;
		this.#level = level;
		const meter = this.renderRoot.querySelector<HTMLElement>(".unlit");
		if (meter !== null) meter.style.transform = `scaleX(${1 - levelShare(level)})`;
	}

	#setGain(decibels: number): void {
		this.gainDecibels = decibels;
		this.instrument.masterGainDecibels = decibels;
	}

	readonly #slide = (event: Event): void => {
		if (event.currentTarget instanceof HTMLInputElement) this.#setGain(event.currentTarget.valueAsNumber);
	};

	protected override render(): TemplateResult {
		const isLit = this.highestPeak > 0;
		const peakText = isLit ? `Peak ${formatDecibels(decibelsFromPeak(this.highestPeak))}, click to reset` : "No peak";
		return html`
			<label for="fader">Master</label>
			<div class="fader">
				<div class="meter" aria-hidden="true"><div class="unlit"></div></div>
				<input
					id="fader"
					type="range"
					min=${masterRange.lowest}
					max=${masterRange.highest}
					step="0.5"
					title="Double-click for ${formatDecibels(masterRange.initial)}"
					aria-valuetext=${formatDecibels(this.gainDecibels)}
					.value=${String(this.gainDecibels)}
					@input=${this.#slide}
					@dblclick=${() => this.#setGain(masterRange.initial)}
				/>
			</div>
			<output for="fader">${formatDecibels(this.gainDecibels)}</output>
			<button
				class="peak ${isLit ? "lit" : ""}"
				title=${peakText}
				aria-label=${peakText}
				@click=${() => {
					this.highestPeak = 0;
				}}
			>
				Peak
			</button>
		`;
	}
}
