import { html, LitElement, type PropertyDeclarations, type TemplateResult } from "lit";
import { newEditGesture } from "../instrument/edit-gesture.ts";
import { draggedShare, heldWithin, type KnobScale, stepped, valueAfterKey, valueAtShare } from "./knob-scale.ts";

/** Notches that follow sooner are one turn of the wheel. */
const wheelPauseMilliseconds = 600;

/**
 * A control of one value, whatever its face: drag up and down, Shift for fine; the wheel; arrow keys; Enter or a click on the value to
 * type; a double click, Backspace or Delete to reset. Sends `input`; `gesture` names the drag that the event belongs to.
 */
export abstract class ValueControl extends LitElement {
	static override properties: PropertyDeclarations = {
		label: { type: String },
		scale: { attribute: false },
		value: { attribute: false },
		isDisabled: { attribute: false },
		isTyping: { state: true },
	};

	declare label: string;
	declare scale: KnobScale;
	declare value: number;
	/** Whether the value has no effect now; it can be set all the same. */
	declare isDisabled: boolean;
	declare isTyping: boolean;
	/** Names the drag, the turn of the wheel or the key press of the latest `input`. */
	gesture = "";
	/** The place of a pointer that drags, not rounded to steps. */
	#dragShare = 0;
	#dragY = 0;
	#wheelTime = Number.NEGATIVE_INFINITY;

	constructor() {
		super();
		this.isDisabled = false;
		this.isTyping = false;
	}

	override focus(options?: FocusOptions): void {
		this.renderRoot.querySelector<HTMLElement>("[role=slider]")?.focus(options);
	}

	/** What is dragged. @param face - what it looks like */
	protected handle(face: TemplateResult): TemplateResult {
		const { lowest, highest } = this.scale;
		return html`
			<div
				class="handle ${this.isDisabled ? "idle" : ""}"
				role="slider"
				tabindex="0"
				aria-label=${this.label}
				aria-valuemin=${lowest}
				aria-valuemax=${highest}
				aria-valuenow=${heldWithin(this.scale, this.value)}
				aria-valuetext=${this.scale.format(this.value)}
				title="${this.label}: drag, turn the wheel, or press Enter to type; double-click to reset"
				@pointerdown=${this.#grasp}
				@pointermove=${this.#drag}
				@wheel=${this.#turn}
				@keydown=${this.#pressKey}
				@dblclick=${() => this.#set(this.scale.initial, newEditGesture())}
			>
				${face}
			</div>
		`;
	}

	/** The value as text, or the field in which it is typed. */
	protected valueText(): TemplateResult {
		if (this.isTyping) {
			return html`<input
				class="value"
				aria-label=${this.label}
				.value=${this.scale.format(this.value)}
				@input=${(event: Event) => event.stopPropagation()}
				@keydown=${this.#typeKey}
				@blur=${this.#endTyping}
			/>`;
		}
		return html`<button class="value" tabindex="-1" aria-hidden="true" @click=${this.#type}>
			${this.scale.format(this.value)}
		</button>`;
	}

	#set(value: number, gesture: string): void {
		if (value === this.value) return;
		this.gesture = gesture;
		this.value = value;
		this.dispatchEvent(new Event("input"));
	}

	readonly #grasp = (event: PointerEvent): void => {
		if (event.button !== 0 || !(event.currentTarget instanceof HTMLElement)) return;
		event.currentTarget.setPointerCapture(event.pointerId);
		this.gesture = newEditGesture();
		this.#dragShare = this.scale.shareOf(this.value);
		this.#dragY = event.clientY;
	};

	readonly #drag = (event: PointerEvent): void => {
		const { currentTarget, pointerId, clientY, shiftKey } = event;
		if (!(currentTarget instanceof HTMLElement && currentTarget.hasPointerCapture(pointerId))) return;
		if (clientY === this.#dragY) return;
		this.#dragShare = draggedShare(this.scale, this.#dragShare, this.#dragY - clientY, shiftKey);
		this.#dragY = clientY;
		this.#set(valueAtShare(this.scale, this.#dragShare), this.gesture);
	};

	readonly #turn = (event: WheelEvent): void => {
		event.preventDefault();
		// Some systems turn the wheel sideways while Shift is held.
		const delta = event.deltaY === 0 ? event.deltaX : event.deltaY;
		if (delta === 0) return;
		if (event.timeStamp - this.#wheelTime > wheelPauseMilliseconds) this.gesture = newEditGesture();
		this.#wheelTime = event.timeStamp;
		this.#set(stepped(this.scale, this.value, -Math.sign(delta), event.shiftKey), this.gesture);
	};

	readonly #pressKey = (event: KeyboardEvent): void => {
		if (event.ctrlKey || event.altKey || event.metaKey) return;
		if (event.code === "Enter" || event.code === "NumpadEnter") {
			event.preventDefault();
			void this.#type();
			return;
		}
		const value = valueAfterKey(this.scale, this.value, event.code, event.shiftKey);
		if (value === null) return;
		event.preventDefault();
		this.#set(value, event.repeat ? this.gesture : newEditGesture());
	};

	readonly #type = async (): Promise<void> => {
		this.isTyping = true;
		await this.updateComplete;
		this.renderRoot.querySelector("input")?.select();
	};

	readonly #typeKey = (event: KeyboardEvent): void => {
		event.stopPropagation();
		if (event.code !== "Enter" && event.code !== "NumpadEnter" && event.code !== "Escape") return;
		event.preventDefault();
		const { currentTarget } = event;
		if (event.code !== "Escape" && currentTarget instanceof HTMLInputElement) this.#take(currentTarget.value);
		void this.#leaveField();
	};

	/** Gives the focus back to the control. The field that goes away must not take its text once more. */
	async #leaveField(): Promise<void> {
		this.isTyping = false;
		await this.updateComplete;
		this.focus();
	}

	readonly #endTyping = ({ currentTarget }: Event): void => {
		if (!this.isTyping) return;
		if (currentTarget instanceof HTMLInputElement) this.#take(currentTarget.value);
		this.isTyping = false;
	};

	#take(text: string): void {
		const value = this.scale.parse(text);
		if (value !== null) this.#set(heldWithin(this.scale, value), newEditGesture());
	}
}
