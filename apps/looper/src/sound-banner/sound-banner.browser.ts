import { type CSSResultGroup, css, html, nothing, type PropertyDeclarations, type TemplateResult } from "lit";
import { ListeningElement } from "../instrument/listening-element.browser.ts";
import type { Sound } from "../instrument/sound.ts";
import { controlStyles } from "../theme/controls.browser.ts";
import { crossIcon } from "../theme/icons.browser.ts";
import { type BannerText, bannerText } from "./banner-text.ts";

/** Says when no sound comes out and why. */
export class SoundBanner extends ListeningElement {
	static override styles: CSSResultGroup = [
		controlStyles,
		css`
			.banner {
				display: flex;
				align-items: center;
				justify-content: center;
				gap: 12px;
				padding: 10px 16px;
				border-radius: var(--radius);
				background: var(--surface-raised);
				font-size: 0.9375rem;
				font-weight: 600;
				text-align: center;
			}
			.call {
				background: var(--amber);
				color: #1c1203;
			}
			.alarm {
				background: var(--alarm-deep);
				color: white;
			}
			.detail {
				font-weight: 400;
			}
			button {
				display: grid;
				place-content: center;
				width: 32px;
				height: 32px;
				border: 0;
				border-radius: 8px;
				background: none;
				cursor: pointer;
			}
		`,
	];
	static override properties: PropertyDeclarations = {
		sound: { attribute: false },
		banner: { state: true },
	};

	declare sound: Sound;
	declare banner: BannerText | null;

	protected override listen(): readonly (() => void)[] {
		this.banner = bannerText(this.sound.status);
		return [
			this.sound.changes.add((status) => {
				this.banner = bannerText(status);
			}),
		];
	}

	protected override render(): TemplateResult {
		return html`<div role="status">${this.banner === null ? nothing : this.#face(this.banner)}</div>`;
	}

	#face({ tone, text, detail }: BannerText): TemplateResult {
		const dismiss = html`
			<button
				aria-label="Dismiss"
				@click=${() => {
					this.banner = null;
				}}
			>
				${crossIcon}
			</button>
		`;
		return html`
			<div class="banner ${tone}">
				<span>${text}${detail === null ? nothing : html` <span class="detail">(${detail})</span>`}</span>
				${tone === "info" ? dismiss : nothing}
			</div>
		`;
	}
}
