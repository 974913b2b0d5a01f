import { type CSSResult, css } from "lit";

/** The look of a pad; its colour is the row's, `--accent`. */
export const padStyles: CSSResult = css`
	:host {
		display: block;
		min-width: 0;
		min-height: 0;
		container-type: size;
		user-select: none;
		-webkit-user-select: none;
		-webkit-touch-callout: none;
	}
	.pad {
		position: relative;
		height: 100%;
		overflow: hidden;
		border: 1px solid var(--line);
		border-radius: var(--radius);
		background: var(--surface);
		transition: background 180ms, border-color 180ms, box-shadow 180ms;
	}
	.playable {
		border-color: color-mix(in oklab, var(--accent) 34%, var(--line));
		background: linear-gradient(
			180deg,
			color-mix(in oklab, var(--accent) 25%, #171920),
			color-mix(in oklab, var(--accent) 12%, #121419)
		);
		box-shadow: inset 0 1px 0 rgb(255 255 255 / 7%);
	}
	.light {
		position: absolute;
		inset: auto 0 0;
		height: 3px;
		background: var(--accent);
		opacity: 0;
	}
	.playable .light {
		opacity: 0.85;
	}
	.empty {
		border-style: dashed;
		background: rgb(255 255 255 / 1.5%);
	}
	.failed {
		border-color: var(--alarm);
	}
	.surface {
		position: absolute;
		inset: 0;
		width: 100%;
		padding: 0;
		border: 0;
		border-radius: inherit;
		background: none;
		cursor: pointer;
		touch-action: none;
	}
	.surface:focus-visible {
		outline: 3px solid var(--text);
		outline-offset: -4px;
	}
	.surface:hover + .face .plus {
		color: var(--text);
	}
	.empty:hover {
		border-color: var(--line-strong);
	}

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

	/* Above the title, in the place that a sound without a load leaves free. */
	.percent {
		order: -1;
		position: absolute;
		top: 36px;
		font-size: clamp(1rem, 17cqw, 1.625rem);
		font-weight: 300;
		font-variant-numeric: tabular-nums;
		letter-spacing: -0.02em;
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

	.menu {
		position: absolute;
		top: 4px;
		right: 4px;
		display: grid;
		place-content: center;
		width: 34px;
		height: 30px;
		padding: 0;
		border: 0;
		border-radius: 8px;
		background: none;
		color: var(--text-quiet);
		cursor: pointer;
	}
	.menu:hover {
		background: rgb(255 255 255 / 12%);
		color: var(--text);
	}
	.menu svg {
		stroke-width: 3;
	}
	.empty .menu {
		opacity: 0;
	}
	.empty:hover .menu,
	.menu:focus-visible {
		opacity: 1;
	}

	.playhead-track,
	.flash {
		position: absolute;
		inset: 0;
		overflow: hidden;
		opacity: 0;
		pointer-events: none;
	}
	.playhead {
		position: absolute;
		inset: 0;
		border-right: 3px solid white;
		background: linear-gradient(90deg, transparent 30%, rgb(255 255 255 / 34%));
		transform: translateX(-100%);
	}
	.flash {
		background: white;
	}
	:host([playing]) .pad {
		border-color: var(--accent);
		background: color-mix(in oklab, var(--accent) 90%, white);
		box-shadow:
			0 0 26px -2px color-mix(in oklab, var(--accent) 62%, transparent),
			inset 0 1px 0 rgb(255 255 255 / 45%);
		transition-duration: 0s;
	}
	:host([playing]) .playhead-track {
		opacity: 1;
	}
	:host([playing]) :is(.title, .detail, .key, .mark, .menu, .stage, .percent) {
		color: #0d0e12;
	}
	:host([playing]) .key {
		border-color: rgb(0 0 0 / 45%);
	}
	:host([playing]) .reason {
		padding: 1px 4px;
		border-radius: 4px;
		background: rgb(0 0 0 / 72%);
	}
	:host([playing]) .answer {
		background: rgb(0 0 0 / 72%);
	}
	:host([playing]) .track {
		background: rgb(0 0 0 / 30%);
	}
	:host([playing]) .bar {
		background: #0d0e12;
	}

	:host([drop-target]) .pad {
		border: 2px solid var(--text);
		background: color-mix(in oklab, var(--accent) 42%, #14161b);
		box-shadow: 0 0 0 3px color-mix(in oklab, var(--accent) 60%, transparent);
	}

	@container (width < 118px) or (height < 104px) {
		.face {
			padding: 6px 8px 9px;
		}
		.title {
			font-size: 0.8125rem;
			line-height: 1.12;
		}
		.waiting .title,
		.loading .title,
		.failed .title,
		.reason {
			-webkit-line-clamp: 1;
		}
		.retry span {
			position: absolute;
			width: 1px;
			height: 1px;
			overflow: hidden;
			clip-path: inset(50%);
		}
		.answer {
			min-height: 24px;
		}
		.answers,
		.track {
			margin-top: 3px;
		}
		.percent {
			top: 7px;
			right: 9px;
			font-size: 0.8125rem;
			font-weight: 650;
		}
		.detail,
		.stage,
		.reason {
			margin-top: 1px;
			font-size: 0.6875rem;
			line-height: 1.12;
		}
		.key {
			min-width: 18px;
			padding: 0 4px;
			font-size: 0.6875rem;
		}
		.mark svg {
			width: 15px;
			height: 15px;
		}
		:is(.waiting, .loading) .menu {
			display: none;
		}
	}

	/* On a small touch pad the corner belongs to the finger: a long press opens the menu. */
	@container (width < 118px) {
		.menu:not(:focus-visible) {
			opacity: 0;
			pointer-events: none;
		}
		.head {
			padding-right: 0;
		}
		:is(.waiting, .loading) .key {
			display: none;
		}
		.percent {
			left: 8px;
		}
	}

	/* Where there is no room for all, what the performer must act on comes first. */
	@container (height < 74px) {
		.title {
			-webkit-line-clamp: 1;
		}
		.failed .head {
			display: none;
		}
		.failed .face {
			justify-content: end;
			padding: 4px 8px;
		}
	}

	@media (pointer: coarse) {
		.menu {
			width: 40px;
			height: 36px;
		}
	}
`;
