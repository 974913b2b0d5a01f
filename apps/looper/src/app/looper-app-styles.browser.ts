import { type CSSResult, css } from "lit";

/** The instrument fills the window; where that is too low, the page scrolls. */
export const looperAppStyles: CSSResult = css`
	:host {
		display: grid;
		grid-template-rows: auto minmax(0, 1fr) auto;
		min-height: 100dvh;
		padding-inline: max(14px, env(safe-area-inset-left)) max(14px, env(safe-area-inset-right));
	}
	header {
		display: flex;
		align-items: center;
		gap: 18px;
		padding: 12px 0;
	}
	h1 {
		display: flex;
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
	.kit {
		display: flex;
		gap: 8px;
	}
	.edit[aria-pressed="true"] {
		border-color: var(--teal);
		background: color-mix(in oklab, var(--teal) 22%, var(--surface-raised));
		color: var(--teal);
	}
	master-strip {
		flex: 1;
		max-width: 460px;
		margin-left: auto;
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
	main {
		display: grid;
		grid-template-rows: auto auto minmax(0, 1fr);
		min-height: 0;
	}
	main > pad-grid {
		grid-row: 3;
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
	footer {
		padding: 10px 0 max(10px, env(safe-area-inset-bottom));
	}

	@media (width < 1080px) {
		header {
			flex-wrap: wrap;
			gap: 8px 12px;
		}
		h1 {
			flex: 1;
		}
		master-strip {
			order: 1;
			flex-basis: 100%;
			max-width: none;
		}
	}
	@media (width < 560px) {
		:host {
			padding-inline: 10px;
		}
		header {
			position: sticky;
			z-index: 5;
			top: 0;
			gap: 4px 8px;
			margin-inline: -10px;
			padding: 8px 10px 6px;
			background: linear-gradient(#101219 85%, transparent);
		}
		.kit .control {
			min-width: 44px;
			padding: 0 10px;
		}
		.kit span,
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
		h1 .word {
			position: absolute;
			width: 1px;
			height: 1px;
			overflow: hidden;
			clip-path: inset(50%);
		}
	}
	@media (height < 480px) and (width >= 560px) {
		header {
			flex-wrap: nowrap;
			gap: 10px;
			padding: 6px 0;
		}
		h1 {
			flex: none;
		}
		.kit .control {
			min-width: 44px;
			padding: 0 10px;
		}
		.stop {
			min-width: 88px;
			padding: 0 10px;
		}
		h1 .light,
		h1 .word {
			position: absolute;
			width: 1px;
			height: 1px;
			overflow: hidden;
			clip-path: inset(50%);
		}
		master-strip {
			order: 0;
			flex-basis: 160px;
		}
		.kit span {
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
`;
