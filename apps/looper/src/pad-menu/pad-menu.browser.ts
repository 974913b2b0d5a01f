import { type CSSResultGroup, html, LitElement, nothing, type PropertyDeclarations, type TemplateResult } from "lit";
import type { Instrument } from "../instrument/instrument.ts";
import { emptyPad, isLoadLive, type PadState } from "../instrument/pad-state.ts";
import { PadFilesRequest } from "../pad/pad-requests.browser.ts";
import { formatDuration, padTitle } from "../pad/pad-text.ts";
import { controlStyles } from "../theme/controls.browser.ts";
import { crossIcon, emptyIcon, loadIcon, loopIcon, stopIcon } from "../theme/icons.browser.ts";
import { placeBeside } from "./menu-place.ts";
import { padMenuStyles } from "./pad-menu-styles.browser.ts";

/** The menu of one pad at a time. */
export class PadMenu extends LitElement {
	static override styles: CSSResultGroup = [controlStyles, padMenuStyles];
	static override properties: PropertyDeclarations = {
		instrument: { attribute: false },
		pad: { state: true },
	};

	declare instrument: Instrument;
	declare pad: number | null;
	#returnFocus: (() => void) | undefined;
	#ends: (() => void)[] = [];

	constructor() {
		super();
		this.pad = null;
	}

	override connectedCallback(): void {
		super.connectedCallback();
		const closeOutside = (event: Event): void => {
			if (!event.composedPath().includes(this)) this.#close();
		};
		window.addEventListener("pointerdown", closeOutside, true);
		this.#ends = [
			() => window.removeEventListener("pointerdown", closeOutside, true),
			this.instrument.padChanges.add((pad) => {
				if (pad === this.pad) this.requestUpdate();
			}),
		];
	}

	override disconnectedCallback(): void {
		super.disconnectedCallback();
		for (const end of this.#ends) end();
	}

	/** Opens the menu beside `anchor`; `returnFocus` is called when a choice or Escape closes it. */
	async open(pad: number, anchor: DOMRectReadOnly, returnFocus: () => void): Promise<void> {
		this.pad = pad;
		this.#returnFocus = returnFocus;
		await this.updateComplete;
		const sheet = this.#sheet;
		sheet.showPopover();
		const { left, top } = placeBeside(anchor, sheet.getBoundingClientRect(), {
			width: document.documentElement.clientWidth,
			height: window.innerHeight,
		});
		sheet.style.left = `${left}px`;
		sheet.style.top = `${top}px`;
		this.#items[0]?.focus();
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
		// Keys belong to the open menu, so that none of them plays a pad.
		event.stopPropagation();
		if (event.code === "Escape" || event.code === "Tab") {
			event.preventDefault();
			this.#choose(() => {});
			return;
		}
		const items = this.#items;
		const focused = items.findIndex((item) => item.matches(":focus"));
		const next = { ArrowDown: focused + 1, ArrowUp: focused - 1, Home: 0, End: -1 }[event.code];
		if (next === undefined) return;
		event.preventDefault();
		items.at(next % items.length)?.focus();
	};

	protected override render(): TemplateResult {
		const state = this.pad === null ? emptyPad : (this.instrument.pads[this.pad] ?? emptyPad);
		return html`
			<div class="sheet" popover="manual" role="menu" aria-label="Pad ${(this.pad ?? 0) + 1}" @keydown=${this.#pressKey}>
				<div class="heading">${this.#heading(state)}</div>
				${this.#itemsFor(state)}
			</div>
		`;
	}

	#heading({ sample, load }: PadState): TemplateResult {
		const reason = load?.phase === "failed" ? html`<span class="warning">${load.reason}</span>` : nothing;
		if (sample === null) return html`<strong>${load?.wanted.title ?? "Empty pad"}</strong>${reason}`;
		return html`
			<strong>${load === null ? sample.title : padTitle({ sample, load, isLooping: false })}</strong>
			${reason}
			<span>${formatDuration(sample.durationSec)}</span>
			${sample.warnings.map((warning) => html`<span class="warning">${warning}</span>`)}
		`;
	}

	#itemsFor(state: PadState): TemplateResult {
		const { sample, load, isLooping } = state;
		const chooseFiles = (pad: number): void => void this.dispatchEvent(new PadFilesRequest(pad));
		const cancel = (pad: number): void => this.instrument.dismissLoad(pad);
		return html`
			${this.#item(loadIcon, sample === null ? "Load…" : "Replace…", chooseFiles)}
			${isLoadLive(state) ? this.#item(crossIcon, "Cancel loading", cancel) : nothing}
			<button
				class="item"
				role="menuitemcheckbox"
				aria-checked=${isLooping}
				tabindex="-1"
				@click=${() => this.#choose((pad) => this.instrument.switchLoop(pad, !isLooping))}
			>
				${loopIcon}<span>Loop</span><span class="state">${isLooping ? "On" : "Off"}</span>
			</button>
			${sample === null ? nothing : this.#item(stopIcon, "Stop", (pad) => this.instrument.perform({ type: "stop", pad }))}
			${sample === null && load === null ? nothing : this.#item(emptyIcon, "Empty", (pad) => this.instrument.empty(pad))}
		`;
	}

	#item(icon: TemplateResult, text: string, action: (pad: number) => void): TemplateResult {
		return html`
			<button class="item" role="menuitem" tabindex="-1" @click=${() => this.#choose(action)}>
				${icon}<span>${text}</span>
			</button>
		`;
	}
}
