import { type CSSResultGroup, css, html, type PropertyDeclarations, type TemplateResult } from "lit";
import type { History } from "../instrument/history.ts";
import { ListeningElement } from "../instrument/listening-element.browser.ts";
import { controlStyles } from "../theme/controls.browser.ts";
import { redoIcon, undoIcon } from "../theme/icons.browser.ts";

const isApple = /Mac|iP(?:hone|ad)/u.test(navigator.platform);
const undoKeys = isApple ? "⌘Z" : "Ctrl+Z";
const redoKeys = isApple ? "⇧⌘Z" : "Shift+Ctrl+Z";

/** Undo and redo. Their titles say what they would change. */
export class HistoryButtons extends ListeningElement {
	static override styles: CSSResultGroup = [
		controlStyles,
		css`
			:host {
				display: flex;
				gap: 4px;
			}
			.control {
				min-width: 40px;
				padding: 0 10px;
			}
			[aria-disabled="true"],
			[aria-disabled="true"]:hover {
				border-color: var(--line);
				background: var(--surface-raised);
				color: var(--text-quiet);
				cursor: default;
			}
			[aria-disabled="true"] svg {
				opacity: 0.5;
			}
			@media (pointer: coarse) {
				.control {
					min-width: 44px;
				}
			}
		`,
	];
	static override properties: PropertyDeclarations = { history: { attribute: false } };

	declare history: History;

	protected override listen(): readonly (() => void)[] {
		return [this.history.changes.add(() => this.requestUpdate())];
	}

	protected override render(): TemplateResult {
		const { undoLabel, redoLabel } = this.history;
		return html`
			${this.#button("Undo", undoLabel, undoKeys, undoIcon, () => this.history.undo())}
			${this.#button("Redo", redoLabel, redoKeys, redoIcon, () => this.history.redo())}
		`;
	}

	/** It keeps the focus when there is nothing left to do, so it is never disabled altogether. */
	#button(name: string, label: string | null, keys: string, icon: TemplateResult, act: () => void): TemplateResult {
		const text = label === null ? name : `${name}: ${label}`;
		return html`
			<button
				class="control"
				title="${text} (${keys})"
				aria-label=${text}
				aria-disabled=${label === null}
				@click=${act}
			>
				${icon}
			</button>
		`;
	}
}
