import { type CSSResult, css } from "lit";

/** The dialog for the output: three groups below each other. */
export const outputDialogStyles: CSSResult = css`
	@media (width >= 560px) {
		dialog {
			width: min(520px, calc(100vw - 24px));
		}
	}
	section,
	fieldset {
		display: grid;
		justify-items: start;
		gap: 8px;
		min-width: 0;
		margin: 0;
		padding: 0;
		border: 0;
	}
	legend {
		margin-bottom: 8px;
		padding: 0;
		font-size: 0.9375rem;
		font-weight: 700;
	}
	section select {
		width: 100%;
	}
	.meaning {
		color: var(--text-quiet);
	}
	input[type="radio"] {
		flex: none;
		width: 18px;
		height: 18px;
		margin: 0;
		accent-color: var(--teal);
	}
	p:empty {
		display: none;
	}
`;
