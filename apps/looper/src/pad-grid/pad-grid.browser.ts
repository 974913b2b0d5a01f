import { type CSSResultGroup, html, LitElement, type PropertyDeclarations, type TemplateResult } from "lit";
import { FileDrop } from "../drop/file-drop.browser.ts";
import { padKeyLabels, readPadKeyLabels } from "../input/keyboard-layout.browser.ts";
import type { Instrument } from "../instrument/instrument.ts";
import { LooperPad } from "../pad/looper-pad.browser.ts";
import { padAfterKey } from "./pad-after-key.ts";
import { padGridStyles } from "./pad-grid-styles.browser.ts";

/** The 32 pads; takes the files that are dropped on the page. */
export class PadGrid extends LitElement {
	static override styles: CSSResultGroup = padGridStyles;
	static override properties: PropertyDeclarations = {
		instrument: { attribute: false },
		isEditing: { attribute: false },
		keyNames: { state: true },
		tabStop: { state: true },
	};

	declare instrument: Instrument;
	/** Whether a press on a pad opens its menu. */
	declare isEditing: boolean;
	declare keyNames: readonly string[];
	/** The pad that had the keyboard's focus last. */
	declare tabStop: number;
	#pads: readonly LooperPad[] = [];
	#ends: (() => void)[] = [];

	constructor() {
		super();
		this.keyNames = padKeyLabels();
		this.tabStop = 0;
	}

	override connectedCallback(): void {
		super.connectedCallback();
		const drop = new FileDrop(this.instrument, (targets) => this.#showTargets(targets));
		this.#ends = [
			this.instrument.frames.add(({ activities }) => {
				for (const [index, pad] of this.#pads.entries()) pad.showActivity(activities[index]!);
			}),
			this.instrument.triggers.add((pad) => this.#pads[pad]?.showHit()),
			drop.listen(),
		];
		void this.#readKeyNames();
	}

	override disconnectedCallback(): void {
		super.disconnectedCallback();
		for (const end of this.#ends) end();
	}

	/** Moves the keyboard's focus to a pad. */
	focusPad(index: number): void {
		this.#pads[index]?.focus();
	}

	async #readKeyNames(): Promise<void> {
		this.keyNames = await readPadKeyLabels();
	}

	protected override render(): TemplateResult {
		return html`
			<div class="grid" role="group" aria-label="Pads" @focusin=${this.#follow} @keydown=${this.#move}>
				${this.instrument.pads.map(
					(_, index) => html`
						<looper-pad
							class="row-${Math.floor(index / 8)}"
							.instrument=${this.instrument}
							.index=${index}
							.keyName=${this.keyNames[index]}
							.isTabStop=${index === this.tabStop}
							.isEditing=${this.isEditing}
						></looper-pad>
					`,
				)}
			</div>
		`;
	}

	protected override firstUpdated(): void {
		this.#pads = [...this.renderRoot.querySelectorAll("looper-pad")];
	}

	readonly #follow = ({ target }: FocusEvent): void => {
		if (target instanceof LooperPad) this.tabStop = target.index;
	};

	readonly #move = (event: KeyboardEvent): void => {
		const { target, currentTarget, code } = event;
		if (!(target instanceof LooperPad && currentTarget instanceof HTMLElement)) return;
		if (event.ctrlKey || event.altKey || event.metaKey) return;
		const columns = getComputedStyle(currentTarget).gridTemplateColumns.split(" ").length;
		const pad = padAfterKey(code, target.index, { columns, pads: this.#pads.length });
		if (pad === null) return;
		event.preventDefault();
		this.focusPad(pad);
	};

	#showTargets(targets: readonly number[]): void {
		for (const [index, pad] of this.#pads.entries()) pad.toggleAttribute("drop-target", targets.includes(index));
	}
}
