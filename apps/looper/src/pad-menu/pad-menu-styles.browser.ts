import { type CSSResult, css } from "lit";

/** The pad menu. */
export const padMenuStyles: CSSResult = css`
	.sheet {
		width: 248px;
	}
	.heading {
		display: grid;
		gap: 2px;
		padding: 8px 10px 9px;
		border-bottom: 1px solid var(--line);
		margin-bottom: 6px;
		font-size: 0.875rem;
	}
	.heading strong {
		overflow: hidden;
		text-overflow: ellipsis;
		white-space: nowrap;
	}
	.heading span {
		color: var(--text-quiet);
		font-size: 0.75rem;
	}
	.heading .warning {
		color: var(--amber);
	}
	.row {
		display: flex;
		gap: 4px;
		align-items: center;
		padding-inline-start: 10px;
	}
	.row span {
		flex: 1;
		margin-inline-start: 7px;
		font-size: 0.9375rem;
	}
	.item.count {
		justify-content: center;
		width: auto;
		min-width: 32px;
		padding-inline: 0;
		font-variant-numeric: tabular-nums;
	}
	.row svg,
	.item svg {
		color: var(--text-quiet);
	}
	.item:hover,
	.item:focus-visible {
		background: #343947;
		outline-offset: -2px;
	}
`;
