import { type CSSResultGroup, css, html, type TemplateResult } from "lit";
import { controlStyles } from "../theme/controls.browser.ts";
import { ValueControl } from "./value-control.browser.ts";
import { valueTextStyles } from "./value-text-styles.browser.ts";

/** A number that is dragged, turned, or clicked and typed, with its name above it. */
export class NumberField extends ValueControl {
	static override styles: CSSResultGroup = [
		controlStyles,
		valueTextStyles,
		css`
			:host {
				position: relative;
				display: inline-grid;
				min-width: 72px;
			}
			.handle {
				display: grid;
				align-content: center;
				min-height: 40px;
				padding: 2px 10px;
				border: 1px solid var(--line);
				border-radius: 10px;
				background: #101217;
				text-align: center;
			}
			.handle:hover {
				border-color: var(--line-strong);
			}
			.label {
				font-size: 0.6875rem;
				line-height: 1.1;
			}
			.number {
				font-size: 1.0625rem;
				font-weight: 700;
				font-variant-numeric: tabular-nums;
				line-height: 1.2;
				white-space: nowrap;
			}
			input.value {
				position: absolute;
				inset: 2px;
				width: auto;
				font-size: 1.0625rem;
			}
			@media (pointer: coarse) {
				.handle {
					min-height: 44px;
				}
			}
		`,
	];

	protected override readonly typesOnClick = true;

	protected override render(): TemplateResult {
		return html`
			${this.handle(html`
				<span class="label" aria-hidden="true">${this.label}</span>
				<span class="number" aria-hidden="true">${this.scale.format(this.value)}</span>
			`)}
			${this.isTyping ? this.valueText() : ""}
		`;
	}
}
