import { type CSSResult, css } from "lit";

/** The waveform of the selected pad. */
export const waveDisplayStyles: CSSResult = css`
	:host {
		position: relative;
		display: block;
		height: var(--wave-height, 116px);
		border: 1px solid var(--line);
		border-radius: 10px;
		background: #0e1015;
	}
	.wave {
		position: absolute;
		inset: 0;
		overflow: hidden;
		border-radius: inherit;
		touch-action: none;
		cursor: grab;
	}
	.wave:active {
		cursor: grabbing;
	}
	canvas {
		position: absolute;
		inset: 0;
		width: 100%;
		height: 100%;
	}
	.shade {
		position: absolute;
		inset: 0;
		background: rgb(8 9 12 / 72%);
		transform: scaleX(0);
		pointer-events: none;
	}
	.before {
		transform-origin: left;
	}
	.after {
		transform-origin: right;
	}
	.playhead {
		position: absolute;
		inset: 0 auto 0 -1px;
		width: 2px;
		background: white;
		box-shadow: 0 0 6px rgb(0 0 0 / 80%);
		visibility: hidden;
		pointer-events: none;
		will-change: transform;
	}
	.note {
		position: absolute;
		inset: auto 0 6px;
		margin: 0;
		color: var(--text-quiet);
		font-size: 0.75rem;
		text-align: center;
		pointer-events: none;
	}
`;
