import { type CSSResultGroup, css, html, LitElement, type PropertyDeclarations, type TemplateResult } from "lit";
import { controlStyles } from "../theme/controls.browser.ts";
import type { Obstacle } from "./platform.ts";

/** Shown instead of the instrument where it cannot run: what is missing, and what to do. */
export class ObstacleScreen extends LitElement {
	static override styles: CSSResultGroup = [
		controlStyles,
		css`
			main {
				max-width: 620px;
				margin: 0 auto;
				padding: 12vh 24px 40px;
			}
			h1 {
				margin: 0 0 8px;
				font-size: 1.75rem;
				line-height: 1.2;
			}
			.intro {
				margin: 0 0 24px;
				color: var(--text-quiet);
			}
			ul {
				display: grid;
				gap: 12px;
				margin: 0 0 24px;
				padding: 0;
				list-style: none;
			}
			li {
				padding: 16px 18px;
				border: 1px solid var(--line);
				border-left: 4px solid var(--amber);
				border-radius: var(--radius);
				background: var(--surface);
			}
			li p {
				margin: 6px 0 0;
				color: #c5cad6;
				overflow-wrap: anywhere;
			}
		`,
	];
	static override properties: PropertyDeclarations = { obstacles: { attribute: false } };

	declare obstacles: readonly Obstacle[];

	protected override render(): TemplateResult {
		return html`
			<main>
				<h1>Flitzis Looper can’t start its sound here</h1>
				<p class="intro">The pads play on an audio thread, and something that it needs is missing.</p>
				<ul>
					${this.obstacles.map(
						({ what, remedy }) => html`
							<li>
								<strong>${what}</strong>
								<p>${remedy}</p>
							</li>
						`,
					)}
				</ul>
				<button class="control" @click=${() => location.reload()}>Try again</button>
			</main>
		`;
	}
}
