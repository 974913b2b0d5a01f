import { type CSSResult, css } from "lit";

/** Recording in the transport bar: a dot that becomes a square while a take runs. */
export const recordControlsStyles: CSSResult = css`
	:host {
		display: flex;
		flex-wrap: wrap;
		align-items: center;
		gap: 8px;
	}
	/* As wide as it is while it runs, so that nothing moves. */
	.record {
		min-width: 180px;
	}
	.mark {
		flex: none;
		width: 13px;
		height: 13px;
		border-radius: 50%;
		background: var(--alarm);
	}
	.running,
	.running:hover {
		border-color: var(--alarm);
		background: color-mix(in srgb, var(--alarm) 18%, var(--surface-raised));
	}
	.running .mark {
		border-radius: 2px;
		animation: blink 1.6s steps(2, jump-none) infinite;
	}
	.short {
		display: none;
	}
	.length {
		min-width: 4ch;
		font-variant-numeric: tabular-nums;
	}
	.count {
		min-width: 20px;
		padding: 1px 5px;
		border-radius: 9px;
		background: var(--line);
		font-size: 0.75rem;
		font-variant-numeric: tabular-nums;
		text-align: center;
	}
	.control:disabled {
		color: var(--text-quiet);
		cursor: default;
		opacity: 0.6;
	}
	@keyframes blink {
		to {
			opacity: 0.35;
		}
	}
	@media (width < 700px) {
		:host {
			flex: 1 1 auto;
			gap: 6px;
		}
		.control {
			padding: 0 9px;
		}
		.record {
			min-width: 106px;
		}
		.short {
			display: inline;
		}
		.more {
			display: none;
		}
		.long {
			position: absolute;
			width: 1px;
			height: 1px;
			overflow: hidden;
			clip-path: inset(50%);
		}
	}
`;
