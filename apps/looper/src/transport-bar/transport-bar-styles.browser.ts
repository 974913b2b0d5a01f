import { type CSSResult, css } from "lit";

/** One row in a wide window; on a phone the most needed, and the rest on demand. */
export const transportBarStyles: CSSResult = css`
	:host {
		display: block;
		min-width: 0;
	}
	.bar,
	.more,
	.output {
		display: flex;
		align-items: center;
		flex-wrap: wrap;
		gap: 8px;
		min-width: 0;
	}
	.output {
		flex: 1 1 240px;
	}
	.run {
		width: 48px;
		padding: 0;
	}
	.run[aria-pressed="true"] {
		border-color: var(--teal);
		background: color-mix(in oklab, var(--teal) 24%, var(--surface-raised));
	}
	.run svg {
		fill: currentColor;
	}
	.tap {
		padding: 0 16px;
		touch-action: none;
	}
	.tempo {
		min-width: 84px;
	}
	choice-field {
		min-width: max(84px, 5.25rem);
	}
	/* What records is loaded a little later. */
	::slotted(div) {
		width: 416px;
		max-width: 100%;
		height: 40px;
	}
	.opener {
		display: none;
		width: 44px;
		padding: 0;
	}
	.opener[aria-expanded="true"] {
		border-color: var(--teal);
	}
	master-meter {
		flex: 1;
		max-width: 420px;
		margin-left: auto;
	}
	@media (width < 960px) {
		.opener {
			display: inline-flex;
		}
		.more {
			display: none;
			order: 1;
			flex-basis: 100%;
		}
		.more.open {
			display: flex;
		}
	}
	@media (width < 700px) {
		.bar {
			gap: 6px;
		}
		::slotted(div) {
			width: 270px;
			height: 44px;
		}
		.output {
			display: none;
			order: 1;
			flex-basis: 100%;
		}
		.output.open {
			display: flex;
		}
		.more > * {
			flex: 1 0 auto;
		}
		beat-lights {
			min-width: 56px;
		}
		.tempo,
		choice-field {
			flex: 1;
			min-width: 4.5rem;
		}
		.tap {
			padding: 0 10px;
		}
	}
`;
