import { type CSSResultGroup, css, html, LitElement, type PropertyDeclarations, type TemplateResult } from "lit";
import { meterShare } from "../fader/gain-scale.ts";
import { controlStyles } from "../theme/controls.browser.ts";
import { LevelWatch, type LevelWord } from "./level-word.ts";

/** A meter with a word for what its level means for a recording. */
export class LevelMeter extends LitElement {
	static override styles: CSSResultGroup = [
		controlStyles,
		css`
			:host {
				display: flex;
				align-items: center;
				gap: 10px;
			}
			.bar {
				flex: 1;
				overflow: hidden;
				min-width: 80px;
				height: 10px;
				border-radius: 3px;
				background: linear-gradient(90deg, #1f9d68, var(--ok) 62%, var(--amber) 82%, var(--alarm) 89%);
			}
			.unlit {
				height: 100%;
				margin-right: -1px;
				background: #101217;
				transform-origin: right;
			}
			.word {
				min-width: 76px;
				padding: 3px 8px;
				border: 1px solid var(--line-strong);
				border-radius: 8px;
				font-size: 0.8125rem;
				font-weight: 650;
				text-align: center;
			}
			.good {
				border-color: var(--ok);
				color: var(--ok);
			}
			.loud {
				border-color: var(--alarm);
				background: var(--alarm);
				color: #16060a;
			}
		`,
	];
	static override properties: PropertyDeclarations = { word: { state: true } };

	declare word: LevelWord;
	readonly #watch = new LevelWatch();

	constructor() {
		super();
		this.word = "Silent";
	}

	/** Shows a level. Called once per frame. @param peak - linear */
	show(peak: number): void {
		this.word = this.#watch.follow(peak, performance.now());
		const unlit = this.renderRoot.querySelector<HTMLElement>(".unlit");
		if (unlit !== null) unlit.style.transform = `scaleX(${1 - meterShare(peak)})`;
	}

	protected override render(): TemplateResult {
		const kind = { Silent: "", Good: "good", "Too loud": "loud" }[this.word];
		return html`
			<div class="bar" aria-hidden="true"><div class="unlit"></div></div>
			<span class="word ${kind}" role="status" aria-label="Level: ${this.word}">${this.word}</span>
		`;
	}
}

declare global {
	interface HTMLElementTagNameMap {
		"level-meter": LevelMeter;
	}
}
