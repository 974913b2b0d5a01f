import { type CSSResultGroup, css, html, LitElement, type PropertyDeclarations, type TemplateResult } from "lit";
import { type BufferChoice, chooseBuffer, chosenBuffer } from "../instrument/buffer-choice.browser.ts";
import type { Instrument } from "../instrument/instrument.ts";
import { controlStyles } from "../theme/controls.browser.ts";
import { type GlitchText, glitchText, noGlitches } from "./glitch-text.ts";

const advice =
	"Close other tabs and programs, and plug in the charger. A larger buffer makes the sound break off less often, and answer a little later.";

/** How often the sound broke off; pressed, it says what to do about it. */
export class GlitchFigure extends LitElement {
	static override styles: CSSResultGroup = [
		controlStyles,
		css`
			.figure {
				/* More to hit than is seen, without moving the line. */
				margin: -8px;
				padding: 8px;
				border: 0;
				background: none;
				font-weight: 600;
				font-variant-numeric: tabular-nums;
				cursor: pointer;
				text-decoration: underline dotted var(--text-quiet);
				text-underline-offset: 3px;
			}
			.alarming {
				color: var(--amber);
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
		instrument: { attribute: false },
		text: { state: true },
		buffer: { state: true },
	};

	declare instrument: Instrument;
	declare text: GlitchText;
	declare buffer: BufferChoice;
	#forgotten = noGlitches;
	readonly #started: BufferChoice = chosenBuffer();
	#latest = noGlitches;
	#endListening: (() => void) | undefined;

	constructor() {
		super();
		this.text = { value: "0", sentence: "", isAlarming: false };
		this.buffer = this.#started;
	}

	override connectedCallback(): void {
		super.connectedCallback();
		this.#endListening = this.instrument.frames.add(({ stats }) => {
			this.#latest = stats.glitches;
			const text = glitchText(stats, this.#forgotten);
			const isSame = text.value === this.text.value && text.sentence === this.text.sentence;
			if (!isSame) this.text = text;
		});
	}

	override disconnectedCallback(): void {
		super.disconnectedCallback();
		this.#endListening?.();
	}

	protected override render(): TemplateResult {
		const { value, sentence, isAlarming } = this.text;
		const isLarge = this.buffer === "large";
		// Keys belong to the open sheet, so that none of them plays a pad.
		return html`
			<button class="figure ${isAlarming ? "alarming" : ""}" popovertarget="sheet" title=${sentence}>${value}</button>
			<div
				class="sheet"
				id="sheet"
				popover
				role="dialog"
				aria-label="Glitches"
				@keydown=${(event: KeyboardEvent) => event.stopPropagation()}
			>
				<p>${sentence}</p>
				<p class="advice">${advice}</p>
				<div class="answers">
					<button class="control" autofocus aria-pressed=${isLarge} @click=${() => this.#choose(isLarge ? "small" : "large")}>
						Larger buffer
					</button>
					<button class="control" popovertarget="sheet" popovertargetaction="hide" @click=${this.#forget}>
						Start counting anew
					</button>
				</div>
				${this.buffer === this.#started ? "" : html`<p class="next">From the next start of the instrument on.</p>`}
			</div>
		`;
	}

	#choose(buffer: BufferChoice): void {
		this.buffer = buffer;
		chooseBuffer(buffer);
	}

	readonly #forget = (): void => {
		this.#forgotten = this.#latest;
	};
}
