import { type CSSResult, css } from "lit";

/** The pads' levels and progress, in a layer of their own over the grid and with the same tracks. */
export const padMotionStyles: CSSResult = css`
	.motion {
		position: absolute;
		inset: 0;
		pointer-events: none;
		will-change: transform;
	}
	.mover {
		position: relative;
		/* As wide as a pad's. */
		border: 1px solid transparent;
		container-type: size;
	}
	.paused {
		border-width: 3px;
	}

	/* The progress goes round the pad clockwise, a quarter along each edge. It skips the rounded corners, which would need a clip per pad. */
	.edge,
	.level {
		position: absolute;
		background: white;
	}
	.bright > * {
		background: #0d0e12;
	}
	.top,
	.bottom {
		right: var(--radius);
		left: var(--radius);
		height: 4px;
		transform: scaleX(0);
	}
	.left,
	.right {
		top: var(--radius);
		bottom: var(--radius);
		width: 4px;
		transform: scaleY(0);
	}
	.top {
		top: 0;
		transform-origin: left;
	}
	.right {
		right: 0;
		transform-origin: top;
	}
	.bottom {
		bottom: 0;
		transform-origin: right;
	}
	.left {
		left: 0;
		transform-origin: bottom;
	}

	.level {
		right: 8px;
		bottom: 9px;
		width: 5px;
		height: 44%;
		border-radius: 2px;
		transform: scaleY(0);
		transform-origin: bottom;
	}
	@container (width < 7.4rem) or (height < 6.5rem) {
		.level {
			right: 6px;
			height: 60%;
		}
	}
`;
