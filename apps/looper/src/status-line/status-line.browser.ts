import type { EngineStats } from "flitzis-looper";
import { type CSSResultGroup, css, html, type PropertyDeclarations, type TemplateResult } from "lit";
import type { EngineReading } from "../instrument/engine-poller.ts";
import type { Listeners } from "../instrument/listeners.ts";
import { ListeningElement } from "../instrument/listening-element.browser.ts";
import type { OutputControl } from "../output/output-control.ts";
import { ShowOutputRequest } from "../output/show-output.browser.ts";
import { controlStyles } from "../theme/controls.browser.ts";
import { type Figure, figuresOf, hasSameFigures } from "./figures.ts";

/** The engine's figures; renders only when one of them changes. */
export class StatusLine extends ListeningElement {
	static override styles: CSSResultGroup = [
		controlStyles,
		css`
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
		/* A figure that changes lays out itself alone, as long as it has as many characters. */
		.value {
			display: block;
			height: 1lh;
			contain: layout size;
			white-space: nowrap;
		}
		button {
			/* A larger target than is visible, without moving the line. */
			max-width: 16em;
			min-width: 32px;
			margin: -8px;
			padding: 8px;
			border: 0;
			background: none;
			font-weight: 600;
			overflow: hidden;
			text-overflow: ellipsis;
			white-space: nowrap;
			cursor: pointer;
			text-decoration: underline dotted var(--text-quiet);
			text-underline-offset: 3px;
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
	`,
	];
	static override properties: PropertyDeclarations = {
		readings: { attribute: false },
		output: { attribute: false },
		isOutputAwaited: { attribute: false },
		voiceCount: { attribute: false },
		figures: { state: true },
	};

	declare readings: Listeners<EngineReading>;
	declare output: OutputControl;
	/** Whether the dialog for the output is being loaded. */
	declare isOutputAwaited: boolean;
	declare voiceCount: number;
	declare figures: readonly Figure[];
	/** The reading that the figures were last written from. */
	#latest: EngineStats | null = null;

	constructor() {
		super();
		this.figures = [];
	}

	protected override listen(): readonly (() => void)[] {
		return [
			this.output.changes.add(() => this.requestUpdate()),
			this.readings.add(({ stats }) => {
				if (this.#latest !== null && hasSameFigures(stats, this.#latest)) return;
				this.#latest = stats;
				const figures = figuresOf(stats, this.voiceCount);
				const isSame = figures.every(
					({ value, meaning }, index) =>
						value === this.figures[index]?.value && meaning === this.figures[index].meaning,
				);
				if (!isSame) this.figures = figures;
			}),
		];
	}

	protected override updated(): void {
		for (const shown of this.renderRoot.querySelectorAll<HTMLElement>(".value")) {
			const width = `${shown.textContent.length + 0.3}ch`;
			if (shown.style.width !== width) shown.style.width = width;
		}
	}

	protected override render(): TemplateResult {
		return html`
			<dl aria-label="Engine">
				${this.figures.map(
					({ name, value, meaning, isAlarming }) => html`
						<div class=${isAlarming ? "alarming" : ""} title=${meaning}>
							<dt>${name}</dt>
							<dd><span class="value">${value}</span></dd>
						</div>
					`,
				)}
				<div title="Interruptions of the sound">
					<dt>Dropouts</dt>
					<dd><dropout-figure .readings=${this.readings}></dropout-figure></dd>
				</div>
				<div title="Output device, cue and latency">
					<dt>Output</dt>
					<dd>
						<button
							aria-label="Output: ${this.output.deviceName}"
							aria-haspopup="dialog"
							aria-busy=${this.isOutputAwaited}
							@click=${() => this.dispatchEvent(new ShowOutputRequest())}
						>
							${this.output.deviceName}
						</button>
					</dd>
				</div>
			</dl>
		`;
	}
}
