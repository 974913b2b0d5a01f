import { type CSSResult, css } from "lit";

/** How a pad makes do with little room, as on phones; to follow the other styles of the pad. */
export const smallPadStyles: CSSResult = css`
	@container (height < 150px) {
		.percent {
			top: 10px;
			right: 46px;
			font-size: 1rem;
			font-weight: 600;
		}
		.failed .head {
			display: none;
		}
		.failed .face {
			justify-content: end;
		}
		.failed .title {
			padding-right: 32px;
			-webkit-line-clamp: 1;
		}
		.reason {
			-webkit-line-clamp: 2;
		}
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
			word-break: break-all;
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
			top: 6px;
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

	/* On a small pad the corner belongs to the finger: the menu opens in edit mode. */
	@container (width < 118px) {
		.menu:not(:focus-visible) {
			opacity: 0;
			pointer-events: none;
		}
		.head,
		.failed .title {
			padding-right: 0;
		}
		.progress {
			display: flex;
			justify-content: space-between;
			gap: 2px;
			align-items: first baseline;
		}
		.stage {
			min-width: 0;
		}
		.percent {
			position: static;
			font-size: 0.6875rem;
		}
		:is(.waiting, .loading) .key {
			display: none;
		}
	}

	/* Where there is no room for all, what the performer must act on comes first. */
	@container (height < 74px) {
		.title {
			-webkit-line-clamp: 1;
			word-break: break-all;
		}
		.failed .face {
			padding: 4px 8px;
		}
	}
	@container (height < 64px) {
		.face {
			padding: 4px 8px 5px;
		}
		.failed .title {
			display: none;
		}
	}
`;
