import { type CSSResult, css } from "lit";

/** What a pad shows while it plays or waits: each sign has a shape of its own beside its colour. */
export const padSignStyles: CSSResult = css`
	.flash,
	.blink {
		position: absolute;
		inset: 0;
		opacity: 0;
		pointer-events: none;
	}
	.flash {
		background: white;
	}
	.blink {
		border: 3px dashed white;
		border-radius: inherit;
	}

	.sign,
	.held {
		display: inline-flex;
		flex: none;
		align-items: center;
		gap: 4px;
		padding: 2px 6px;
		border-radius: 6px;
		background: rgb(0 0 0 / 70%);
		color: white;
		font-size: 0.6875rem;
		font-weight: 650;
		font-variant-numeric: tabular-nums;
		line-height: 1.2;
	}
	.held:empty,
	:host(:not([sign])) .sign,
	:host([sign="idle"]) .sign {
		display: none;
	}
	.held {
		background: var(--amber);
		color: #1c1203;
	}
	.count:empty {
		display: none;
	}
	.shape {
		width: 9px;
		height: 9px;
		background: currentColor;
	}
	:host(:is([sign="playing"], [sign="restarting"])) .shape {
		clip-path: polygon(10% 0, 100% 50%, 10% 100%);
	}
	:host([sign="queued"]) .shape {
		border: 2px solid currentColor;
		border-radius: 50%;
		background: none;
	}
	:host([sign="paused"]) .shape {
		background: linear-gradient(90deg, currentColor 36%, transparent 36% 64%, currentColor 64%);
	}
	:host([sign="rolling"]) .shape {
		background: repeating-linear-gradient(90deg, currentColor 0 2px, transparent 2px 3.5px);
	}
	/* A padlock. */
	:host([sign="refused"]) .shape {
		position: relative;
		height: 6px;
		margin-top: 4px;
	}
	:host([sign="refused"]) .shape::before {
		content: "";
		position: absolute;
		bottom: 100%;
		left: 1px;
		width: 7px;
		height: 4px;
		border: solid currentColor;
		border-width: 1.5px 1.5px 0;
		border-radius: 4px 4px 0 0;
	}
	:host([sign="choked"]) .shape {
		clip-path: polygon(
			18% 0,
			50% 32%,
			82% 0,
			100% 18%,
			68% 50%,
			100% 82%,
			82% 100%,
			50% 68%,
			18% 100%,
			0 82%,
			32% 50%,
			0 18%
		);
	}

	:host([playing]) .pad {
		--bright: color-mix(in oklab, var(--accent) 88%, white);
		border-color: var(--accent);
		background: var(--bright);
		box-shadow:
			0 0 26px -2px color-mix(in oklab, var(--accent) 62%, transparent),
			inset 0 1px 0 rgb(255 255 255 / 45%);
		transition-duration: 0s;
	}
	:host([playing]) .muted {
		--bright: color-mix(in oklab, var(--accent) 60%, #888);
		background:
			repeating-linear-gradient(-45deg, rgb(0 0 0 / 28%) 0 7px, transparent 7px 14px),
			var(--bright);
	}
	:host([playing]) .wave {
		fill: black;
	}
	:host([playing]) :is(.title, .detail, .tone, .key, .mark, .menu, .stage, .percent) {
		color: #0d0e12;
	}
	/* A second line reaches up into the waveform, which is dark now. */
	:host([playing]) .title {
		align-self: start;
		border-radius: 4px;
		background: var(--bright);
	}
	:host([playing]) .key {
		border-color: rgb(0 0 0 / 45%);
	}
	:host([playing]) :is(.reason, .answer) {
		background: rgb(0 0 0 / 78%);
	}
	:host([playing]) .reason {
		padding: 1px 4px;
		border-radius: 4px;
	}
	:host([playing]) .track {
		background: rgb(0 0 0 / 30%);
	}
	:host([playing]) .bar {
		background: #0d0e12;
	}
	:host([playing]) .blink {
		border-color: #0d0e12;
	}
	:host([sign="refused"]) .pad {
		border-color: var(--amber);
	}
	:host([sign="paused"]) .pad {
		border-color: var(--accent);
		border-style: double;
		border-width: 3px;
	}
	:host([sign="choked"]) .pad {
		border-color: var(--line-strong);
		filter: grayscale(0.7);
	}

	/* Once per beat; without motion the dashes alone say it. */
	:host(:is([sign="queued"], [sign="restarting"], [sign="stopping"])) .blink {
		opacity: 1;
		animation: blink var(--beat-seconds, 0.5s) steps(2, jump-none) infinite;
	}
	@keyframes blink {
		from {
			opacity: 1;
		}
		to {
			opacity: 0.15;
		}
	}
`;
