import { html, type TemplateResult } from "lit";
import type { PadLoad } from "../instrument/pad-state.ts";
import { crossIcon, retryIcon } from "../theme/icons.browser.ts";

/** A load on the pad's face: its progress, which `PadProgress` fills in, or why it failed and what to do. */
export function loadFace(load: PadLoad, answers: { retry: () => void; dismiss: () => void }): TemplateResult {
	if (load.phase !== "failed") return progressFace;
	return html`
		<p class="reason">${load.reason}</p>
		<div class="answers">
			<button class="answer retry" @click=${answers.retry}>${retryIcon}<span>Retry</span></button>
			<button class="answer" title="Dismiss" aria-label="Dismiss" @click=${answers.dismiss}>${crossIcon}</button>
		</div>
	`;
}

const progressFace: TemplateResult = html`
	<div class="progress">
		<div class="stage"></div>
		<div class="percent"></div>
	</div>
	<div class="track" role="progressbar" aria-valuemin="0" aria-valuemax="100"><div class="bar"></div></div>
`;
