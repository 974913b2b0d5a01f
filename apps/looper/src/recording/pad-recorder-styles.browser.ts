import { type CSSResult, css } from "lit";

/** A small panel over the corner of the instrument, which stays playable. */
export const padRecorderStyles: CSSResult = css`
	dialog {
		position: fixed;
		z-index: 8;
		inset: auto max(14px, env(safe-area-inset-right)) max(14px, env(safe-area-inset-bottom)) auto;
		width: min(380px, calc(100vw - 20px));
		max-height: calc(100dvh - 28px);
		overflow-y: auto;
		margin: 0;
		padding: 12px 14px 14px;
		border: 1px solid var(--line-strong);
		border-radius: 14px;
		background: #20232c;
		color: var(--text);
		box-shadow: 0 18px 50px rgb(0 0 0 / 65%);
	}
	dialog[open] {
		display: grid;
		gap: 10px;
	}
	.head,
	.deeds {
		display: flex;
		align-items: center;
		justify-content: space-between;
		gap: 10px;
	}
	h2 {
		overflow: hidden;
		margin: 0;
		font-size: 1rem;
		text-overflow: ellipsis;
		white-space: nowrap;
	}
	p {
		margin: 0;
		color: var(--text-quiet);
		font-size: 0.875rem;
	}
	[hidden] {
		display: none;
	}
	.square {
		width: 40px;
		padding: 0;
	}
	.record {
		min-width: 128px;
	}
	.mark {
		width: 13px;
		height: 13px;
		border-radius: 50%;
		background: var(--alarm);
	}
	.running,
	.running:hover {
		border-color: var(--alarm);
		background: color-mix(in srgb, var(--alarm) 18%, var(--surface-raised));
	}
	.running .mark {
		border-radius: 2px;
	}
	.record:disabled {
		color: var(--text-quiet);
		cursor: default;
		opacity: 0.6;
	}
	.status {
		flex: 1;
		color: var(--text);
		font-variant-numeric: tabular-nums;
	}
	@media (pointer: coarse) {
		.square {
			width: 44px;
		}
	}
`;
