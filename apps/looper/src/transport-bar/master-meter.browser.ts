import { type CSSResultGroup, html, LitElement, type PropertyDeclarations, type TemplateResult } from "lit";
import { decibelsFromPeak, formatDecibels, meterShare } from "../fader/gain-scale.ts";
import type { EngineReading } from "../instrument/engine-poller.ts";
import { controlStyles } from "../theme/controls.browser.ts";
import { masterMeterStyles } from "./master-meter-styles.browser.ts";

/** Peaks light the lamp from half a decibel below full scale: they fall by as much before an animation frame reads them. */
const lampPeak = 10 ** (-0.5 / 20);
/** A reduction that fills its meter. */
const fullReduction = 12;

/** The master's peak, its loudness, what the limiter takes away, and a lamp that stays on once the sound has reached full scale. */
export class MasterMeter extends LitElement {
	static override styles: CSSResultGroup = [controlStyles, masterMeterStyles];
	static override properties: PropertyDeclarations = {
		isLimited: { attribute: false },
		highestPeak: { state: true },
	};

	/** Whether the limiter is on. */
	declare isLimited: boolean;
	/** The highest peak since the lamp came on; 0 while it is off. */
	declare highestPeak: number;
	#shownPeak = Number.NaN;
	#shownRms = Number.NaN;
	/** In tenths of a decibel. */
	#shownReduction = Number.NaN;

	constructor() {
		super();
		this.isLimited = false;
		this.highestPeak = 0;
	}

	/** Shows the levels. Called once per frame; renders only when the lamp comes on. */
	showReading({ activity: { masterPeak, masterRms, gainReductionDecibels } }: EngineReading): void {
		if (masterPeak >= lampPeak && masterPeak > this.highestPeak) this.highestPeak = masterPeak;
		if (masterPeak !== this.#shownPeak) {
			this.#shownPeak = masterPeak;
			this.#scale(".peak .unlit", 1 - meterShare(masterPeak));
		}
		if (masterRms !== this.#shownRms) {
			this.#shownRms = masterRms;
			this.#scale(".rms .unlit", 1 - meterShare(masterRms));
		}
		const reduction = Math.round(10 * gainReductionDecibels);
		if (reduction === this.#shownReduction) return;
		this.#shownReduction = reduction;
		this.#scale(".reduction .lit", Math.min(1, gainReductionDecibels / fullReduction));
		const text = this.renderRoot.querySelector(".taken");
		if (text !== null) text.textContent = formatDecibels(-reduction / 10);
	}

	#scale(selector: string, share: number): void {
		const bar = this.renderRoot.querySelector<HTMLElement>(selector);
		if (bar !== null) bar.style.transform = `scaleX(${share})`;
	}

	protected override render(): TemplateResult {
		const isLit = this.highestPeak > 0;
		const peakText = isLit ? `Peak ${formatDecibels(decibelsFromPeak(this.highestPeak))}, click to reset` : "No peak";
		return html`
			<div class="bars" title="Peak, and loudness below it" aria-hidden="true">
				<div class="bar peak"><div class="unlit"></div></div>
				<div class="bar rms"><div class="unlit"></div></div>
				<div class="bar reduction ${this.isLimited ? "" : "off"}"><div class="lit"></div></div>
			</div>
			<span class="taken ${this.isLimited ? "" : "off"}" title="What the limiter takes away">0.0 dB</span>
			<button
				class="lamp ${isLit ? "lit" : ""}"
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
