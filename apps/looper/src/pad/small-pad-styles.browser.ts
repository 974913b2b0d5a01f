import { type CSSResult, css } from "lit";

/** Pads with little room for their text, as on phones or with large letters. Must follow the other pad styles. */
export const smallPadStyles: CSSResult = css`
	@container (height < 9.4rem) {
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
		/* Behind the text. */
		.wave {
			inset: 6px 18px 6px 8px;
			width: calc(100% - 26px);
			height: calc(100% - 12px);
			fill-opacity: 0.3;
		}
		:host([playing]) .wave {
			fill-opacity: 0.2;
		}
	}
	@container (width < 7.4rem) or (height < 6.5rem) {
		.face {
			padding: 6px 8px 9px;
		}
		.title {
			font-size: 0.8125rem;
			line-height: 1.12;
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
			width: 14px;
			height: 16px;
		}
		.level {
			right: 6px;
			height: 60%;
		}
		:is(.waiting, .loading) .menu {
			display: none;
		}
	}
	@container (height < 6.5rem) {
		.waiting .title,
		.loading .title,
		.failed .title,
		.reason {
			-webkit-line-clamp: 1;
			word-break: break-all;
		}
		.retry span,
		.word {
			position: absolute;
			width: 1px;
			height: 1px;
			overflow: hidden;
			clip-path: inset(50%);
		}
		/* What a pad is doing matters more than how long it is. */
		.tempo,
		:host([sign]:not([sign="idle"])) .detail {
			display: none;
		}
		.foot {
			flex-wrap: nowrap;
			overflow: hidden;
		}
		/* A lit pad that is off its tempo plays. */
		:host([sign="playing"]) .held:not(:empty) ~ .sign {
			display: none;
		}
		.held:not(:empty) {
			display: block;
			flex: 0 1 auto;
			min-width: 0;
			overflow: hidden;
			text-overflow: ellipsis;
			white-space: nowrap;
		}
	}

	@container (width < 7.4rem) and (height >= 6.5rem) {
		.retry svg {
			display: none;
		}
	}

	/* A narrow pad has no room for a menu button; its menu opens in edit mode. */
	@container (width < 7.4rem) {
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

	/* When room runs out, keep what the performer must act on. */
	@container (height < 4.7rem) {
		.title {
			-webkit-line-clamp: 1;
			word-break: break-all;
		}
		.failed .face {
			padding: 4px 8px;
		}
	}
	@container (height < 4rem) {
		.face {
			padding: 4px 8px 5px;
		}
		.failed .title,
		.detail {
			display: none;
		}
	}
`;
