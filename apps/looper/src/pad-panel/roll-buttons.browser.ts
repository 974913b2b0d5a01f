import { type CSSResultGroup, html, LitElement, type PropertyDeclarations, type TemplateResult } from "lit";
import { formatBeats } from "../choice/choice.ts";
import type { PadActions } from "../instrument/pad-actions.ts";
import { controlStyles } from "../theme/controls.browser.ts";
import { switchStyles } from "../theme/switches.browser.ts";
import { rollButtonsStyles } from "./roll-buttons-styles.browser.ts";

/** Lengths of rolls, in beats. */
const rollBeats = [1 / 32, 1 / 16, 1 / 8, 1 / 4, 1 / 2, 1, 2, 4] as const;

/** Buttons that roll the pad as long as they are held. The one that was pressed last counts. */
export class RollButtons extends LitElement {
	static override styles: CSSResultGroup = [controlStyles, switchStyles, rollButtonsStyles];
	static override properties: PropertyDeclarations = {
		pad: { attribute: false },
		actions: { attribute: false },
		held: { state: true },
	};

	declare pad: number;
	declare actions: PadActions;
	/** The length that rolls now; null while none is held. */
	declare held: number | null;
	/** The pad that rolls: another may be selected while a button is held. */
	#rollingPad = 0;

	constructor() {
		super();
		this.held = null;
	}

	override connectedCallback(): void {
		super.connectedCallback();
		window.addEventListener("blur", this.#end);
	}

	override disconnectedCallback(): void {
		super.disconnectedCallback();
		window.removeEventListener("blur", this.#end);
		this.#end();
	}

	protected override render(): TemplateResult {
		return html`
			<div class="rolls" role="group" aria-label="Roll, held, in beats">
				${rollBeats.map(
					(beats) => html`
						<button
							class="switch"
							aria-label="Roll ${formatBeats(beats)}"
							data-target="roll ${formatBeats(beats)} selected"
							aria-pressed=${this.held === beats}
							@pointerdown=${(event: PointerEvent) => this.#grasp(event, beats)}
							@lostpointercapture=${() => this.#release(beats)}
							@keydown=${(event: KeyboardEvent) => this.#pressKey(event, beats)}
							@keyup=${(event: KeyboardEvent) => this.#releaseKey(event, beats)}
							@blur=${() => this.#release(beats)}
						>
							${formatBeats(beats)}
						</button>
					`,
				)}
			</div>
		`;
	}

	#grasp(event: PointerEvent, beats: number): void {
		if (event.button !== 0 || !(event.currentTarget instanceof HTMLElement)) return;
		event.currentTarget.setPointerCapture(event.pointerId);
		this.#begin(beats);
	}

	#pressKey(event: KeyboardEvent, beats: number): void {
		if (event.code !== "Space" && event.code !== "Enter") return;
		event.preventDefault();
		if (!event.repeat) this.#begin(beats);
	}

	#releaseKey(event: KeyboardEvent, beats: number): void {
		if (event.code === "Space" || event.code === "Enter") this.#release(beats);
	}

	#begin(beats: number): void {
		if (this.held !== null && this.#rollingPad !== this.pad) this.#end();
		this.#rollingPad = this.pad;
		this.held = beats;
		this.actions.roll(this.pad, beats);
	}

	#release(beats: number): void {
		if (this.held === beats) this.#end();
	}

	readonly #end = (): void => {
		if (this.held === null) return;
		this.held = null;
		this.actions.endRoll(this.#rollingPad);
	};
}
