import { type CSSResult, css } from "lit";

/** Lines and a dot in red. While a performance runs, the button is outlined in red and shows the time instead of its name. */
export const performanceButtonStyles: CSSResult = css`
	button {
		min-width: 158px;
	}
	svg {
		color: var(--alarm);
	}
	button:disabled {
		color: var(--text-quiet);
		cursor: default;
		opacity: 0.6;
	}
	.running,
	.running:hover {
		border-color: var(--alarm);
		background: color-mix(in srgb, var(--alarm) 18%, var(--surface-raised));
	}
	.running svg {
		animation: blink 1.6s steps(2, jump-none) infinite;
	}
	.length {
		min-width: 4ch;
		font-variant-numeric: tabular-nums;
	}
	@keyframes blink {
		to {
			opacity: 0.35;
		}
	}
	@media (900px <= width < 1240px) {
		button {
			min-width: 134px;
			padding: 0 10px;
		}
	}
	@media (width < 560px) {
		button {
			min-width: 134px;
			padding: 0 10px;
		}
	}
	@media (height < 480px) {
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
		.running {
			padding: 0 6px;
		}
		.running svg {
			display: none;
		}
	}
`;
