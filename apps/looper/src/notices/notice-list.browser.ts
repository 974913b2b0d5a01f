import { type CSSResultGroup, css, html, LitElement, type PropertyDeclarations, type TemplateResult } from "lit";
import type { Instrument, Notice } from "../instrument/instrument.ts";
import { controlStyles } from "../theme/controls.browser.ts";
import { crossIcon } from "../theme/icons.browser.ts";
import { addNotice } from "./recent-notices.ts";

const shownMilliseconds = { info: 8_000, error: 20_000 };

/** What the instrument has to tell, newest last; a notice goes away by itself or when it is dismissed. */
export class NoticeList extends LitElement {
	static override styles: CSSResultGroup = [
		controlStyles,
		css`
			:host {
				position: fixed;
				z-index: 10;
				inset: auto 0 max(44px, env(safe-area-inset-bottom));
				display: grid;
				justify-items: center;
				padding: 0 12px;
				pointer-events: none;
			}
			.list {
				display: grid;
				gap: 8px;
				width: min(560px, 100%);
			}
			.notice {
				display: flex;
				align-items: center;
				gap: 12px;
				padding: 10px 8px 10px 16px;
				border: 1px solid var(--line-strong);
				border-left: 4px solid var(--teal);
				border-radius: var(--radius);
				background: #20232c;
				box-shadow: 0 14px 40px rgb(0 0 0 / 60%);
				font-size: 0.9375rem;
			}
			.error {
				border-left-color: var(--alarm);
			}
			p {
				flex: 1;
				margin: 0;
				overflow-wrap: anywhere;
			}
			button {
				display: grid;
				place-content: center;
				width: 36px;
				height: 36px;
				border: 0;
				border-radius: 8px;
				background: none;
				cursor: pointer;
				/* The pads under the rest of a notice stay playable. */
				pointer-events: auto;
			}
			button:hover {
				background: rgb(255 255 255 / 10%);
			}
		`,
	];
	static override properties: PropertyDeclarations = {
		instrument: { attribute: false },
		notices: { state: true },
	};

	declare instrument: Instrument;
	declare notices: readonly Notice[];
	#endListening: (() => void) | undefined;

	constructor() {
		super();
		this.notices = [];
	}

	override connectedCallback(): void {
		super.connectedCallback();
		this.#endListening = this.instrument.notices.add((notice) => {
			this.notices = addNotice(this.notices, notice);
			setTimeout(() => this.#remove(notice), shownMilliseconds[notice.tone]);
		});
	}

	override disconnectedCallback(): void {
		super.disconnectedCallback();
		this.#endListening?.();
	}

	#remove(gone: Notice): void {
		this.notices = this.notices.filter((notice) => notice !== gone);
	}

	protected override render(): TemplateResult {
		return html`
			<div class="list" role="log" aria-live="polite" aria-label="Notices">
				${this.notices.map(
					(notice) => html`
						<div class="notice ${notice.tone}">
							<p>${notice.text}</p>
							<button aria-label="Dismiss" @click=${() => this.#remove(notice)}>${crossIcon}</button>
						</div>
					`,
				)}
			</div>
		`;
	}
}
