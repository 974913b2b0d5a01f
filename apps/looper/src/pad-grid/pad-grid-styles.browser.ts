import { type CSSResult, css } from "lit";

/** Eight columns in wide windows, four in tall ones. */
export const padGridStyles: CSSResult = css`
	:host {
		position: relative;
		display: block;
		/* Measured without its pads: while the page is laid out, they would try other heights, and with them other styles. */
		contain: size;
	}
	.grid {
		display: grid;
		grid-template-columns: repeat(8, minmax(0, 1fr));
		grid-template-rows: repeat(var(--rows), minmax(var(--least-row), 1fr));
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
			scroll-margin: 9rem 0 calc(56dvh + 8px);
		}
	}
	@media (max-aspect-ratio: 1 / 1), (width < 560px) {
		.grid {
			grid-template-columns: repeat(4, minmax(0, 1fr));
		}
	}
`;
