import { type CSSResultGroup, html, nothing, type PropertyDeclarations, type TemplateResult } from "lit";
import { chopCounts } from "../instrument/chop.ts";
import type { History } from "../instrument/history.ts";
import { ListeningElement } from "../instrument/listening-element.browser.ts";
import { emptyPad, isLoadLive, type PadState } from "../instrument/pad-state.ts";
import type { Pads } from "../instrument/pads.ts";
import type { Presses } from "../instrument/presses.ts";
import type { Selection } from "../instrument/selection.ts";
import { PadFilesRequest, PadRecordRequest, PadSettingsRequest } from "../pad/pad-requests.browser.ts";
import { formatDuration, padTitle } from "../pad/pad-text.ts";
import { controlStyles } from "../theme/controls.browser.ts";
import { chopIcon, crossIcon, discIcon, emptyIcon, knobIcon, loadIcon, stopIcon } from "../theme/icons.browser.ts";
import { sheetStyles } from "../theme/sheets.browser.ts";
import { placeBeside } from "./menu-place.ts";
import { padMenuStyles } from "./pad-menu-styles.browser.ts";

/** The menu of one pad, or of several that are selected. */
export class PadMenu extends ListeningElement {
	static override styles: CSSResultGroup = [controlStyles, sheetStyles, padMenuStyles];
	static override properties: PropertyDeclarations = {
		history: { attribute: false },
		pads: { attribute: false },
		presses: { attribute: false },
		selection: { attribute: false },
		pad: { state: true },
	};

	declare history: History;
	declare pads: Pads;
	declare presses: Presses;
	declare selection: Selection;
	declare pad: number | null;
	#anchor: DOMRectReadOnly | undefined;
	#returnFocus: (() => void) | undefined;

	constructor() {
		super();
		this.pad = null;
	}

	protected override listen(): readonly (() => void)[] {
		const closeOutside = (event: Event): void => {
			if (!event.composedPath().includes(this)) this.#close();
		};
		window.addEventListener("pointerdown", closeOutside, true);
		return [
			() => window.removeEventListener("pointerdown", closeOutside, true),
			this.pads.changes.add((pad) => {
				if (pad === this.pad) this.requestUpdate();
			}),
		];
	}

	/** Opens the menu beside `anchor`. `returnFocus` is called when a choice or Escape closes it. */
	async open(pad: number, anchor: DOMRectReadOnly, returnFocus: () => void): Promise<void> {
		this.pad = pad;
		this.#anchor = anchor;
		this.#returnFocus = returnFocus;
		await this.updateComplete;
		this.#sheet.showPopover();
		this.#place();
		this.#items[0]?.focus();
	}

