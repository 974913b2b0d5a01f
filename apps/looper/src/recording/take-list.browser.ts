import type { TakeFormat } from "flitzis-looper";
import { type CSSResultGroup, html, nothing, type PropertyDeclarations, type TemplateResult } from "lit";
import type { Question } from "../app/confirm-dialog.browser.ts";
import type { Choice } from "../choice/choice.ts";
import type { ChoiceField } from "../choice/choice-field.browser.ts";
import type { Instrument } from "../instrument/instrument.ts";
import { ListeningElement } from "../instrument/listening-element.browser.ts";
import { mappingDialogStyles } from "../mapping/mapping-dialog-styles.browser.ts";
import { controlStyles } from "../theme/controls.browser.ts";
import { crossIcon } from "../theme/icons.browser.ts";
import type { KeptTake } from "./kept-take.ts";
import { firstEmptyPad, padChoices, padText } from "./pad-choices.ts";
import type { Recording } from "./recording.ts";
import { playTake, putTake, renameTake, saveTake } from "./take-deeds.browser.ts";
import { takeListStyles } from "./take-list-styles.browser.ts";
import { TakePlayer } from "./take-player.browser.ts";
import { type TakeActions, takeRow } from "./take-row.browser.ts";

const formatChoices: readonly (Choice & { readonly value: TakeFormat })[] = [
	{ value: "f32", text: "32-bit float" },
	{ value: "s24", text: "24-bit" },
];

/** The takes: the level of the next one, and what can be done with those that there are. */
export class TakeList extends ListeningElement {
	static override styles: CSSResultGroup = [controlStyles, mappingDialogStyles, takeListStyles];
	static override properties: PropertyDeclarations = {
		instrument: { attribute: false },
		ask: { attribute: false },
		format: { state: true },
		pad: { state: true },
		news: { state: true },
	};

	declare instrument: Instrument;
	declare ask: (question: Question) => Promise<boolean>;
	declare format: TakeFormat;
	/** The pad that takes are put on. */
	declare pad: number;
	/** The latest notice, which the open dialog would hide; null when there is none. */
	declare news: string | null;
	readonly #player = new TakePlayer(() => this.requestUpdate());

	constructor() {
		super();
		this.format = "f32";
		this.pad = 0;
		this.news = null;
	}

	protected override listen(): readonly (() => void)[] {
		const { takes } = this.#recording;
		return [
			takes.changes.add(() => this.requestUpdate()),
			this.instrument.notices.added.add(({ text }) => {
				this.news = text;
			}),
		];
	}

	async open(): Promise<void> {
		const { pads, banks } = this.instrument;
		this.pad = firstEmptyPad(pads.states, banks.shown);
		this.news = null;
		await this.updateComplete;
		this.#dialog?.showModal();
		void this.renderRoot.querySelector("next-take")?.readRoom();
	}

	get #recording(): Recording {
		return this.instrument.recording!;
	}

	get #dialog(): HTMLDialogElement | null {
		return this.renderRoot.querySelector("dialog");
	}

	protected override render(): TemplateResult {
		const { list } = this.#recording.takes;
		// Keys pressed in the open dialog must not play pads.
		return html`
			<dialog
				aria-labelledby="title"
				@keydown=${(event: KeyboardEvent) => event.stopPropagation()}
				@close=${() => this.#player.stop()}
			>
				<div class="head">
					<h2 id="title">Takes</h2>
					<button class="control square" aria-label="Close" @click=${() => this.#dialog?.close()}>${crossIcon}</button>
				</div>
				<div class="body">
					<next-take .instrument=${this.instrument}></next-take>
					${
						list.length === 0
							? html`<p>Nothing is recorded yet. A take holds what is heard, to the bit, and what you play meanwhile.</p>`
							: html`<section aria-label="All takes">
									${this.#choices()}
									<ul>${list.map((take) => this.#row(take))}</ul>
								</section>`
					}
				</div>
				${this.news === null ? nothing : html`<p class="problem" role="status">${this.news}</p>`}
			</dialog>
		`;
	}

	#choices(): TemplateResult {
		const { states } = this.instrument.pads;
		return html`
			<div class="choices">
				<choice-field
					label="Save as"
					.choices=${formatChoices}
					.value=${this.format}
					@change=${({ currentTarget }: { readonly currentTarget: ChoiceField }) => {
						this.format = currentTarget.value === "s24" ? "s24" : "f32";
					}}
				></choice-field>
				<choice-field
					label="To pad"
					.choices=${padChoices(states, "all")}
					.value=${String(this.pad)}
					@change=${({ currentTarget }: { readonly currentTarget: ChoiceField }) => {
						this.pad = Number(currentTarget.value);
					}}
				></choice-field>
			</div>
		`;
	}

	#row(take: KeptTake): TemplateResult {
		const playedSeconds = this.#player.playing === take.id ? this.#player.seconds : null;
		const padTitle = padText(this.pad, this.instrument.pads.states[this.pad]!);
		return takeRow(take, { playedSeconds, padTitle }, this.#actions);
	}

	readonly #actions: TakeActions = {
		play: (take) => void playTake(take, this.#player, this.instrument),
		rename: (take, field) => void renameTake(take, field, this.instrument),
		saveWav: (take) => void saveTake(this.#recording.takes.wav(take.id, this.format)),
		savePerformance: (take) => void saveTake(this.#recording.takes.performance(take.id)),
		putOnPad: (take) => void this.#putOnPad(take),
		remove: (take) => void this.#remove(take),
	};

	async #putOnPad(take: KeptTake): Promise<void> {
		await putTake(take, this.pad, this.instrument);
		this.pad = firstEmptyPad(this.instrument.pads.states, this.instrument.banks.shown);
	}

	async #remove({ id, name }: KeptTake): Promise<void> {
		const text = `The take “${name}” is deleted for good.`;
		if (!(await this.ask({ text, consent: "Delete the take" }))) return;
		if (this.#player.playing === id) this.#player.stop();
		await this.#recording.takes.remove(id);
		await this.updateComplete;
		const next = this.renderRoot.querySelector<HTMLElement>(".take .play") ?? this.#dialog?.querySelector("button");
		next?.focus();
	}
}

declare global {
	interface HTMLElementTagNameMap {
		"take-list": TakeList;
	}
}
