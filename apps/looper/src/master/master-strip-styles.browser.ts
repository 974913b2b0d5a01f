import { type CSSResult, css } from "lit";

/** The look of the master; meter and fader share one scale. */
export const masterStripStyles: CSSResult = css`
	:host {
		display: flex;
		align-items: center;
		gap: 10px;
		min-width: 0;
	}
	label {
		color: var(--text-quiet);
		font-size: 0.8125rem;
		font-weight: 600;
	}
	.fader {
		position: relative;
		flex: 1;
		min-width: 96px;
		height: 40px;
	}
	.meter {
		position: absolute;
		inset: 16px 9px;
		overflow: hidden;
		border-radius: 4px;
		background: linear-gradient(90deg, #1f9d68, var(--ok) 62%, var(--amber) 82%, var(--alarm) 91%);
	}
	.unlit {
		height: 100%;
		background: #262a34;
		transform-origin: right;
	}
	input {
		position: absolute;
		inset: 0;
		width: 100%;
		height: 100%;
		margin: 0;
		appearance: none;
		background: none;
		cursor: pointer;
		touch-action: none;
	}
	input::-webkit-slider-thumb {
		width: 18px;
		height: 30px;
		appearance: none;
		border: 1px solid #0008;
		border-radius: 6px;
		background: linear-gradient(90deg, #d8dbe4 45%, #3c414e 45% 55%, #d8dbe4 55%);
		box-shadow: 0 2px 8px rgb(0 0 0 / 60%);
	}
	input::-moz-range-thumb {
		width: 16px;
		height: 28px;
		border: 1px solid #0008;
		border-radius: 6px;
		background: linear-gradient(90deg, #d8dbe4 45%, #3c414e 45% 55%, #d8dbe4 55%);
		box-shadow: 0 2px 8px rgb(0 0 0 / 60%);
	}
	input:focus-visible {
		outline-offset: 0;
		border-radius: 8px;
	}
	output {
		min-width: 66px;
		font-size: 0.875rem;
		font-weight: 600;
		font-variant-numeric: tabular-nums;
		text-align: end;
		white-space: nowrap;
	}
	.peak {
		min-width: 52px;
		min-height: 30px;
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
	.peak.lit {
		border-color: var(--alarm);
		background: var(--alarm);
		color: #16060a;
		box-shadow: 0 0 18px rgb(255 93 93 / 55%);
	}
`;
