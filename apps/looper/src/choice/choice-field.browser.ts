import { type CSSResultGroup, css, html, LitElement, type PropertyDeclarations, type TemplateResult } from "lit";
import { controlStyles } from "../theme/controls.browser.ts";
import type { Choice } from "./choice.ts";

/** One of several choices, with its name above it. Sends `change`. */
export class ChoiceField extends LitElement {
	static override styles: CSSResultGroup = [
		controlStyles,
		css`
			:host {
				display: inline-grid;
				min-width: 0;
			}
			label {
				color: var(--text-quiet);
				font-size: 0.75rem;
				font-weight: 600;
				white-space: nowrap;
			}
			select {
				width: 100%;
				min-height: 34px;
				padding: 0 6px;
				border: 1px solid var(--line);
				border-radius: 8px;
				background: #101217;
				color: var(--text);
				font: 600 0.8125rem/1.3 var(--sans);
				cursor: pointer;
			}
			select:hover {
				border-color: var(--line-strong);
			}
			/* Like a number field: the name within the box. */
			:host([boxed]) {
				position: relative;
			}
			:host([boxed]) label {
				position: absolute;
				inset: 4px 10px auto;
				overflow: hidden;
				text-overflow: ellipsis;
				font-size: 0.6875rem;
				line-height: 1.1;
				text-align: center;
				pointer-events: none;
			}
			:host([boxed]) select {
				min-height: 40px;
				padding: calc(4px + 0.6875rem) 4px 2px;
				border-radius: 10px;
				font-size: 0.875rem;
			}
			@media (pointer: coarse) {
				:host([boxed]) select,
				select {
					min-height: 44px;
				}
			}
		`,
	];
	static override properties: PropertyDeclarations = {
		label: { type: String },
		choices: { attribute: false },
		value: { attribute: false },
	};

	declare label: string;
	declare choices: readonly Choice[];
	/** The value of the choice. */
	declare value: string;
	#isPointed = false;

	protected override render(): TemplateResult {
		return html`
			<label for="choices">${this.label}</label>
			<select id="choices" @pointerdown=${this.#point} @keydown=${this.#pressKey} @change=${this.#choose}>
				${this.choices.map(
					({ value, text }) => html`<option value=${value} .selected=${value === this.value}>${text}</option>`,
				)}
			</select>
		`;
	}

	readonly #point = (): void => {
		this.#isPointed = true;
	};

	readonly #pressKey = (): void => {
		this.#isPointed = false;
	};

	readonly #choose = ({ currentTarget }: Event): void => {
		if (!(currentTarget instanceof HTMLSelectElement)) return;
		this.value = currentTarget.value;
		this.dispatchEvent(new Event("change"));
		// A list that keeps the focus would swallow the keys that play pads.
		if (this.#isPointed) currentTarget.blur();
	};
}
