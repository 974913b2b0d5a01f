import { type CSSResult, css } from "lit";

/** A red dot; while it records the button is outlined in red and shows the time instead of its name. */
export const recordButtonStyles: CSSResult = css`
	button {
		min-width: 104px;
	}
	svg {
		stroke: none;
		fill: var(--alarm);
	}
	button:disabled {
		color: var(--text-quiet);
		cursor: default;
		opacity: 0.6;
	}
	.recording,
	.recording:hover {
		border-color: var(--alarm);
		background: color-mix(in srgb, var(--alarm) 18%, var(--surface-raised));
	}
	.recording svg {
		animation: blink 1.6s steps(2, jump-none) infinite;
	}
	.recording .name {
		position: absolute;
		width: 1px;
		height: 1px;
		overflow: hidden;
		clip-path: inset(50%);
	}
	.length {
		min-width: 4ch;
		font-variant-numeric: tabular-nums;
	}
	@keyframes blink {
		to {
			fill-opacity: 0.35;
		}
	}
	@media (width < 560px), (height < 480px) {
		button {
			min-width: 44px;
			padding: 0 10px;
		}
		.name {
			position: absolute;
			width: 1px;
			height: 1px;
			overflow: hidden;
			clip-path: inset(50%);
		}
		.recording {
			padding: 0 6px;
		}
		.recording svg {
			display: none;
		}
	}
`;
