import { type CSSResult, css } from "lit";

/** A pad, its surface and its menu button; its colour is `--accent`. */
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
		/* What changes on a pad lays out that pad alone. */
		contain: strict;
		border: 1px solid var(--line);
		border-radius: var(--radius);
		background: var(--surface);
	}
	/* Not where a load arrives: 32 pads that fade at once keep every core busy. */
	.empty,
	:host(:is([sign], [editing])) .pad {
		transition: background 180ms, border-color 180ms, box-shadow 180ms;
	}
	.playable {
		border-color: color-mix(in oklab, var(--accent) 34%, var(--line));
		background: linear-gradient(
			180deg,
			color-mix(in oklab, var(--accent) 25%, #171920),
			color-mix(in oklab, var(--accent) 12%, #121419)
		);
		box-shadow:
			inset 0 1px 0 rgb(255 255 255 / 7%),
			inset 0 -3px 0 color-mix(in oklab, var(--accent) 85%, transparent);
	}
	.empty {
		border-style: dashed;
		background: rgb(255 255 255 / 1.5%);
	}
	.failed {
		border-color: var(--alarm);
	}
	/* Stripes: what is pressed is not heard. */
	.muted {
		background:
			repeating-linear-gradient(-45deg, rgb(0 0 0 / 38%) 0 7px, transparent 7px 14px),
			color-mix(in oklab, var(--accent) 10%, #14161b);
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
		/* Inside of the progress, which would cover it. */
		outline-offset: -7px;
	}
	.surface:hover + .face .plus {
		color: var(--text);
	}
	.empty:hover {
		border-color: var(--line-strong);
	}

	.menu {
		position: absolute;
		top: 3px;
		right: 3px;
		display: grid;
		place-content: center;
		width: 34px;
		height: 32px;
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
	:host([selected]) .pad::after {
		content: "";
		position: absolute;
		inset: 4px;
		border: 2px solid var(--text);
		border-radius: calc(var(--radius) - 5px);
		pointer-events: none;
	}
	:host([carried]) .pad {
		border-style: dashed;
		border-color: var(--text);
		opacity: 0.55;
	}
	:host(:is([drop-target], [carry-target])) .pad {
		border-color: var(--text);
		background: color-mix(in oklab, var(--accent) 42%, #14161b);
		box-shadow:
			inset 0 0 0 1px var(--text),
			0 0 0 3px color-mix(in oklab, var(--accent) 60%, transparent);
	}

	@media (pointer: coarse) {
		.menu {
			width: 44px;
			height: 44px;
		}
	}
`;
