import { type CSSResultGroup, html, LitElement, type PropertyDeclarations, type TemplateResult } from "lit";
import { decibelsFromPeak, formatDecibels, meterShare } from "../fader/gain-scale.ts";
import type { EngineReading } from "../instrument/engine-poller.ts";
import { controlStyles } from "../theme/controls.browser.ts";
import { masterMeterStyles } from "./master-meter-styles.browser.ts";

/** Peaks light the lamp from half a decibel below full scale: they fall by as much before an animation frame reads them. */
const lampPeak = 10 ** (-0.5 / 20);
/** A reduction that fills its meter. */
const fullReduction = 12;

/** Steps of a level: a smaller one cannot be seen. */
const levelSteps = 512;

/** The parts that change while something sounds. */
interface MeterParts {
	readonly peak: HTMLElement;
	readonly rms: HTMLElement;
	readonly reduction: HTMLElement;
	readonly taken: HTMLElement;
}

function scale(bar: HTMLElement, share: number): void {
	bar.style.transform = `scaleX(${share})`;
}

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
	#parts: MeterParts | null = null;
	/** In steps. */
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
		const parts = this.#parts;
		if (parts === null) return;
		const peak = Math.round(levelSteps * meterShare(masterPeak));
		if (peak !== this.#shownPeak) {
			this.#shownPeak = peak;
			scale(parts.peak, 1 - peak / levelSteps);
		}
		const rms = Math.round(levelSteps * meterShare(masterRms));
		if (rms !== this.#shownRms) {
			this.#shownRms = rms;
			scale(parts.rms, 1 - rms / levelSteps);
		}
		const reduction = Math.round(10 * gainReductionDecibels);
		if (reduction === this.#shownReduction) return;
		this.#shownReduction = reduction;
		scale(parts.reduction, Math.min(1, gainReductionDecibels / fullReduction));
		parts.taken.textContent = formatDecibels(-reduction / 10);
	}

	protected override firstUpdated(): void {
		const part = (selector: string): HTMLElement => this.renderRoot.querySelector<HTMLElement>(selector)!;
		this.#parts = {
			peak: part(".peak .unlit"),
			rms: part(".rms .unlit"),
			reduction: part(".reduction .lit"),
			taken: part(".taken"),
		};
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
