import { type CSSResult, css } from "lit";

/** Dialogs about controls: the mapping, and the list of keys. */
export const mappingDialogStyles: CSSResult = css`
	dialog {
		width: min(760px, calc(100vw - 24px));
		max-height: calc(100dvh - 24px);
		padding: 0;
		border: 1px solid var(--line-strong);
		border-radius: 16px;
		background: #20232c;
		color: var(--text);
		box-shadow: 0 24px 80px rgb(0 0 0 / 70%);
	}
	dialog[open] {
		display: flex;
		flex-direction: column;
	}
	dialog::backdrop {
		background: rgb(5 6 9 / 65%);
	}
	.head,
	.foot {
		display: flex;
		flex-wrap: wrap;
		align-items: center;
		gap: 8px;
		padding: 14px 18px;
	}
	.head {
		justify-content: space-between;
		border-bottom: 1px solid var(--line);
	}
	.foot {
		border-top: 1px solid var(--line);
	}
	.foot .apart {
		margin-left: auto;
	}
	.body {
		display: grid;
		gap: 22px;
		/* In a body that scrolls, an item with a min-height would otherwise be no higher than that. */
		grid-auto-rows: max-content;
		overflow-y: auto;
		padding: 16px 18px 20px;
	}
	h2,
	h3 {
		margin: 0;
		font-size: 1.0625rem;
	}
	h3 {
		font-size: 0.9375rem;
	}
	p {
		margin: 0;
		color: var(--text-quiet);
		font-size: 0.875rem;
	}
	.problem {
		padding: 10px 18px;
		border-left: 4px solid var(--alarm);
		background: #33222a;
		color: var(--text);
		overflow-wrap: anywhere;
	}
	.control.first {
		border-color: transparent;
		background: var(--teal);
		color: #04211d;
	}
	.control.first:hover {
		background: #4fe6d3;
	}
	.square {
		justify-content: center;
		width: 40px;
		padding: 0;
	}
	select {
		min-height: 36px;
		max-width: 100%;
		padding: 0 8px;
		border: 1px solid var(--line);
		border-radius: 8px;
		background: var(--surface-raised);
		color: var(--text);
		font: inherit;
		font-size: 0.875rem;
	}
	.check {
		display: inline-flex;
		align-items: center;
		gap: 8px;
		min-height: 36px;
		font-size: 0.875rem;
		cursor: pointer;
	}
	input[type="checkbox"] {
		width: 18px;
		height: 18px;
		margin: 0;
		accent-color: var(--teal);
	}
	@media (pointer: coarse) {
		select,
		.check {
			min-height: 44px;
		}
		.square {
			width: 44px;
		}
	}
	@media (width < 560px) {
		dialog {
			width: 100vw;
			max-width: none;
			height: 100dvh;
			max-height: none;
			border: 0;
			border-radius: 0;
		}
		.head,
		.foot,
		.body {
			padding-inline: 12px;
		}
	}
`;
