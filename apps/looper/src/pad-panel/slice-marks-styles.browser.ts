import { type CSSResult, css } from "lit";

/** A strip over the waveform, with a mark where each slice begins. */
export const sliceMarksStyles: CSSResult = css`
	:host {
		position: absolute;
		inset: 0;
		overflow: clip;
		border-radius: 10px;
		pointer-events: none;
	}
	.strip {
		position: absolute;
		inset: 0 0 auto;
		height: 18px;
		background: rgb(14 16 21 / 55%);
		pointer-events: auto;
		cursor: copy;
	}
	.mark {
		position: absolute;
		top: 0;
		bottom: 0;
		left: -1px;
		width: 2px;
		background: rgb(255 255 255 / 70%);
		outline: none;
	}
	.mark.out {
		display: none;
	}
	.grip {
		position: absolute;
		top: 0;
		left: -9px;
		width: 20px;
		height: 18px;
		pointer-events: auto;
		touch-action: none;
		cursor: ew-resize;
	}
	.grip::after {
		content: "";
		position: absolute;
		top: 2px;
		left: 5px;
		border: 5px solid transparent;
		border-top: 9px solid white;
	}
	.mark:focus-visible {
		background: var(--accent);
	}
	.mark:focus-visible .grip::after {
		border-top-color: var(--accent);
	}
	@media (pointer: coarse) {
		.strip,
		.grip {
			height: 32px;
		}
		.grip {
			left: -16px;
			width: 34px;
		}
		.grip::after {
			left: 12px;
		}
	}
`;
