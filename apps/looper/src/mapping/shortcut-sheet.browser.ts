import { type CSSResultGroup, css, html, type PropertyDeclarations, type TemplateResult } from "lit";
import { type KeyLabels, positionLabels } from "../input/keyboard-layout.browser.ts";
import { ListeningElement } from "../instrument/listening-element.browser.ts";
import { controlStyles } from "../theme/controls.browser.ts";
import { crossIcon } from "../theme/icons.browser.ts";
import { mappingDialogStyles } from "./mapping-dialog-styles.browser.ts";
import type { MappingStore } from "./mapping-store.ts";
import { fixedShortcuts, mappedShortcuts, type Shortcut } from "./shortcuts.ts";

/** Lists every key and what it does. */
export class ShortcutSheet extends ListeningElement {
	static override styles: CSSResultGroup = [
		controlStyles,
		mappingDialogStyles,
		css`
			section {
				display: grid;
				gap: 10px;
				container-type: inline-size;
			}
			dl {
				display: grid;
				grid-template-columns: repeat(auto-fill, minmax(min(100%, 210px), 1fr));
				gap: 2px 20px;
				margin: 0;
				font-size: 0.875rem;
			}
			/* The keys of all lines are as wide as the longest. */
			.fixed {
				grid-template-columns: fit-content(55%) minmax(0, 1fr);
			}
			.fixed div.entry {
				display: grid;
				grid-column: 1 / -1;
				grid-template-columns: subgrid;
			}
			div.entry {
				display: flex;
				align-items: baseline;
				gap: 10px;
				padding: 3px 0;
			}
			dt {
				flex: none;
				min-width: 92px;
			}
			dd {
				margin: 0;
				color: var(--text-quiet);
			}
			kbd {
				padding: 1px 7px;
				border: 1px solid var(--line-strong);
				border-radius: 6px;
				background: var(--surface-raised);
				font: inherit;
				font-weight: 600;
			}
			dt kbd {
				/* Each line of a long one has its own frame. */
				box-decoration-break: clone;
				line-height: 1.7;
			}
			/* Large letters on a phone: the effect under the keys. */
			@container (width < 16rem) {
				dl,
				.fixed {
					grid-template-columns: minmax(0, 1fr);
				}
				.fixed div.entry,
				div.entry {
					display: block;
				}
			}
		`,
	];
	static override properties: PropertyDeclarations = {
		store: { attribute: false },
		keyLabels: { attribute: false },
	};

	declare store: MappingStore;
	declare keyLabels: KeyLabels;

	constructor() {
		super();
		this.keyLabels = positionLabels;
	}

	protected override listen(): readonly (() => void)[] {
		return [this.store.changes.add(() => this.requestUpdate())];
	}

	open(): void {
		this.#dialog.showModal();
	}

	get #dialog(): HTMLDialogElement {
		return this.renderRoot.querySelector("dialog")!;
	}

	protected override render(): TemplateResult {
		return html`
			<dialog aria-labelledby="title" @keydown=${this.#pressKey}>
				<div class="head">
					<h2 id="title">All keys</h2>
					<button class="control square" aria-label="Close" @click=${() => this.#dialog.close()}>${crossIcon}</button>
				</div>
				<div class="body" role="group" aria-labelledby="title" tabindex="0">
					<section>
						<h3>Always</h3>
						<dl class="fixed">${fixedShortcuts.map(entry)}</dl>
					</section>
					<section>
						<h3>Mapped</h3>
						<dl>${mappedShortcuts(this.store.document, this.keyLabels).map(entry)}</dl>
					</section>
				</div>
			</dialog>
		`;
	}

	readonly #pressKey = (event: KeyboardEvent): void => {
		// Keys pressed in the open dialog must not play pads.
		event.stopPropagation();
		if (event.key === "?") this.#dialog.close();
	};
}

function entry({ keys, effect }: Shortcut): TemplateResult {
	return html`<div class="entry">
		<dt><kbd>${keys}</kbd></dt>
		<dd>${effect}</dd>
	</div>`;
}
