import { type CSSResult, css } from "lit";

/** The list of takes: over the corner of the instrument, which stays playable; in a small window it covers everything. */
export const takeListStyles: CSSResult = css`
	@media (width >= 560px) {
		dialog {
			position: fixed;
			/* A panel that records onto a pad stays in sight. */
			z-index: 7;
			/* Notices have their place below it. */
			inset: auto max(14px, env(safe-area-inset-right)) max(110px, env(safe-area-inset-bottom)) auto;
			width: min(620px, calc(100vw - 24px));
			max-height: min(600px, calc(100dvh - 180px));
			margin: 0;
		}
	}
	.news {
		padding: 10px 18px;
		border-left: 4px solid var(--teal);
		color: var(--text);
		overflow-wrap: anywhere;
	}
	section {
		display: grid;
		gap: 10px;
	}
	.choices {
		display: grid;
		grid-template-columns: repeat(auto-fit, minmax(min(100%, 9.375rem), 1fr));
		gap: 10px;
	}
	ul {
		display: grid;
		gap: 8px;
		margin: 0;
		padding: 0;
		list-style: none;
	}
	.take {
		display: flex;
		flex-wrap: wrap;
		align-items: center;
		gap: 8px 10px;
		padding: 10px;
		border: 1px solid var(--line);
		border-radius: 12px;
		background: var(--surface);
	}
	.what {
		display: grid;
		flex: 1 1 180px;
		gap: 3px;
		min-width: 0;
	}
	.what input {
		width: 100%;
		min-height: 34px;
		padding: 0 8px;
		border: 1px solid transparent;
		border-radius: 8px;
		background: none;
		color: var(--text);
		font: 650 0.9375rem/1.3 var(--sans);
		text-overflow: ellipsis;
	}
	.what input:hover,
	.what input:focus {
		border-color: var(--line-strong);
		background: #101217;
	}
	.facts {
		display: flex;
		flex-wrap: wrap;
		gap: 2px 12px;
		padding-inline: 9px;
		color: var(--text-quiet);
		font-size: 0.8125rem;
		font-variant-numeric: tabular-nums;
	}
	.remark {
		color: var(--amber);
	}
	.deeds {
		display: flex;
		flex-wrap: wrap;
		gap: 6px;
	}
	.play[aria-pressed="true"] {
		border-color: var(--teal);
		background: color-mix(in oklab, var(--teal) 24%, var(--surface-raised));
	}
	.square svg {
		fill: none;
	}
	.play svg {
		fill: currentColor;
	}
	@media (pointer: coarse) {
		.what input {
			min-height: 44px;
		}
	}
	@media (width < 560px) {
		.deeds {
			flex-basis: 100%;
		}
		.deeds .control:not(.square) {
			padding: 0 7px;
		}
	}
`;
