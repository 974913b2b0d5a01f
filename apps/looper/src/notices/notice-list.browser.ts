import { type CSSResultGroup, css, html, nothing, type PropertyDeclarations, type TemplateResult } from "lit";
import { ListeningElement } from "../instrument/listening-element.browser.ts";
import type { Notice, Notices } from "../instrument/notices.ts";
import { wholePercent } from "../pad/pad-text.ts";
import { controlStyles } from "../theme/controls.browser.ts";
import { crossIcon } from "../theme/icons.browser.ts";
import { addNotice, waits } from "./recent-notices.ts";

const shownMilliseconds = { info: 8_000, error: 20_000 };

/** Recent notices, newest last; each disappears after some seconds, or when it is dismissed. */
export class NoticeList extends ListeningElement {
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
			.share {
				flex: none;
				color: var(--text-quiet);
				font-variant-numeric: tabular-nums;
			}
			.action {
				/* The pads under the rest of a notice stay playable. */
				pointer-events: auto;
			}
			.dismiss {
				display: grid;
				place-content: center;
				width: 36px;
				height: 36px;
				border: 0;
				border-radius: 8px;
				background: none;
				cursor: pointer;
				pointer-events: auto;
			}
			.dismiss:hover {
				background: rgb(255 255 255 / 10%);
			}
		`,
	];
	static override properties: PropertyDeclarations = {
		notices: { attribute: false },
		shown: { state: true },
		shares: { state: true },
	};

	declare notices: Notices;
	declare shown: readonly Notice[];
	/** How much of what is shown is done, 0..1. */
	declare shares: ReadonlyMap<Notice, number>;

	constructor() {
		super();
		this.shown = [];
		this.shares = new Map();
	}

	protected override listen(): readonly (() => void)[] {
		return [
			this.notices.added.add((notice) => {
				this.shown = addNotice(this.shown, notice);
				if (!waits(notice)) setTimeout(() => this.#remove(notice), shownMilliseconds[notice.tone]);
			}),
			this.notices.withdrawn.add((notice) => this.#remove(notice)),
			this.notices.advanced.add(({ notice, share }) => {
				if (this.shown.includes(notice)) this.shares = new Map(this.shares).set(notice, share);
			}),
		];
	}

	#act(notice: Notice): void {
		this.#remove(notice);
		notice.action?.run();
	}

	#remove(gone: Notice): void {
		this.shown = this.shown.filter((notice) => notice !== gone);
		this.shares = new Map([...this.shares].filter(([notice]) => notice !== gone));
	}

	/** Not read aloud: it would be at every step. */
	#share(notice: Notice): TemplateResult | typeof nothing {
		const share = this.shares.get(notice);
		return share === undefined ? nothing : html`<span class="share" aria-hidden="true">${wholePercent(share)}%</span>`;
	}

	protected override render(): TemplateResult {
		return html`
			<div class="list" role="log" aria-live="polite" aria-label="Notices">
				${this.shown.map(
					(notice) => html`
						<div class="notice ${notice.tone}">
							<p>${notice.text}</p>
							${this.#share(notice)}
							${
								notice.action === undefined
									? nothing
									: html`<button class="control action" @click=${() => this.#act(notice)}>${notice.action.label}</button>`
							}
							<button class="dismiss" aria-label="Dismiss" @click=${() => this.#remove(notice)}>${crossIcon}</button>
						</div>
					`,
				)}
			</div>
		`;
	}
}
