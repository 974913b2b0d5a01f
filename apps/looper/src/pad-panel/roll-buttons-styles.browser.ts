import { type CSSResult, css } from "lit";

/** Buttons of rolls, four in a row. */
export const rollButtonsStyles: CSSResult = css`
	.rolls {
		display: grid;
		grid-template-columns: repeat(4, minmax(44px, 1fr));
		gap: 4px;
	}
	.switch {
		justify-content: center;
		touch-action: none;
		font-variant-numeric: tabular-nums;
	}
	.switch::before {
		display: none;
	}
	.switch[aria-pressed="true"] {
		outline: 2px solid var(--teal);
	}
`;
