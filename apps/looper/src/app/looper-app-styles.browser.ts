import { type CSSResult, css } from "lit";

/** The instrument fills the window; a window that is too low scrolls. */
export const looperAppStyles: CSSResult = css`
	:host {
		--rows: 4;
		--least-row: max(64px, 3.6rem);
		--least-grid: calc(var(--rows) * (var(--least-row) + var(--gap)) - var(--gap));
		display: flex;
		flex-direction: column;
		min-height: 100dvh;
		padding-inline: max(14px, env(safe-area-inset-left)) max(14px, env(safe-area-inset-right));
	}
	header {
		display: grid;
		grid-template-columns: minmax(0, 1fr);
		gap: 8px;
		padding: 12px 0;
	}
	/* The button Stop stays in sight in a window that is too low. */
	header,
	.tools {
		position: sticky;
		z-index: 5;
		top: 0;
		background: linear-gradient(#101219 calc(100% - 8px), transparent);
	}
	.tools {
		display: flex;
		flex-wrap: wrap;
		align-items: center;
		gap: 8px 12px;
	}
	h1 {
		display: flex;
		flex: 1;
		align-items: center;
		gap: 10px;
		margin: 0;
		font-size: 1.125rem;
		font-weight: 750;
		letter-spacing: -0.01em;
		white-space: nowrap;
	}
	h1 .light {
		color: var(--text-quiet);
		font-weight: 500;
		margin-left: -5px;
	}
	.mark {
		width: 22px;
		height: 22px;
		border-radius: 6px;
		background:
			linear-gradient(var(--amber) 0 0) 0 0 / 10px 10px no-repeat,
			linear-gradient(var(--coral) 0 0) 100% 0 / 10px 10px no-repeat,
			linear-gradient(var(--violet) 0 0) 0 100% / 10px 10px no-repeat,
			linear-gradient(var(--teal) 0 0) 100% 100% / 10px 10px no-repeat;
	}
	.demo {
		display: flex;
		gap: 8px;
	}
	.edit[aria-pressed="true"] {
		border-color: var(--teal);
		background: color-mix(in oklab, var(--teal) 22%, var(--surface-raised));
		color: var(--teal);
	}
	.stop {
		min-width: 112px;
		border-color: transparent;
		background: var(--alarm-deep);
		color: white;
		font-weight: 700;
		letter-spacing: 0.02em;
	}
	.stop:hover {
		border-color: transparent;
		background: #d33a46;
	}
	.stop svg {
		fill: currentColor;
	}
	/* All but the pads are as high as their content. */
	:host > *,
	sound-banner,
	.hint,
	bank-bar {
		flex: none;
	}
	main {
		display: contents;
	}
	/* What is left. Its height must not be asked of the pads, which would be laid out at several heights. */
	.pads {
		display: grid;
		flex: 1 0 0;
		grid-template-columns: max(52px, 3.25rem) minmax(0, 1fr);
		grid-template-rows: minmax(0, 1fr);
		column-gap: var(--gap);
		min-height: var(--least-grid);
	}
	/* It may be lower than its content, which scrolls. */
	pad-panel[open] {
		flex-shrink: 1;
		min-height: 200px;
	}
	sound-banner {
		margin-bottom: var(--gap);
	}
	.hint {
		margin: 0;
		padding-bottom: 12px;
		color: var(--text-quiet);
		font-size: 0.9375rem;
		text-align: center;
	}
	/* Hidden, yet it must not lengthen the page. */
	live-region {
		position: fixed;
		top: 0;
	}
	footer {
		padding: 10px 0 max(10px, env(safe-area-inset-bottom));
	}

	@media (max-aspect-ratio: 1 / 1), (width < 560px) {
		:host {
			--rows: 8;
			--least-row: max(56px, 3.5rem);
		}
		.pads {
			display: contents;
		}
		bank-bar {
			margin-bottom: var(--gap);
		}
		pad-grid {
			flex: 1 0 0;
			min-height: var(--least-grid);
		}
	}
	/* Words are found faster than pictures. */
	@media (900px <= width < 1240px) {
		.demo .control {
			padding: 0 11px;
		}
		.demo svg {
			display: none;
		}
		.stop {
			min-width: 92px;
		}
	}
	@media (width < 900px) {
		.demo .control {
			min-width: 44px;
			padding: 0 12px;
		}
		.demo span {
			position: absolute;
			width: 1px;
			height: 1px;
			overflow: hidden;
			clip-path: inset(50%);
		}
	}
	@media (width < 560px) {
		:host {
			padding-inline: 10px;
		}
		/* The transport would leave too little room for the pads. */
		header {
			display: contents;
		}
		.tools {
			gap: 4px 8px;
			margin-inline: -10px;
			padding: 8px 10px 4px;
		}
		transport-bar {
			flex: none;
			padding-bottom: 6px;
		}
		.demo .control {
			min-width: 44px;
			padding: 0 10px;
		}
		.demo span,
		h1 .light {
			position: absolute;
			width: 1px;
			height: 1px;
			overflow: hidden;
			clip-path: inset(50%);
		}
		.stop {
			min-width: 88px;
			padding: 0 10px;
		}
	}
	@media (width < 420px) {
		.demo {
			gap: 4px;
		}
		.stop {
			flex: 1;
			min-width: auto;
			padding: 0 8px;
		}
		h1 .word {
			position: absolute;
			width: 1px;
			height: 1px;
			overflow: hidden;
			clip-path: inset(50%);
		}
	}
	/* A page that is magnified four times: nothing may cover the pads. */
	@media (height < 480px) and (width < 560px) {
		.tools {
			position: static;
		}
	}
	@media (height < 480px) and (width >= 560px) {
		header {
			gap: 6px;
			padding: 6px 0;
		}
		.tools {
			gap: 6px 10px;
		}
		.demo .control {
			min-width: 44px;
			padding: 0 10px;
		}
		.stop {
			min-width: 88px;
			padding: 0 10px;
		}
		.demo span,
		h1 .light,
		h1 .word {
			position: absolute;
			width: 1px;
			height: 1px;
			overflow: hidden;
			clip-path: inset(50%);
		}
		footer {
			padding: 5px 0;
		}
	}
	/* The page is as high as the window; the panel takes what the smallest grid leaves, and scrolls inside. */
	@media (width >= 560px) and (height >= 600px) {
		:host {
			height: 100dvh;
		}
	}
`;
