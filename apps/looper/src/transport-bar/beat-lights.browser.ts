import { type CSSResultGroup, css, html, LitElement, type PropertyDeclarations, type TemplateResult } from "lit";
import type { EngineReading } from "../instrument/engine-poller.ts";
import { controlStyles } from "../theme/controls.browser.ts";
import { barOf, beatInBar } from "./beat-place.ts";

/** A light per beat of the bar, and the place as text: bar, beat. */
export class BeatLights extends LitElement {
	static override styles: CSSResultGroup = [
		controlStyles,
		css`
			:host {
				display: grid;
				justify-items: center;
				gap: 5px;
				min-width: 76px;
			}
			.lights {
				display: flex;
				gap: 4px;
			}
			.light {
				width: 9px;
				height: 12px;
				border: 1.5px solid var(--line-strong);
				border-radius: 3px;
				/* With none, a light that is lit would lay out the page. */
				transform: scaleY(1);
			}
			.light:first-child {
				border-color: var(--amber);
			}
			.light.lit {
				border-color: var(--teal);
				background: var(--teal);
				transform: scaleY(1.3);
			}
			.light.lit:first-child {
				border-color: var(--amber);
				background: var(--amber);
			}
			.place {
				font-size: 0.875rem;
				font-weight: 700;
				font-variant-numeric: tabular-nums;
				line-height: 1;
			}
			/* It changes on every beat, and lays out itself alone; items of a grid cannot. */
			.value {
				display: block;
				contain: layout size;
				width: 6ch;
				height: 1em;
				text-align: center;
				white-space: nowrap;
			}
		`,
	];
	static override properties: PropertyDeclarations = { beatsPerBar: { attribute: false } };

	declare beatsPerBar: number;
	#lights: readonly HTMLElement[] = [];
	#place: Text | null = null;
	#shownBeat = -1;
	#shownBar = -1;
	#litLight: HTMLElement | undefined;

	constructor() {
		super();
		this.beatsPerBar = 4;
	}

	/** Shows where the transport is. Called once per frame; does not render. */
	showReading({ activity }: EngineReading): void {
		const bar = barOf(activity.beat, this.beatsPerBar);
		const beat = beatInBar(activity.beat, this.beatsPerBar);
		const light = activity.isTransportRunning ? this.#lights[beat] : undefined;
		if (light !== this.#litLight) {
			this.#litLight?.classList.remove("lit");
			light?.classList.add("lit");
			this.#litLight = light;
		}
		if (this.#place === null || (bar === this.#shownBar && beat === this.#shownBeat)) return;
		this.#shownBar = bar;
		this.#shownBeat = beat;
		this.#place.data = `${bar}.${beat + 1}`;
	}

	protected override render(): TemplateResult {
		return html`
			<div class="lights" aria-hidden="true">
				${Array.from({ length: this.beatsPerBar }, () => html`<span class="light"></span>`)}
			</div>
			<div class="place" role="timer" aria-live="off" aria-label="Bar and beat"><span class="value"></span></div>
		`;
	}

	protected override updated(): void {
		this.#lights = [...this.renderRoot.querySelectorAll<HTMLElement>(".light")];
		this.#litLight = this.#lights.find((light) => light.classList.contains("lit"));
		if (this.#place !== null) return;
		this.#place = document.createTextNode("1.1");
		this.renderRoot.querySelector(".value")?.append(this.#place);
	}
}
