import {
	type CSSResultGroup,
	css,
	html,
	LitElement,
	nothing,
	type PropertyDeclarations,
	type TemplateResult,
} from "lit";
import type { Instrument } from "../instrument/instrument.ts";
import { controlStyles } from "../theme/controls.browser.ts";
import { crossIcon } from "../theme/icons.browser.ts";
import { type BannerText, bannerText } from "./banner-text.ts";

/** Says when no sound comes out and why. */
export class SoundBanner extends LitElement {
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
		instrument: { attribute: false },
		banner: { state: true },
	};

	declare instrument: Instrument;
	declare banner: BannerText | null;
	#endListening: (() => void) | undefined;

	override connectedCallback(): void {
		super.connectedCallback();
		this.banner = bannerText(this.instrument.sound);
		this.#endListening = this.instrument.soundChanges.add((sound) => {
			this.banner = bannerText(sound);
		});
	}

	override disconnectedCallback(): void {
		super.disconnectedCallback();
		this.#endListening?.();
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
