import { type CSSResult, css } from "lit";

/** The look of the pad menu. */
export const padMenuStyles: CSSResult = css`
	.sheet {
		position: fixed;
		inset: auto;
		width: 216px;
		margin: 0;
		padding: 6px;
		border: 1px solid var(--line-strong);
		border-radius: 14px;
		background: #20232c;
		color: var(--text);
		box-shadow: 0 18px 50px rgb(0 0 0 / 65%);
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
	.item {
		display: flex;
		align-items: center;
		gap: 11px;
		width: 100%;
		min-height: 40px;
		padding: 0 10px;
		border: 0;
		border-radius: 9px;
		background: none;
		font-size: 0.9375rem;
		text-align: start;
		cursor: pointer;
	}
	.item svg {
		color: var(--text-quiet);
	}
	.item:hover,
	.item:focus-visible {
		background: #343947;
		outline-offset: -2px;
	}
	.state {
		margin-left: auto;
		color: var(--text-quiet);
		font-size: 0.8125rem;
	}
	[aria-checked="true"] :is(.state, svg) {
		color: var(--teal);
	}
`;
