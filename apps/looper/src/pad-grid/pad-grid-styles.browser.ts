import { type CSSResult, css } from "lit";

/** Eight columns in wide windows, four in tall ones. */
export const padGridStyles: CSSResult = css`
	:host {
<<<<<<< HEAD
		/* Lower in low windows, where the panel needs room, too. */
		--least-row: clamp(52px, 7.1dvh, 64px);
=======
		--rows: 4;
		--least-row: 64px;
>>>>>>> stagea
		display: block;
		min-height: 0;
	}
	.grid {
		display: grid;
		grid-template-columns: repeat(8, minmax(0, 1fr));
		grid-template-rows: repeat(4, minmax(var(--least-row), 1fr));
		gap: var(--gap);
		height: 100%;
	}
	.row-0 {
		--accent: var(--amber);
	}
	.row-1 {
		--accent: var(--coral);
	}
	.row-2 {
		--accent: var(--violet);
	}
	.row-3 {
		--accent: var(--teal);
	}
	@media (width < 560px) {
		/* Between the header and the sheet of the panel. */
		looper-pad {
			scroll-margin: 14rem 0 calc(56dvh + 8px);
		}
	}
	@media (max-aspect-ratio: 1 / 1), (width < 560px) {
		.grid {
			grid-template-columns: repeat(4, minmax(0, 1fr));
			grid-template-rows: repeat(8, minmax(56px, 1fr));
		}
	}
`;
