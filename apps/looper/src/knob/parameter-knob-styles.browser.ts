import { type CSSResult, css } from "lit";

/** A knob. */
export const parameterKnobStyles: CSSResult = css`
	:host {
		display: inline-grid;
		justify-items: center;
		width: 66px;
	}
	.label {
		font-size: 0.6875rem;
	}
	.handle {
		border-radius: 50%;
	}
	svg {
		fill: none;
		stroke-linecap: round;
	}
	.track {
		stroke: #343947;
		stroke-width: 4;
	}
	.arc {
		stroke: var(--knob-color, var(--teal));
		stroke-width: 4;
	}
	.cap {
		fill: #2b2f3a;
		stroke: #0008;
	}
	.handle:hover .cap {
		fill: #363c4a;
	}
	.pointer {
		stroke: var(--text);
		stroke-width: 2.5;
	}
	@media (pointer: coarse) {
		svg {
			width: 46px;
			height: 46px;
		}
	}
`;
