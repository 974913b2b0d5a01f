import { type CSSResult, css } from "lit";

/** The value of a control, and the field in which it is typed. */
export const valueTextStyles: CSSResult = css`
	.label {
		overflow: hidden;
		max-width: 100%;
		color: var(--text-quiet);
		font-size: 0.75rem;
		font-weight: 600;
		text-overflow: ellipsis;
		white-space: nowrap;
	}
	.handle {
		touch-action: none;
		cursor: ns-resize;
		user-select: none;
		-webkit-user-select: none;
	}
	.value {
		width: 100%;
		min-width: 0;
		padding: 0;
		border: 0;
		border-radius: 5px;
		background: none;
		color: var(--text);
		font: 600 0.75rem/1.5 var(--sans);
		font-variant-numeric: tabular-nums;
		text-align: center;
		white-space: nowrap;
	}
	button.value {
		cursor: text;
	}
	button.value:hover {
		background: rgb(255 255 255 / 8%);
	}
	input.value {
		background: #0b0c10;
		outline: 1px solid var(--teal);
	}
	.idle ~ .value,
	.idle svg {
		opacity: 0.5;
	}
`;
