import { type CSSResult, css } from "lit";

/** Sheets: menus that lie on top of the instrument, and their items. */
export const sheetStyles: CSSResult = css`
	.sheet {
		position: fixed;
		inset: auto;
		max-height: calc(100dvh - 16px);
		overflow-y: auto;
		margin: 0;
		padding: 6px;
		border: 1px solid var(--line-strong);
		border-radius: 14px;
		background: #20232c;
		color: var(--text);
		box-shadow: 0 18px 50px rgb(0 0 0 / 65%);
	}
	.item {
		display: flex;
		align-items: center;
		gap: 11px;
		width: 100%;
		min-height: 40px;
		padding: 0 10px;
		border: 0;
		border-radius: 9px;
		background: none;
		font-size: 0.9375rem;
		text-align: start;
		cursor: pointer;
	}
`;
