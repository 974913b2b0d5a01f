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
		/* The key stays, before the title. */
		.failed .head {
			flex: none;
			height: 0;
			padding: 0;
		}
		.failed .marks {
			display: none;
		}
		.failed .answers {
			margin-top: auto;
		}
		.failed .title {
			padding-right: 32px;
			-webkit-line-clamp: 1;
		}
		.failed .head:has(.key) + .title {
			padding-left: 1.75rem;
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
			width: 0.8125rem;
			height: 1rem;
		}
		/* What does not fit is hidden: first comes what explains why a pad is silent. */
		.marks {
			gap: 1px 3px;
			max-height: 1.05rem;
		}
		.mark:is(.mute, .lock) {
			order: -3;
		}
		.mark.choke {
			order: -2;
		}
		.mark:is(.solo, .cue) {
			order: -1;
		}
		/* Only loops follow the tempo. */
		.marks:has(.sync) .loop {
			display: none;
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
		.word {
			position: absolute;
			width: 1px;
			height: 1px;
			overflow: hidden;
			clip-path: inset(50%);
		}
		/* What a pad is doing matters more than how long it is. */
		.tempo,
		.tone,
		:host([sign]:not([sign="idle"])) .detail {
			display: none;
		}
		.foot {
			flex-wrap: nowrap;
			overflow: hidden;
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

	/* A narrow pad has no room for a menu button: right click, or the keyboard. */
	@container (width < 6.2rem) {
		.menu:not(:focus-visible) {
			opacity: 0;
			pointer-events: none;
		}
		.head,
		.failed .title {
			padding-right: 0;
		}
	}
	@container (width < 7.4rem) {
		.answers {
			gap: 3px;
		}
		.retry {
			padding: 0 1px;
			font-size: min(0.6875rem, 13cqw);
		}
		.retry svg {
			display: none;
		}
		.progress {
			display: flex;
			justify-content: space-between;
			gap: 2px;
			align-items: first baseline;
		}
		.stage {
			min-width: 0;
			overflow: hidden;
			text-overflow: ellipsis;
		}
		.percent {
			position: static;
			font-size: 0.6875rem;
		}
		:is(.waiting, .loading) :is(.key, .marks) {
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
	}
	@container (height < 4.4rem) {
		.failed .title {
			display: none;
		}
		.head:has(.key) ~ .reason {
			margin-top: 0;
			padding-left: 1.75rem;
		}
	}
	@container (height < 3.75rem) {
		.detail {
			display: none;
		}
	}
`;
