import { type CSSResult, css } from "lit";

/** What is written on a pad: key, title, load and failure. */
export const padFaceStyles: CSSResult = css`
	/* Everything drawn over the surface lets the pointer through, but its buttons. */
	.face {
		position: absolute;
		inset: 0;
		display: flex;
		flex-direction: column;
		padding: 9px 11px 10px;
		pointer-events: none;
	}
	.head {
		display: flex;
		flex: 1;
		align-items: start;
		gap: 6px;
		min-height: 0;
		padding-right: 30px;
	}
	.key {
		min-width: 22px;
		padding: 1px 6px;
		border: 1px solid var(--line-strong);
		border-radius: 6px;
		color: var(--text-quiet);
		font: 600 0.75rem/1.4 var(--sans);
		text-align: center;
	}
	.playable .key {
		border-color: color-mix(in oklab, var(--accent) 45%, var(--line));
		color: color-mix(in oklab, var(--accent) 60%, white);
	}
	.mark {
		color: var(--accent);
	}
	.title {
		display: -webkit-box;
		overflow: hidden;
		-webkit-box-orient: vertical;
		-webkit-line-clamp: 2;
		font-size: clamp(0.8rem, 11cqw, 1.0625rem);
		font-weight: 650;
		line-height: 1.2;
		overflow-wrap: anywhere;
	}
	.detail,
	.stage {
		margin-top: 3px;
		color: var(--text-quiet);
		font-size: 0.75rem;
		font-variant-numeric: tabular-nums;
		line-height: 1.25;
	}
	.playable .detail {
		color: #bcc1cd;
	}
	.plus {
		position: absolute;
		inset: 0;
		display: grid;
		place-content: center;
		color: #6d7485;
	}

	.progress {
		display: contents;
	}
	/* Above the title, in the place that a sound without a load leaves free. */
	.percent {
		position: absolute;
		top: 36px;
		font-size: clamp(1rem, 17cqw, 1.625rem);
		font-weight: 300;
		font-variant-numeric: tabular-nums;
		letter-spacing: -0.02em;
	}
	/* What only waits leaves the eye to what loads. */
	.waiting :is(.percent, .track) {
		opacity: 0.4;
	}
	.track {
		flex: none;
		height: 5px;
		margin-top: 5px;
		overflow: hidden;
		border-radius: 3px;
		background: rgb(255 255 255 / 14%);
	}
	.bar {
		height: 100%;
		width: 0;
		border-radius: inherit;
		background: var(--accent);
	}

	.reason {
		display: -webkit-box;
		margin: 3px 0 0;
		overflow: hidden;
		-webkit-box-orient: vertical;
		-webkit-line-clamp: 3;
		color: #ffb3ad;
		font-size: 0.75rem;
		line-height: 1.25;
	}
	.answers {
		display: flex;
		gap: 6px;
		margin-top: 6px;
	}
	.answer {
		display: inline-flex;
		align-items: center;
		justify-content: center;
		gap: 5px;
		min-height: 28px;
		min-width: 30px;
		padding: 0 6px;
		border: 1px solid rgb(255 255 255 / 22%);
		border-radius: 7px;
		background: rgb(0 0 0 / 35%);
		font-size: 0.75rem;
		font-weight: 600;
		cursor: pointer;
		pointer-events: auto;
	}
	.retry {
		flex: 1;
	}
	.answer svg {
		width: 14px;
		height: 14px;
	}
	.answer:hover {
		background: rgb(255 255 255 / 14%);
	}
`;
