import { html, nothing, type TemplateResult } from "lit";
import type { AnalysisProgress, PadAnalyses } from "../analysis/pad-analyses.ts";
import type { PadState } from "../instrument/pad-state.ts";
import { keyText, loudnessText, tempoText } from "./found-text.ts";

/** What was found in the pad's sample, or how far the search is. */
export function foundLine(
	pad: number,
	states: readonly PadState[],
	analyses: PadAnalyses,
): TemplateResult | typeof nothing {
	const { analysis, settings } = states[pad]!;
	if (analysis !== null) {
		const texts = [
			tempoText(analysis, settings.lengthBeats),
			keyText(analysis, pad, states),
			loudnessText(analysis),
		].filter((text) => text !== null);
		return html`<p class="found">${texts.join(" · ")}</p>`;
	}
	const progress = analyses.progressOf(pad);
	if (progress === null) return nothing;
	if (progress.phase !== "failed") return html`<p class="found">${progressText(progress)}</p>`;
	return html`<p class="found lack" role="status">
		${progress.reason} <button class="switch plain" @click=${() => analyses.retry(pad)}>Try again</button>
	</p>`;
}

function progressText(progress: Exclude<AnalysisProgress, { readonly phase: "failed" }>): string {
	return progress.phase === "waiting"
		? "Tempo and key are found when other sounds have been loaded…"
		: `${progress.stage} ${Math.floor(progress.percent)} %`;
}
