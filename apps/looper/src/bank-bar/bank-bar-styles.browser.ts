import { type CSSResult, css } from "lit";

/** The banks: a column beside the grid, a row above it where the window is narrow. */
export const bankBarStyles: CSSResult = css`
	:host {
		display: block;
		min-width: 0;
		min-height: 0;
	}
	.bar {
		display: flex;
		flex-direction: column;
		gap: var(--gap);
		height: 100%;
		overflow: auto;
		scrollbar-width: none;
	}
	.bank {
		position: relative;
		flex: 1 0 0;
		flex-direction: column;
		gap: 2px;
		min-width: 0;
		/* As much as its content needs, at least. */
		min-height: auto;
		padding: 6px 2px;
		color: var(--text-quiet);
		font-size: 1rem;
	}
	.bank[aria-pressed="true"] {
		border-color: var(--text);
		background: #343947;
		color: var(--text);
	}
	/* The shown bank has a bar at its side, not only another colour. */
	.bank[aria-pressed="true"]::before {
		content: "";
		position: absolute;
		inset: 20% auto 20% -1px;
		width: 4px;
		border-radius: 0 3px 3px 0;
		background: var(--text);
	}
	.sounding,
	.queued {
		display: inline-flex;
		align-items: center;
		gap: 4px;
		padding: 1px 5px;
		border-radius: 6px;
		font-size: 0.6875rem;
		font-variant-numeric: tabular-nums;
		line-height: 1.25;
	}
	.sounding {
		background: var(--ok);
		color: #06140c;
	}
	.queued {
		border: 1px dashed var(--text);
		color: var(--text);
	}
	:is(.sounding, .queued):empty {
		display: none;
	}
	.sounding::before,
	.queued::before {
		content: "";
		width: 7px;
		height: 8px;
		background: currentColor;
		clip-path: polygon(0 0, 100% 50%, 0 100%);
	}
	.queued::before {
		width: 8px;
		border: 2px solid currentColor;
		border-radius: 50%;
		background: none;
		clip-path: none;
	}
	@media (max-aspect-ratio: 1 / 1), (width < 560px) {
		.bar {
			flex-direction: row;
			gap: 4px;
		}
		.bank {
			flex: 1 0 0;
			min-height: 44px;
		}
		.bank[aria-pressed="true"]::before {
			inset: -1px 20% auto;
			width: auto;
			height: 4px;
			border-radius: 0 0 3px 3px;
		}
		.sounding,
		.queued {
			gap: 2px;
			padding: 0 3px;
		}
	}
`;