	/** Also called when a load ends or fails, which changes the menu's height. */
	#place(): void {
		if (this.#anchor === undefined || this.pad === null) return;
		const sheet = this.#sheet;
		const { left, top } = placeBeside(this.#anchor, sheet.getBoundingClientRect(), {
			width: document.documentElement.clientWidth,
			height: window.innerHeight,
		});
		sheet.style.left = `${left}px`;
		sheet.style.top = `${top}px`;
	}

	get #sheet(): HTMLElement {
		return this.renderRoot.querySelector<HTMLElement>(".sheet")!;
	}

	get #items(): readonly HTMLElement[] {
		return [...this.renderRoot.querySelectorAll<HTMLElement>(".item")];
	}

	#close(): void {
		if (this.pad === null) return;
		this.pad = null;
		this.#sheet.hidePopover();
	}

	#choose(action: (pad: number) => void): void {
		const { pad } = this;
		if (pad === null) return;
		this.#close();
		this.#returnFocus?.();
		action(pad);
	}

	readonly #pressKey = (event: KeyboardEvent): void => {
		// Keys pressed in the open menu must not play pads.
		event.stopPropagation();
		const items = this.#items;
		if (event.code === "Escape" || event.code === "Tab") {
			event.preventDefault();
			this.#choose(() => {});
			return;
		}
		const focused = items.findIndex((item) => item.matches(":focus"));
		const next = { ArrowDown: focused + 1, ArrowUp: focused - 1, Home: 0, End: -1 }[event.code];
		if (next === undefined) return;
		event.preventDefault();
		items.at(next % items.length)?.focus();
	};

	protected override updated(): void {
		this.#place();
	}

	protected override render(): TemplateResult {
		const state = this.pad === null ? emptyPad : (this.pads.states[this.pad] ?? emptyPad);
		const name = `Pad ${(this.pad ?? 0) + 1}`;
		return html`
			<div class="sheet" popover="manual" role="dialog" aria-label=${name} @keydown=${this.#pressKey}>
				<div class="heading">${this.#heading(state)}${this.#others()}</div>
				<div role="menu" aria-label=${name}>${this.#itemsFor(state)}</div>
			</div>
		`;
	}

	#heading(state: PadState): TemplateResult {
		const { sample, load } = state;
		const reason = load?.phase === "failed" ? html`<span class="warning">${load.reason}</span>` : nothing;
		if (sample === null) return html`<strong>${load?.wanted.title ?? "Empty pad"}</strong>${reason}`;
		return html`
			<strong>${padTitle(state)}</strong>
			${reason}
			<span>${formatDuration(sample.durationSec)}</span>
			${sample.warnings.map((warning) => html`<span class="warning">${warning}</span>`)}
		`;
	}

	/** Says that an edit changes more than this pad. */
	#others(): TemplateResult | typeof nothing {
		const count = this.pad === null ? 0 : this.selection.editedWith(this.pad).length;
		return count < 2 ? nothing : html`<span>Changes all ${count} selected pads</span>`;
	}

	#itemsFor(state: PadState): TemplateResult {
		const { sample, load } = state;
		const chooseFiles = (pad: number): void => void this.dispatchEvent(new PadFilesRequest(pad));
		const cancel = (pad: number): void => this.pads.dismissLoad(pad);
		const showSettings = (pad: number): void => void this.dispatchEvent(new PadSettingsRequest(pad));
		const record = (pad: number): void => void this.dispatchEvent(new PadRecordRequest(pad));
		const each = (label: string, action: (pad: number) => void) => (pad: number) => {
			const edited = this.selection.editedWith(pad);
			if (edited.length < 2) edited.forEach(action);
			else this.history.group(`${label} of ${edited.length} pads`, () => edited.forEach(action));
		};
		const stop = each("Stop", (pad) => this.presses.perform({ type: "stop", pad }));
		const isSounding = this.pad !== null && this.presses.isSounding(this.pad);
		const empty = each("Emptying", (pad) => this.pads.empty(pad));
		return html`
			${this.#item(loadIcon, sample === null ? "Load…" : "Replace…", chooseFiles)}
			${isLoadLive(state) ? this.#item(crossIcon, "Cancel loading", cancel) : nothing}
			${this.#item(discIcon, "Record here…", record)}
			${this.#item(knobIcon, "Settings…", showSettings)}
			${sample === null || load !== null ? nothing : this.#chopItems()}
			${sample === null && !isSounding ? nothing : this.#item(stopIcon, "Stop", stop)}
			${sample === null && load === null ? nothing : this.#item(emptyIcon, "Empty", empty)}
		`;
	}

	#chopItems(): TemplateResult {
		const item = (count: number): TemplateResult => html`
			<button
				class="item count"
				role="menuitem"
				tabindex="-1"
				aria-label="Chop into ${count} pads"
				@click=${() => this.#choose((pad) => this.pads.chop(pad, count))}
			>
				${count}
			</button>
		`;
		return html`<div class="row" role="presentation">${chopIcon}<span>Chop</span>${chopCounts.map(item)}</div>`;
	}

	#item(icon: TemplateResult, text: string, action: (pad: number) => void): TemplateResult {
		return html`
			<button class="item" role="menuitem" tabindex="-1" @click=${() => this.#choose(action)}>
				${icon}<span>${text}</span>
			</button>
		`;
	}
}
