import { type CSSResult, css } from "lit";

/** The banks: a column beside the grid, a row above it where the window is narrow. */
export const bankBarStyles: CSSResult = css`
	:host {
		display: block;
		/* Its counts come and go while the pads are played: they must not change the height of the grid beside it. */
		container-type: size;
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
		container-type: size;
		min-width: 0;
		min-height: max(32px, 1.6rem);
		padding: 0;
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
	/* Each has its own place, so that nothing moves when another appears. */
	.name,
	.sounding,
	.queued {
		position: absolute;
		line-height: 1;
	}
	.name {
		top: calc(50% - 0.5em);
		left: 9px;
	}
	.sounding,
	.queued {
		right: 3px;
		display: inline-flex;
		align-items: center;
		gap: 2px;
		height: 1.2em;
		padding: 0 3px;
		border-radius: 5px;
		font-size: 0.6875rem;
		font-variant-numeric: tabular-nums;
	}
	.sounding {
		bottom: calc(50% + 0.5px);
	}
	.queued {
		top: calc(50% + 0.5px);
	}
	@container (height >= 4.6rem) {
		.name {
			top: calc(50% - 1.2em);
			right: 0;
			left: 0;
			text-align: center;
		}
		.sounding,
		.queued {
			right: auto;
			left: 50%;
			height: 1.4em;
			padding: 0 5px;
			transform: translateX(-50%);
		}
		.sounding {
			top: calc(50% + 1px);
			bottom: auto;
		}
		.queued {
			top: calc(50% + 1.4em + 4px);
		}
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
	/* All eight beside the smallest grid. */
	@container (height < 20rem) {
		.bar {
			gap: 3px;
		}
	}
	@media (max-aspect-ratio: 1 / 1), (width < 560px) {
		:host {
			min-height: max(44px, 2.2rem);
		}
		.bar {
			flex-direction: row;
			gap: 4px;
		}
		.name {
			left: 5px;
			font-size: 0.9375rem;
		}
		.sounding,
		.queued {
			right: 2px;
			padding: 0 2px;
		}
		.bank[aria-pressed="true"]::before {
			inset: -1px 20% auto;
			width: auto;
			height: 4px;
			border-radius: 0 0 3px 3px;
		}
	}
	/* Large letters on a phone: one below the other. */
	@container (width < 1.75rem) {
		.name {
			top: auto;
			right: 0;
			bottom: 3px;
			left: 0;
			font-size: 0.75rem;
			text-align: center;
		}
		.sounding,
		.queued {
			right: 2px;
			font-size: 0.5rem;
		}
		.sounding {
			top: 5px;
			bottom: auto;
		}
		.queued {
			top: calc(6px + 0.6rem);
		}
	}
`;
