import { type CSSResultGroup, css, html, nothing, type PropertyDeclarations, type TemplateResult } from "lit";
import { type KeyLabels, positionLabels } from "../input/keyboard-layout.browser.ts";
import { ListeningElement } from "../instrument/listening-element.browser.ts";
import { controlStyles } from "../theme/controls.browser.ts";
import { listenWhileLearning } from "./learn-events.browser.ts";
import { learnText } from "./learn-text.ts";
import type { LearnState } from "./learning.ts";
import type { Mapping } from "./mapping.ts";
import { mappingDialogStyles } from "./mapping-dialog-styles.browser.ts";
import { offeredTargets } from "./target-list.ts";
import { targetTitle } from "./target-titles.ts";

/** Leads through learning, beside the instrument whose parts can be touched meanwhile. */
export class LearnBar extends ListeningElement {
	static override styles: CSSResultGroup = [
		controlStyles,
		mappingDialogStyles,
		css`
			:host {
				position: sticky;
				z-index: 9;
				bottom: max(10px, env(safe-area-inset-bottom));
				display: grid;
				/* Or it would be as wide as the longest name in its list. */
				grid-template-columns: minmax(0, 1fr);
				justify-items: center;
			}
			.bar {
				display: flex;
				flex-wrap: wrap;
				align-items: center;
				gap: 8px 12px;
				width: min(900px, 100%);
				padding: 10px 12px 10px 16px;
				border: 1px solid var(--teal);
				border-radius: 14px;
				background: #16302f;
				box-shadow: 0 14px 40px rgb(0 0 0 / 60%);
			}
			.text {
				flex: 1 1 260px;
				color: var(--text);
				font-size: 0.9375rem;
			}
			.refusal {
				color: var(--amber);
			}
		`,
	];
	static override properties: PropertyDeclarations = {
		mapping: { attribute: false },
		keyLabels: { attribute: false },
		state: { state: true },
	};

	declare mapping: Mapping;
	declare keyLabels: KeyLabels;
	declare state: LearnState;

	constructor() {
		super();
		this.keyLabels = positionLabels;
		this.state = { phase: "off" };
	}

	protected override listen(): readonly (() => void)[] {
		const { learning } = this.mapping;
		return [
			learning.changes.add((state) => {
				const hasBegun = this.state.phase === "off" && state.phase !== "off";
				this.state = state;
				this.requestUpdate();
				if (hasBegun) void this.updateComplete.then(() => this.renderRoot.querySelector("select")?.focus());
			}),
			listenWhileLearning(learning, this),
		];
	}

	protected override render(): TemplateResult | typeof nothing {
		const { state } = this;
		if (state.phase === "off") return nothing;
		const { learning } = this.mapping;
		const isChosen = state.phase === "control";
		return html`
			<div class="bar" role="region" aria-label="Learn a control">
				<p class="text" role="status">
					${learnText(state, this.keyLabels)}
					${isChosen && state.refusal !== null ? html`<span class="refusal">${state.refusal}</span>` : nothing}
				</p>
				${isChosen ? nothing : this.#choice()}
				${isChosen && !("pad" in state.target) ? nothing : this.#fixing()}
				${isChosen ? html`<button class="control" @click=${() => learning.back()}>Back</button>` : nothing}
				<button class="control first" @click=${() => learning.end()}>Done</button>
			</div>
		`;
	}

	/** Of targets without a pad there is nothing to keep. */
	#fixing(): TemplateResult {
		const { learning } = this.mapping;
		return html`
			<label class="check" title="The binding keeps the pad that is meant now, whatever bank is shown later">
				<input
					type="checkbox"
					.checked=${learning.isFixed}
					@change=${({ currentTarget }: Event) => {
						if (currentTarget instanceof HTMLInputElement) learning.fix(currentTarget.checked);
					}}
				/>
				Only in this bank
			</label>
		`;
	}

	#choice(): TemplateResult {
		const groups = offeredTargets(this.mapping.actions);
		const targets = groups.flatMap((group) => group.targets);
		return html`
			<select
				aria-label="What to bind"
				@change=${({ currentTarget }: Event) => {
					if (!(currentTarget instanceof HTMLSelectElement)) return;
					const target = targets[currentTarget.selectedIndex - 1];
					if (target !== undefined) this.mapping.learning.choose(target);
				}}
			>
				<option>Choose…</option>
				${groups.map(
					(group) => html`
						<optgroup label=${group.title}>
							${group.targets.map((target) => html`<option>${targetTitle(target)}</option>`)}
						</optgroup>
					`,
				)}
			</select>
		`;
	}
}
