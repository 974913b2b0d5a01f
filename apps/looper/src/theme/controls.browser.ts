import { type CSSResult, css } from "lit";

/** Buttons and focus outlines in every part of the instrument. */
export const controlStyles: CSSResult = css`
	*,
	*::before,
	*::after {
		box-sizing: border-box;
	}
	:host([hidden]) {
		display: none;
	}
	button {
		font: inherit;
		color: inherit;
		touch-action: manipulation;
	}
	.control {
		display: inline-flex;
		align-items: center;
		justify-content: center;
		gap: 8px;
		min-height: 40px;
		padding: 0 14px;
		border: 1px solid var(--line);
		border-radius: 10px;
		background: var(--surface-raised);
		color: var(--text);
		font-size: 0.875rem;
		font-weight: 600;
		white-space: nowrap;
		cursor: pointer;
		transition: background 120ms, border-color 120ms;
	}
	.control:hover {
		border-color: var(--line-strong);
		background: #242833;
	}
	.control:active {
		background: #2d3240;
	}
	/* What it opens is being loaded. */
	button[aria-haspopup][aria-busy="true"],
	.control[aria-busy="true"] {
		cursor: progress;
		animation: busy 0.8s ease-in-out infinite alternate;
	}
	@keyframes busy {
		to {
			opacity: 0.5;
		}
	}
	:focus-visible {
		outline: 2px solid var(--text);
		outline-offset: 2px;
	}
	svg {
		display: block;
		flex: none;
	}
	.visually-hidden {
		position: absolute;
		width: 1px;
		height: 1px;
		overflow: hidden;
		clip-path: inset(50%);
		white-space: nowrap;
	}
	@media (pointer: coarse) {
		.control {
			min-height: 44px;
		}
	}
	@media (prefers-reduced-motion: reduce) {
		*,
		*::before,
		*::after {
			transition: none !important;
			animation: none !important;
		}
	}
`;
