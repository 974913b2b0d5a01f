import { type CSSResultGroup, css, html, LitElement, type PropertyDeclarations, type TemplateResult } from "lit";
import type { Instrument } from "../instrument/instrument.ts";
import { type Figure, figuresOf } from "./figures.ts";

/** The engine's figures, rendered only when one of them changes. */
export class StatusLine extends LitElement {
	static override styles: CSSResultGroup = css`
		dl {
			display: flex;
			flex-wrap: wrap;
			justify-content: center;
			gap: 2px clamp(12px, 2.4vw, 30px);
			margin: 0;
			font-size: 0.8125rem;
			font-variant-numeric: tabular-nums;
		}
		div {
			display: flex;
			gap: 7px;
		}
		dt {
			color: var(--text-quiet);
		}
		dd {
			margin: 0;
			font-weight: 600;
		}
		.alarming dd {
			color: var(--amber);
		}
		@media (width < 560px) {
			dl {
				font-size: 0.75rem;
			}
			div {
				gap: 4px;
			}
		}
	`;
	static override properties: PropertyDeclarations = {
		instrument: { attribute: false },
		voiceCount: { attribute: false },
		figures: { state: true },
	};

	declare instrument: Instrument;
	declare voiceCount: number;
	declare figures: readonly Figure[];
	#endListening: (() => void) | undefined;

	constructor() {
		super();
		this.figures = [];
	}

	override connectedCallback(): void {
		super.connectedCallback();
		this.#endListening = this.instrument.frames.add(({ stats }) => {
			const figures = figuresOf(stats, this.voiceCount);
			const isSame = figures.every(
				({ value, meaning }, index) => value === this.figures[index]?.value && meaning === this.figures[index].meaning,
			);
			if (!isSame) this.figures = figures;
		});
	}

	override disconnectedCallback(): void {
		super.disconnectedCallback();
		this.#endListening?.();
	}

	protected override render(): TemplateResult {
		return html`
			<dl aria-label="Engine">
				${this.figures.map(
					({ name, value, meaning, isAlarming }) => html`
						<div class=${isAlarming ? "alarming" : ""} title=${meaning}>
							<dt>${name}</dt>
							<dd>${value}</dd>
						</div>
					`,
				)}
				<div title="Breaks in the sound">
					<dt>Glitches</dt>
					<dd><glitch-figure .instrument=${this.instrument}></glitch-figure></dd>
				</div>
			</dl>
		`;
	}
}
