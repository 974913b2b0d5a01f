import { type CSSResultGroup, html, nothing, type PropertyDeclarations, type TemplateResult } from "lit";
import { chooseFiles } from "../app/choose-files.browser.ts";
import type { Question } from "../app/question.ts";
import { saveFile } from "../app/save-file.browser.ts";
import type { Instrument } from "../instrument/instrument.ts";
import { ListeningElement } from "../instrument/listening-element.browser.ts";
import { controlStyles } from "../theme/controls.browser.ts";
import { copyIcon, emptyIcon, exportIcon, loadIcon, plusIcon, setIcon, tickIcon } from "../theme/icons.browser.ts";
import { sheetStyles } from "../theme/sheets.browser.ts";
import { endingText, mayReplace, mayStop } from "./may-stop.ts";
import { SetFileRequest } from "./set-file-request.browser.ts";
import { setMenuStyles } from "./set-menu-styles.browser.ts";
import type { CurrentSet } from "./set-saver.ts";
import type { Sets } from "./sets.ts";

/** What the file chooser shows. */
const archiveTypes = ".zip,application/zip";
/** As the styles say. */
const sheetWidth = 304;
const margin = 8;

/** The sets: which is open, and what can be done with them. */
export class SetMenu extends ListeningElement {
	static override styles: CSSResultGroup = [controlStyles, sheetStyles, setMenuStyles];
	static override properties: PropertyDeclarations = {
		sets: { attribute: false },
		instrument: { attribute: false },
		ask: { attribute: false },
		isOpen: { state: true },
	};

	declare sets: Sets;
	/** Knows what plays and is recorded. */
	declare instrument: Pick<Instrument, "presses" | "recording">;
	/** Asks the performer before something is lost. */
	declare ask: (question: Question) => Promise<boolean>;
	declare isOpen: boolean;

	constructor() {
		super();
		this.isOpen = false;
	}

	protected override listen(): readonly (() => void)[] {
		return [this.sets.changes.add(() => this.requestUpdate())];
	}

	get #sheet(): HTMLElement {
		return this.renderRoot.querySelector<HTMLElement>(".sheet")!;
	}

	get #button(): HTMLElement {
		return this.renderRoot.querySelector<HTMLElement>(".open")!;
	}

	/** Places the sheet below the button, before it is shown. */
	readonly #place = ({ newState }: ToggleEvent): void => {
		this.isOpen = newState === "open";
		const button = this.#button.getBoundingClientRect();
		const rightmost = document.documentElement.clientWidth - sheetWidth - margin;
		const { style } = this.#sheet;
		style.left = `${Math.max(margin, Math.min(button.left, rightmost))}px`;
		style.top = `${button.bottom + margin}px`;
		style.maxHeight = `${window.innerHeight - button.bottom - 2 * margin}px`;
	};

	/** Keys pressed in the open menu must not play pads. */
	readonly #pressKey = (event: KeyboardEvent): void => {
		event.stopPropagation();
		if (event.code !== "Escape") return;
		event.preventDefault();
		this.#close();
	};

	#close(): void {
		this.#sheet.hidePopover();
		this.#button.focus();
	}

	#choose(action: () => Promise<void>): void {
		this.#close();
		void action();
	}

	readonly #rename = ({ currentTarget }: Event): void => {
		if (currentTarget instanceof HTMLInputElement) void this.#renameTo(currentTarget);
	};

	/** The field shows the name that the set has, also when the new one cannot be had. */
	async #renameTo(field: HTMLInputElement): Promise<void> {
		await this.sets.rename(field.value);
		field.value = this.sets.current?.name ?? "";
	}

	readonly #pressNameKey = (event: KeyboardEvent): void => {
		if (event.code !== "Enter" || event.isComposing || !(event.currentTarget instanceof HTMLInputElement)) return;
		// Otherwise the key would press the button, which gets the focus.
		event.preventDefault();
		const field = event.currentTarget;
		this.#choose(() => this.#renameTo(field));
	};

	readonly #export = async (): Promise<void> => {
		const exported = await this.sets.exportSet();
		if (exported !== null) saveFile(exported.fileName, exported.file);
	};

	readonly #import = async (): Promise<void> => {
		for (const file of await chooseFiles({ multiple: false, accept: archiveTypes })) {
			this.dispatchEvent(new SetFileRequest(file));
		}
	};

	async #open(id: string): Promise<void> {
		if (id !== this.sets.current?.id && (await mayStop(this, "Open the set"))) await this.sets.open(id);
	}

	readonly #delete = async (): Promise<void> => {
		const { current } = this.sets;
		if (current === null) return;
		const text = `The set “${current.name}” is deleted, with the sounds that no other set has. ${endingText(this.instrument)}`;
		if (await this.ask({ text: text.trim(), consent: "Delete the set" })) await this.sets.remove(current.id);
	};

	readonly #create = async (): Promise<void> => {
		if (await mayReplace(this, "Begin a new set")) await this.sets.create();
	};

	protected override render(): TemplateResult {
		const { current, list, obstacle } = this.sets;
		const name = current?.name ?? "Set";
		return html`
			<button
				class="control open"
				title="Sets"
				aria-label="Set: ${name}"
				aria-haspopup="dialog"
				aria-busy=${this.sets.isLoadingArchive}
				aria-expanded=${this.isOpen}
				popovertarget="sheet"
			>
				${setIcon}<span>${name}</span>
			</button>
			<div
				id="sheet"
				class="sheet"
				popover="auto"
				role="dialog"
				aria-label="Sets"
				tabindex="-1"
				autofocus
				@beforetoggle=${this.#place}
				@keydown=${this.#pressKey}
			>
				<label class="name">
					Name of this set
					<input
						type="text"
						maxlength="100"
						autocomplete="off"
						.value=${name}
						@change=${this.#rename}
						@keydown=${this.#pressNameKey}
					/>
				</label>
				${list.length > 1 ? html`<ul class="group sets" aria-label="All sets">${list.map((set) => this.#setItem(set))}</ul>` : nothing}
				<div class="group">
					${this.#item(plusIcon, "New set", this.#create)}
					${obstacle === null ? this.#item(copyIcon, "Duplicate", () => this.sets.duplicate()) : nothing}
					${obstacle === null ? this.#item(emptyIcon, "Delete…", this.#delete) : nothing}
				</div>
				<div class="group">
					${this.#item(exportIcon, "Export as a file", this.#export)}
					${this.#item(loadIcon, "Import a file…", this.#import)}
				</div>
				${obstacle === null ? nothing : html`<p class="obstacle">Sets are not kept. ${obstacle}</p>`}
			</div>
		`;
	}

	#setItem({ id, name }: CurrentSet): TemplateResult {
		const isCurrent = id === this.sets.current?.id;
		return html`
			<li>
				<button
					class="item"
					aria-current=${isCurrent}
					@click=${() => this.#choose(() => this.#open(id))}
				>
					<span class="tick">${tickIcon}</span><span>${name}</span>
				</button>
			</li>
		`;
	}

	#item(icon: TemplateResult, text: string, action: () => Promise<void>): TemplateResult {
		return html`
			<button class="item" @click=${() => this.#choose(action)}>${icon}<span>${text}</span></button>
		`;
	}
}
