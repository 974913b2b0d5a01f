import { type CSSResult, css } from "lit";

/** What is on a pad: key, marks, waveform, title, length, load and failure. */
export const padFaceStyles: CSSResult = css`
	/* Everything above the surface lets the pointer through, except buttons. */
	.face {
		position: absolute;
		inset: 0;
		display: flex;
		flex-direction: column;
		padding: 9px 11px 10px;
		pointer-events: none;
	}
	.wave {
		position: absolute;
		inset: 38px 18px 44% 11px;
		width: calc(100% - 29px);
		height: calc(56% - 38px);
		overflow: visible;
		fill: var(--accent);
		/* Cheaper than an opacity, which would be a group of its own. */
		fill-opacity: 0.8;
		pointer-events: none;
	}
	:is(.waiting, .loading, .failed) .wave {
		fill-opacity: 0.2;
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
	.marks {
		display: flex;
		flex-wrap: wrap;
		gap: 2px 4px;
		max-height: 1.25rem;
		overflow: hidden;
	}
	.mark {
		display: inline-flex;
		align-items: center;
		color: color-mix(in oklab, var(--accent) 60%, white);
		font-size: 0.6875rem;
		font-weight: 700;
	}
	.mark svg {
		width: 1rem;
		height: 1.125rem;
	}
	.mark:is(.mute, .lock, .warning) {
		color: var(--amber);
	}
	.title {
		display: -webkit-box;
		flex: none;
		max-height: 2.4em;
		/* Leaves room for the level. */
		padding-right: 4px;
		overflow: hidden;
		-webkit-box-orient: vertical;
		-webkit-line-clamp: 2;
		font-size: clamp(0.8rem, 11cqw, 1.0625rem);
		font-weight: 650;
		line-height: 1.2;
		overflow-wrap: anywhere;
	}
	.foot {
		display: flex;
		flex: none;
		flex-wrap: wrap;
		align-items: center;
		gap: 3px 6px;
		padding-right: 8px;
	}
	.detail,
	.stage {
		margin-top: 3px;
		color: var(--text-quiet);
		font-size: 0.75rem;
		font-variant-numeric: tabular-nums;
		line-height: 1.25;
	}
	.detail {
		display: flex;
		flex-wrap: wrap;
		gap: 0 8px;
	}
	.playable .detail {
		color: #c6cad4;
	}
	/* Neighbours on the circle of fifths, which go well together, have neighbouring colours. */
	.tone {
		color: hsl(var(--key-hue) 80% 78%);
	}
	.plus {
		position: absolute;
		inset: 0;
		display: grid;
		place-content: center;
		color: #7d8496;
	}

	.progress {
		display: contents;
	}
	/* Above the title, where a pad that is not loading has its waveform. */
	.percent {
		position: absolute;
		top: 36px;
		font-size: clamp(1rem, 17cqw, 1.625rem);
		font-weight: 300;
		font-variant-numeric: tabular-nums;
		letter-spacing: -0.02em;
	}
	/* Dim waiting loads in favour of running ones. */
	.waiting :is(.percent, .track) {
		opacity: 0.6;
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
		transform: scaleX(0);
		transform-origin: left;
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
		margin: 6px 4px 0 0;
	}
	.answer {
		display: inline-flex;
		align-items: center;
		justify-content: center;
		gap: 5px;
		min-height: 32px;
		min-width: 32px;
		padding: 0 6px;
		border: 1px solid rgb(255 255 255 / 22%);
		border-radius: 7px;
		background: rgb(0 0 0 / 35%);
		color: white;
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
