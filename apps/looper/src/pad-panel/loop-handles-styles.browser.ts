import { type CSSResult, css } from "lit";

/** Handles over a waveform, each with a grip that is wide enough for a finger. */
export const loopHandlesStyles: CSSResult = css`
	:host {
		position: absolute;
		inset: 0;
		overflow: clip;
		overflow-clip-margin: 3px;
		border-radius: 10px;
		pointer-events: none;
	}
	.handle {
		position: absolute;
		top: 0;
		bottom: 0;
		width: 32px;
		color: var(--accent);
		pointer-events: auto;
		touch-action: none;
		cursor: ew-resize;
		user-select: none;
		-webkit-user-select: none;
	}
	.start {
		left: -2px;
		border-left: 2px solid;
	}
	.end {
		left: -30px;
		border-right: 2px solid;
	}
	.beats {
		top: auto;
		left: 0;
		height: 24px;
	}
	.beats .grip {
		top: auto;
		bottom: 0;
		left: 0;
		width: 24px;
		border-radius: 0 6px 0 8px;
	}
	.beyond {
		border-style: dashed;
		opacity: 0.7;
	}
	.grip {
		position: absolute;
		top: 0;
		display: grid;
		place-content: center;
		width: 18px;
		height: 22px;
		background: var(--accent);
		color: #0d0e12;
		font: 800 0.8125rem/1 var(--sans);
	}
	.start .grip {
		left: 0;
		border-radius: 8px 0 6px 0;
	}
	.end .grip {
		right: 0;
		border-radius: 0 8px 0 6px;
	}
	.handle:focus-visible {
		outline: none;
	}
	.handle:focus-visible .grip {
		outline: 2px solid var(--text);
		outline-offset: 1px;
	}
	.handle:focus-visible {
		border-color: var(--text);
	}
`;
