import { type CSSResult, css } from "lit";

/** A button with the open set's name, and a sheet below it. */
export const setMenuStyles: CSSResult = css`
	:host {
		display: flex;
		min-width: 0;
	}
	.open {
		max-width: 190px;
	}
	.open span {
		overflow: hidden;
		text-overflow: ellipsis;
	}
	.sheet:focus-visible {
		outline: none;
	}
	.sheet {
		width: min(304px, calc(100vw - 16px));
	}
	.name {
		display: grid;
		grid-template-columns: minmax(0, 1fr);
		gap: 5px;
		padding: 8px 10px 12px;
		color: var(--text-quiet);
		font-size: 0.75rem;
	}
	input {
		min-height: 40px;
		padding: 0 10px;
		border: 1px solid var(--line-strong);
		border-radius: 9px;
		background: var(--surface);
		color: var(--text);
		font: inherit;
		font-size: 0.9375rem;
	}
	.group {
		margin: 0;
		padding: 6px 0;
		border-top: 1px solid var(--line);
		list-style: none;
	}
	.sets {
		max-height: 240px;
		overflow-y: auto;
	}
	.item span {
		overflow: hidden;
		text-overflow: ellipsis;
		white-space: nowrap;
	}
	.item svg {
		color: var(--text-quiet);
	}
	.item:hover,
	.item:focus-visible {
		background: #343947;
		outline-offset: -2px;
	}
	.item[aria-current="true"] svg {
		color: var(--teal);
	}
	.item:not([aria-current="true"]) .tick {
		visibility: hidden;
	}
	.obstacle {
		margin: 0;
		padding: 10px;
		border-top: 1px solid var(--line);
		color: var(--amber);
		font-size: 0.8125rem;
	}
	@media (900px <= width < 1240px) {
		.open {
			max-width: 150px;
		}
	}
	@media (pointer: coarse) {
		.item,
		input {
			min-height: 44px;
		}
	}
	@media (width < 560px), (height < 480px) {
		.open {
			min-width: 44px;
			padding: 0 10px;
		}
		.open span {
			position: absolute;
			width: 1px;
			height: 1px;
			overflow: hidden;
			clip-path: inset(50%);
		}
	}
`;
