import { html, type TemplateResult } from "lit";
import type { PadLoad } from "../session/pad-state.ts";
import { crossIcon, retryIcon } from "../theme/icons.browser.ts";
import { wholePercent } from "./pad-text.ts";

/** What a pad shows of a load: how far it is, or why it failed and what to do. */
export function loadFace(load: PadLoad, answers: { retry: () => void; dismiss: () => void }): TemplateResult {
	switch (load.phase) {
		case "waiting":
			return progressFace("Waiting", 0);
		case "loading":
			return progressFace(load.stage, load.percent);
		case "failed":
			return html`
				<p class="reason" role="alert" title=${load.reason}>${load.reason}</p>
				<div class="answers">
					<button class="answer" title="Retry" @click=${answers.retry}>${retryIcon}<span>Retry</span></button>
					<button class="answer" title="Dismiss" @click=${answers.dismiss}>${crossIcon}<span>Dismiss</span></button>
				</div>
			`;
	}
}

function progressFace(stage: string, share: number): TemplateResult {
	const percent = wholePercent(share);
	return html`
		<div class="progress-line"><span class="stage">${stage}</span><span class="percent">${percent}%</span></div>
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
