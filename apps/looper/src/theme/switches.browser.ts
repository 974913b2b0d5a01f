import { type CSSResult, css } from "lit";

/** Switches: buttons with a lamp, which is filled while they are on. */
export const switchStyles: CSSResult = css`
	.switch {
		display: inline-flex;
		align-items: center;
		gap: 7px;
		min-height: 34px;
		padding: 0 10px;
		border: 1px solid var(--line);
		border-radius: 8px;
		background: var(--surface-raised);
		color: var(--text);
		font-size: 0.8125rem;
		font-weight: 600;
		white-space: nowrap;
		cursor: pointer;
	}
	.switch::before {
		content: "";
		flex: none;
		width: 9px;
		height: 9px;
		border: 1.5px solid var(--text-quiet);
		border-radius: 50%;
	}
	.switch:hover {
		border-color: var(--line-strong);
		background: #242833;
	}
	.switch[aria-pressed="true"] {
		border-color: var(--teal);
		background: color-mix(in oklab, var(--teal) 24%, var(--surface-raised));
	}
	.switch[aria-pressed="true"]::before {
		border-color: var(--teal);
		background: var(--teal);
	}
	.switch.alarm[aria-pressed="true"] {
		border-color: var(--alarm);
		background: color-mix(in oklab, var(--alarm) 26%, var(--surface-raised));
	}
	.switch.alarm[aria-pressed="true"]::before {
		border-color: var(--alarm);
		background: var(--alarm);
	}
	.switch:disabled,
	.switch[aria-disabled="true"] {
		opacity: 0.5;
		cursor: default;
	}
	@media (pointer: coarse) {
		.switch {
			min-height: 44px;
		}
	}
`;
