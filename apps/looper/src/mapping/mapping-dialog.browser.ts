import { type CSSResultGroup, html, nothing, type PropertyDeclarations, type TemplateResult } from "lit";
import type { Question } from "../app/question.ts";
import { saveFile } from "../app/save-file.browser.ts";
import { type KeyLabels, positionLabels } from "../input/keyboard-layout.browser.ts";
import { ListeningElement } from "../instrument/listening-element.browser.ts";
import { controlStyles } from "../theme/controls.browser.ts";
import { crossIcon } from "../theme/icons.browser.ts";
import { chooseMappingFile } from "./choose-mapping-file.browser.ts";
import type { Mapping } from "./mapping.ts";
import { mappingDialogStyles } from "./mapping-dialog-styles.browser.ts";
import { defaultMapping } from "./mapping-document.ts";
import { formatMapping } from "./mapping-file.ts";

const fileName = "flitzis-looper-mapping.json";

/** Devices and bindings of the mapping. Sends `show-keys` for the list of all keys. */
export class MappingDialog extends ListeningElement {
	static override styles: CSSResultGroup = [controlStyles, mappingDialogStyles];
	static override properties: PropertyDeclarations = {
		mapping: { attribute: false },
		keyLabels: { attribute: false },
		ask: { attribute: false },
		problem: { state: true },
	};

	declare mapping: Mapping;
	declare keyLabels: KeyLabels;
	/** Asks before something is lost. */
	declare ask: (question: Question) => Promise<boolean>;
	/** Why the last import was refused; null when it was not. */
	declare problem: string | null;

	constructor() {
		super();
		this.keyLabels = positionLabels;
		this.ask = () => Promise.resolve(true);
		this.problem = null;
	}

	protected override listen(): readonly (() => void)[] {
		return [this.mapping.store.changes.add(() => this.requestUpdate())];
	}

	open(): void {
		this.problem = null;
		this.#dialog.showModal();
	}

	get #dialog(): HTMLDialogElement {
		return this.renderRoot.querySelector("dialog")!;
	}

	protected override render(): TemplateResult {
		const { store } = this.mapping;
		// Keys pressed in the open dialog must not play pads.
		return html`
			<dialog aria-labelledby="title" @keydown=${(event: KeyboardEvent) => event.stopPropagation()}>
				<div class="head">
					<h2 id="title">Keys and controllers</h2>
					<button class="control square" aria-label="Close" @click=${() => this.#dialog.close()}>${crossIcon}</button>
				</div>
				<div class="body">
					<device-list .mapping=${this.mapping}></device-list>
					<label class="check">
						<input type="checkbox" .checked=${store.document.hasPickup} @change=${this.#switchPickup} />
						A knob moves a value only after it has reached it
					</label>
					<binding-list .store=${store} .keyLabels=${this.keyLabels}></binding-list>
				</div>
				${
					this.problem === null
						? nothing
						: html`<p class="problem" role="alert">The file was not imported. ${this.problem}</p>`
				}
				<div class="foot">
					<button class="control first" @click=${this.#learn}>Learn</button>
					<button class="control" @click=${this.#showKeys}>All keys</button>
					<button class="control apart" @click=${this.#export}>Export</button>
					<button class="control" @click=${this.#import}>Import…</button>
					<button class="control" @click=${this.#reset}>Reset</button>
				</div>
			</dialog>
		`;
	}

	readonly #switchPickup = ({ currentTarget }: Event): void => {
		const { store } = this.mapping;
		if (currentTarget instanceof HTMLInputElement) {
			store.replace({ ...store.document, hasPickup: currentTarget.checked });
		}
	};

	readonly #learn = (): void => {
		this.#dialog.close();
		this.mapping.learning.begin();
	};

	readonly #showKeys = (): void => {
		this.#dialog.close();
		this.dispatchEvent(new Event("show-keys"));
	};

	readonly #export = (): void =>
		saveFile(fileName, new Blob([formatMapping(this.mapping.store.document)], { type: "application/json" }));

	readonly #import = async (): Promise<void> => {
		const text = await chooseMappingFile();
		if (text !== null) this.problem = this.mapping.store.import(text);
	};

	readonly #reset = async (): Promise<void> => {
		const text = "All bindings, lights and clocks are removed. The keyboard plays the pads as on the first start.";
		if (await this.ask({ text, consent: "Reset the mapping" })) this.mapping.store.replace(defaultMapping);
	};
}
