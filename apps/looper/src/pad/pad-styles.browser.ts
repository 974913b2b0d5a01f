import { type CSSResult, css } from "lit";

/** The look of a pad and its lights; its colour is `--accent`. */
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

	:host([editing]) .pad {
		border-color: color-mix(in oklab, var(--teal) 60%, var(--line));
	}
	:host([editing]) .menu {
		opacity: 1;
		color: var(--teal);
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
		border-color: var(--text);
		background: color-mix(in oklab, var(--accent) 42%, #14161b);
		box-shadow:
			inset 0 0 0 1px var(--text),
			0 0 0 3px color-mix(in oklab, var(--accent) 60%, transparent);
	}

	@media (pointer: coarse) {
		.menu {
			width: 40px;
			height: 36px;
		}
	}
`;
