import { type CSSResult, css } from "lit";

/** The master's meters. */
export const masterMeterStyles: CSSResult = css`
	:host {
		display: flex;
		align-items: center;
		gap: 8px;
		min-width: 0;
	}
	.bars {
		display: grid;
		flex: 1;
		gap: 3px;
		min-width: 70px;
	}
	.bar {
		/* No rounded corners: they would need a mask over the moving layer. */
		overflow: hidden;
		height: 9px;
		background: linear-gradient(90deg, #1f9d68, var(--ok) 62%, var(--amber) 82%, var(--alarm) 91%);
	}
	.rms {
		height: 5px;
	}
	.bar > * {
		/* A layer each, so that a level that moves repaints nothing around it. */
		will-change: transform;
	}
	.unlit {
		height: 100%;
		/* A pixel wider, or the end of the scale shines through. */
		margin-right: -1px;
		background: #262a34;
		transform-origin: right;
	}
	.reduction {
		height: 5px;
		background: #262a34;
	}
	.reduction .lit {
		height: 100%;
		background: var(--amber);
		transform: scaleX(0);
		transform-origin: right;
	}
	.reduction.off {
		visibility: hidden;
	}
	.taken.off {
		display: none;
	}
	.taken {
		min-width: 54px;
		color: var(--amber);
		font-size: 0.75rem;
		font-weight: 600;
		font-variant-numeric: tabular-nums;
		text-align: end;
		white-space: nowrap;
	}
	.lamp {
		min-width: 52px;
		min-height: 34px;
		padding: 0 8px;
		border: 1px solid var(--line);
		border-radius: 8px;
		background: #1a1c22;
		color: var(--text-quiet);
		font-size: 0.75rem;
		font-weight: 700;
		letter-spacing: 0.02em;
		cursor: pointer;
	}
	.lamp.lit {
		border-color: var(--alarm);
		background: var(--alarm);
		color: #16060a;
		box-shadow: 0 0 18px rgb(255 93 93 / 55%);
	}
	@media (pointer: coarse) {
		.lamp {
			min-height: 44px;
		}
	}
`;
