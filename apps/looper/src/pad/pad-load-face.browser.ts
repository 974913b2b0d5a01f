import { html, type TemplateResult } from "lit";
import type { PadLoad } from "../instrument/pad-state.ts";
import { crossIcon, retryIcon } from "../theme/icons.browser.ts";
import { wholePercent } from "./pad-text.ts";

/** A load on the pad's face: its progress, or why it failed and what to do. */
export function loadFace(load: PadLoad, answers: { retry: () => void; dismiss: () => void }): TemplateResult {
	if (load.phase === "waiting") return progressFace("Waiting", 0);
	if (load.phase === "loading") return progressFace(load.stage, load.percent);
	return html`
		<p class="reason">${load.reason}</p>
		<div class="answers">
			<button class="answer retry" @click=${answers.retry}>${retryIcon}<span>Retry</span></button>
			<button class="answer" title="Dismiss" aria-label="Dismiss" @click=${answers.dismiss}>${crossIcon}</button>
		</div>
	`;
}

function progressFace(stage: string, share: number): TemplateResult {
	const percent = wholePercent(share);
	return html`
		<div class="progress">
			<div class="stage">${stage}</div>
			<div class="percent">${percent}%</div>
		</div>
		<div
			class="track"
			role="progressbar"
			aria-label=${stage}
			aria-valuemin="0"
			aria-valuemax="100"
			aria-valuenow=${percent}
		>
			<div class="bar"></div>
		</div>
	`;
}
