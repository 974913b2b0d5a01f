import { type CSSResultGroup, css, html, type PropertyDeclarations, type TemplateResult } from "lit";
import { type BufferChoice, chooseBuffer, chosenBuffer } from "../instrument/buffer-choice.browser.ts";
import type { EngineReading } from "../instrument/engine-poller.ts";
import type { Listeners } from "../instrument/listeners.ts";
import { ListeningElement } from "../instrument/listening-element.browser.ts";
import { controlStyles } from "../theme/controls.browser.ts";
import { type DropoutText, dropoutText, noDropouts } from "./dropout-text.ts";

const advice =
	"Close other tabs and programs, and plug in the charger. With a larger buffer the sound drops out less often but responds a little later.";

/** The number of dropouts; pressed, it says what to do about them. */
export class DropoutFigure extends ListeningElement {
	static override styles: CSSResultGroup = [
		controlStyles,
		css`
			.figure {
				/* A larger target than is visible, without moving the line. */
				margin: -8px;
				padding: 8px;
				border: 0;
				background: none;
				font-weight: 600;
				font-variant-numeric: tabular-nums;
				cursor: pointer;
				min-width: 32px;
				text-decoration: underline dotted var(--text-quiet);
				text-underline-offset: 3px;
			}
			.alarming {
				color: var(--amber);
			}
			/* How long ago it was lays out itself alone, as long as it has as many characters. */
			.value {
				display: block;
				height: 1lh;
				contain: layout size;
				white-space: nowrap;
				text-align: start;
				text-decoration: inherit;
			}
			.sheet {
				position: fixed;
				inset: auto 0 calc(38px + env(safe-area-inset-bottom));
				width: min(420px, calc(100vw - 24px));
				margin: 0 auto;
				padding: 16px 18px;
				border: 1px solid var(--line-strong);
				border-radius: 14px;
				background: #20232c;
				color: var(--text);
				box-shadow: 0 18px 50px rgb(0 0 0 / 65%);
				font-size: 0.9375rem;
			}
			p {
				margin: 0 0 10px;
			}
			.advice {
				font-weight: 400;
				color: var(--text-quiet);
				font-size: 0.875rem;
			}
			.answers {
				display: flex;
				flex-wrap: wrap;
				gap: 8px;
				margin-top: 14px;
			}
			[aria-pressed="true"] {
				border-color: var(--teal);
				color: var(--teal);
			}
			.next {
				margin: 10px 0 0;
				font-weight: 400;
				font-size: 0.8125rem;
			}
			@media (width < 560px) {
				.sheet {
					bottom: calc(58px + env(safe-area-inset-bottom));
				}
			}
		`,
	];
	static override properties: PropertyDeclarations = {
		readings: { attribute: false },
		text: { state: true },
		buffer: { state: true },
	};

	declare readings: Listeners<EngineReading>;
	declare text: DropoutText;
	declare buffer: BufferChoice;
	#forgotten = noDropouts;
	readonly #started: BufferChoice = chosenBuffer();
	#latest = noDropouts;

	constructor() {
		super();
		this.text = { value: "0", sentence: "", isAlarming: false };
		this.buffer = this.#started;
	}

	protected override listen(): readonly (() => void)[] {
		return [
			this.readings.add(({ stats }) => {
				this.#latest = stats.dropouts;
				const text = dropoutText(stats, this.#forgotten);
				const isSame = text.value === this.text.value && text.sentence === this.text.sentence;
				if (!isSame) this.text = text;
			}),
		];
	}

	protected override updated(): void {
		const shown = this.renderRoot.querySelector<HTMLElement>(".value");
		if (shown === null) return;
		const width = `${this.text.value.length + 0.3}ch`;
		if (shown.style.width !== width) shown.style.width = width;
	}

	protected override render(): TemplateResult {
		const { value, sentence, isAlarming } = this.text;
		const isLarge = this.buffer !== "small";
		// Keys pressed in the open sheet must not play pads.
		return html`
			<button class="figure ${isAlarming ? "alarming" : ""}" popovertarget="sheet" title=${sentence}><span class="value">${value}</span></button>
			<div
				class="sheet"
				id="sheet"
				popover
				role="dialog"
				aria-label="Dropouts"
				@beforetoggle=${this.#readBuffer}
				@keydown=${(event: KeyboardEvent) => event.stopPropagation()}
			>
				<p>${sentence}</p>
				<p class="advice">${advice}</p>
				<div class="answers">
					<button class="control" autofocus aria-pressed=${isLarge} @click=${() => this.#choose(isLarge ? "small" : "large")}>
						Larger buffer
					</button>
					<button class="control" popovertarget="sheet" popovertargetaction="hide" @click=${this.#forget}>
						Reset count
					</button>
				</div>
				${this.buffer === this.#started ? "" : html`<p class="next">Takes effect when the instrument starts next.</p>`}
			</div>
		`;
	}

	/** It may have been chosen where the output is. */
	readonly #readBuffer = (): void => {
		this.buffer = chosenBuffer();
	};

	#choose(buffer: BufferChoice): void {
		this.buffer = buffer;
		chooseBuffer(buffer);
	}

	readonly #forget = (): void => {
		this.#forgotten = this.#latest;
	};
}
