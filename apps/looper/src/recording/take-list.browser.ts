import type { TakeFormat } from "flitzis-looper";
import { type CSSResultGroup, html, nothing, type PropertyDeclarations, type TemplateResult } from "lit";
import type { Question } from "../app/question.ts";
import type { Choice } from "../choice/choice.ts";
import type { ChoiceField } from "../choice/choice-field.browser.ts";
import type { Instrument } from "../instrument/instrument.ts";
import { ListeningElement } from "../instrument/listening-element.browser.ts";
import type { Notice } from "../instrument/notices.ts";
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

/** Windows that the list covers, as the styles say: there it is modal. */
const coveredWindow = "(width < 560px)";

/**
 * The takes: the level of the next one, and what can be done with those that there are. It lies beside the instrument, which is
 * played meanwhile.
 */
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
	/** The latest notice, where the open list hides it; null when there is none. */
	declare news: Notice | null;
	#isModal = false;
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
			this.instrument.notices.added.add((notice) => {
				if (this.#isModal) this.news = notice;
			}),
			() => document.removeEventListener("keydown", this.#pressKey),
		];
	}

	/** Opens the list, or closes it when it is open. */
	async toggle(): Promise<void> {
		if (this.#dialog?.open === true) {
			this.close();
			return;
		}
		const { pads, banks } = this.instrument;
		this.pad = firstEmptyPad(pads.states, banks.shown);
		this.news = null;
		await this.updateComplete;
		this.#show();
		void this.renderRoot.querySelector("next-take")?.readRoom();
	}

	close(): void {
		this.#dialog?.close();
	}

	#show(): void {
		const dialog = this.#dialog;
		if (dialog === null) return;
		this.#isModal = matchMedia(coveredWindow).matches;
		if (this.#isModal) {
			dialog.showModal();
			return;
		}
		dialog.show();
		// Before the window's, which stops the sound.
		document.addEventListener("keydown", this.#pressKey);
	}

	get #recording(): Recording {
		return this.instrument.recording!;
	}

	get #dialog(): HTMLDialogElement | null {
		return this.renderRoot.querySelector("dialog");
	}

	protected override render(): TemplateResult {
		const { list } = this.#recording.takes;
		const { news } = this;
		return html`
			<dialog
				aria-labelledby="title"
				@keydown=${(event: KeyboardEvent) => {
					// Where the list hides the pads, its keys must not play them.
					if (this.#isModal) event.stopPropagation();
				}}
				@close=${this.#close}
			>
				<div class="head">
					<h2 id="title">Takes</h2>
					<button class="control square" aria-label="Close" @click=${() => this.close()}>${crossIcon}</button>
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
				${news === null ? nothing : html`<p class=${news.tone === "error" ? "problem" : "news"} role="status">${news.text}</p>`}
			</dialog>
		`;
	}

	readonly #close = (): void => {
		document.removeEventListener("keydown", this.#pressKey);
		this.#player.stop();
	};

	/** Menus and dialogs on top keep their keys from getting here. */
	readonly #pressKey = (event: KeyboardEvent): void => {
		if (event.code !== "Escape" || event.altKey || event.isComposing) return;
		event.stopPropagation();
		event.preventDefault();
		this.close();
	};

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
