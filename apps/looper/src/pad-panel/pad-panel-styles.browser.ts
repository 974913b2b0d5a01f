import { type CSSResult, css } from "lit";

/** Under the grid; on a phone a sheet over its lower half. */
export const padPanelStyles: CSSResult = css`
	:host {
		display: grid;
		grid-template-rows: minmax(0, 1fr);
		grid-template-columns: minmax(0, 1fr);
		--accent: var(--teal);
		--wave-height: clamp(56px, 12dvh, 124px);
	}
	/* Laid out while it is closed, so that it opens at once. */
	:host(:not([open])) {
		height: 0;
		overflow: hidden;
		visibility: hidden;
		contain: strict;
	}
	.panel {
		display: grid;
		gap: 8px;
		align-content: start;
		overflow-y: auto;
		margin-top: var(--gap);
		padding: 8px 12px 12px;
		border: 1px solid var(--line-strong);
		border-radius: 14px;
		background: var(--surface);
		scrollbar-width: thin;
	}
	.head {
		display: flex;
		flex-wrap: wrap;
		align-items: center;
		gap: 6px 10px;
	}
	h2 {
		display: flex;
		align-items: center;
		gap: 9px;
		min-width: 0;
		margin: 0;
		font-size: 1rem;
	}
	.title {
		overflow: hidden;
		text-overflow: ellipsis;
		white-space: nowrap;
	}
	.number {
		flex: none;
		min-width: 28px;
		padding: 1px 7px;
		border-radius: 7px;
		background: var(--accent);
		color: #0d0e12;
		font-size: 0.875rem;
		font-variant-numeric: tabular-nums;
		text-align: center;
	}
	/* As wide whatever it says: it must not move what is beside it. */
	.facts {
		flex: 1 1 9rem;
		min-width: 0;
		overflow: hidden;
		text-overflow: ellipsis;
		color: var(--text-quiet);
		font-size: 0.8125rem;
		font-variant-numeric: tabular-nums;
		white-space: nowrap;
	}
	.title,
	h2 {
		flex: 0 1 auto;
	}
	.held {
		color: var(--amber);
		font-weight: 600;
	}
	/* As wide as when the pad is paused. */
	.pause {
		min-width: 10.5rem;
	}
	.head choice-field {
		display: flex;
		align-items: center;
		gap: 8px;
	}
	.zoom {
		display: flex;
		gap: 2px;
	}
	.tool {
		display: grid;
		place-content: center;
		width: 36px;
		height: 34px;
		padding: 0;
		border: 0;
		border-radius: 8px;
		background: none;
		cursor: pointer;
	}
	.tool:hover {
		background: rgb(255 255 255 / 10%);
	}
	.sections {
		display: flex;
		flex-wrap: wrap;
		gap: 8px 12px;
	}
	.section {
		display: grid;
		flex: 1 1 auto;
		align-content: start;
		gap: 6px;
		min-width: 0;
	}
	.section + .section {
		padding-left: 12px;
		border-left: 1px solid var(--line);
	}
	.name {
		color: var(--text-quiet);
		font-size: 0.6875rem;
		font-weight: 700;
		letter-spacing: 0.06em;
		text-transform: uppercase;
	}
	.fields {
		display: grid;
		grid-template-columns: repeat(2, minmax(96px, 1fr));
		gap: 6px;
	}
	.fields.one {
		grid-template-columns: minmax(96px, 1fr);
	}
	.pair {
		display: grid;
		grid-template-columns: 1fr 1fr;
		gap: 4px;
	}
	.beats,
	.beats-bar {
		display: flex;
		flex-wrap: wrap;
		align-items: center;
		justify-content: flex-end;
		gap: 4px;
	}
	.beats-bar number-field {
		min-width: 104px;
	}
	.found {
		flex: 1 1 16rem;
		margin: 0;
		color: var(--text-quiet);
		font-size: 0.8125rem;
		line-height: 1.25;
	}
	.lack {
		/* As wide as its section, and no reason to widen it. */
		width: 0;
		min-width: 100%;
		margin: 0;
		color: var(--amber);
		font-size: 0.8125rem;
		line-height: 1.2;
	}
	.plain {
		justify-content: center;
	}
	.plain::before {
		display: none;
	}
	.knobs {
		display: flex;
		gap: 4px;
	}
	.band {
		display: grid;
		justify-items: center;
		gap: 4px;
	}
	.kill {
		min-width: 52px;
		padding: 0 6px;
		justify-content: center;
	}
	.switches {
		display: flex;
		flex-wrap: wrap;
		gap: 4px;
	}
	.switches.two {
		display: grid;
		grid-template-columns: 1fr 1fr;
	}
	@media (pointer: coarse) {
		.tool {
			width: 44px;
			height: 44px;
		}
	}
	@media (width < 560px) {
		/* What lies under the sheet is reached by scrolling. */
		:host([open]) {
			height: 56dvh;
		}
		.head choice-field,
		.zoom {
			order: 1;
		}
		.head choice-field {
			flex: 1 0 50%;
		}
		h2 {
			max-width: 52%;
		}
		.facts {
			flex-basis: 3.5rem;
		}
		.panel {
			position: fixed;
			z-index: 6;
			inset: auto 0 0;
			height: 56dvh;
			max-height: none;
			margin: 0;
			padding-bottom: max(12px, env(safe-area-inset-bottom));
			border-width: 1px 0 0;
			border-radius: 16px 16px 0 0;
			box-shadow: 0 -16px 50px rgb(0 0 0 / 65%);
		}
		.section + .section {
			padding-left: 0;
			border-left: 0;
		}
		.section {
			flex-basis: 100%;
			padding-top: 6px;
			border-top: 1px solid var(--line);
		}
		.knobs {
			flex-wrap: wrap;
			gap: 4px 12px;
		}
	}
	@media (height < 600px) and (width >= 560px) {
		.panel {
			max-height: max(220px, 50dvh);
		}
	}
	@media (height < 480px) and (width >= 560px) {
		.panel {
			position: fixed;
			z-index: 6;
			inset: 8px 8px 8px auto;
			width: min(560px, 80vw);
			max-height: none;
			margin: 0;
		}
	}
`;
