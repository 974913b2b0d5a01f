import { html, nothing, type TemplateResult } from "lit";
import { formatLength } from "../performance/performance-text.ts";
import { emptyIcon, startIcon, stopIcon } from "../theme/icons.browser.ts";
import type { KeptTake } from "./kept-take.ts";
import { formatTakeDate } from "./take-texts.ts";

/** What can be done with a take. */
export interface TakeActions {
	play(take: KeptTake): void;
	rename(take: KeptTake, field: HTMLInputElement): void;
	saveWav(take: KeptTake): void;
	savePerformance(take: KeptTake): void;
	putOnPad(take: KeptTake): void;
	remove(take: KeptTake): void;
}

/** What a row shows besides its take. */
export interface RowState {
	/** Where the take plays, in seconds; null while it does not. */
	readonly playedSeconds: number | null;
	/** The pad that it would be put on. */
	readonly padTitle: string;
}

/** A take in the list, and what can be done with it. */
export function takeRow(take: KeptTake, { playedSeconds, padTitle }: RowState, actions: TakeActions): TemplateResult {
	const { name, frames, sampleRate, recordedAt } = take;
	const isPlaying = playedSeconds !== null;
	const length = formatLength(frames / sampleRate);
	return html`
		<li class="take" data-take=${take.id}>
			<button
				class="control square play"
				aria-label="${isPlaying ? "Stop" : "Play"} ${name}"
				title=${isPlaying ? "Stop" : "Play"}
				aria-pressed=${isPlaying}
				@click=${() => actions.play(take)}
			>
				${isPlaying ? stopIcon : startIcon}
			</button>
			<div class="what">
				<input
					type="text"
					maxlength="100"
					autocomplete="off"
					aria-label="Name of ${name}"
					.value=${name}
					@change=${({ currentTarget }: Event) => {
						if (currentTarget instanceof HTMLInputElement) actions.rename(take, currentTarget);
					}}
				/>
				<span class="facts">
					<span class="length">${isPlaying ? `${formatLength(playedSeconds)} / ${length}` : length}</span>
					<span>${formatTakeDate(recordedAt)}</span>
					${remarks(take).map((remark) => html`<span class="remark">${remark}</span>`)}
				</span>
			</div>
			<div class="deeds">
				<button class="control" aria-label="Save WAV of ${name}" @click=${() => actions.saveWav(take)}>Save WAV</button>
				${
					take.hasPerformance
						? html`<button
								class="control"
								aria-label="Performance of ${name}: save"
								title="What was played, as a file that can be rendered again"
								@click=${() => actions.savePerformance(take)}
							>
								Performance
							</button>`
						: nothing
				}
				<button
					class="control"
					aria-label="To pad ${padTitle}: put ${name} there"
					title="Put it on pad ${padTitle}"
					@click=${() => actions.putOnPad(take)}
				>
					To pad
				</button>
				<button class="control square" aria-label="Delete ${name}" title="Delete…" @click=${() => actions.remove(take)}>
					${emptyIcon}
				</button>
			</div>
		</li>
	`;
}

function remarks({ isUnfinished, isStored, lostFrames, sampleRate }: KeptTake): readonly string[] {
	return [
		...(isUnfinished ? ["Not finished"] : []),
		...(isStored ? [] : ["Until the page is left"]),
		...(lostFrames > 0 ? [`${(lostFrames / sampleRate).toFixed(1)} s lost at its end`] : []),
	];
}
