import { html, LitElement, type PropertyDeclarations, type TemplateResult } from "lit";
import { newEditGesture } from "../instrument/edit-gesture.ts";
import { heldWithin, type KnobScale, stepped, valueAfterKey } from "./knob-scale.ts";
import { readTyped } from "./typed-value.ts";
import { ValueDrag } from "./value-drag.ts";
import { ValueProblemEvent } from "./value-problem.browser.ts";

/** Notches that follow sooner are one turn of the wheel. */
const wheelPauseMilliseconds = 600;
/** A press on the field that comes sooner after the click that opened it is the second half of a double click. */
const doubleClickMilliseconds = 500;
/** How far a click may move where it opens the field, in CSS pixels. */
const clickSlop = 3;

/**
 * A control of one value, whatever its face: drag up and down, Shift for fine; the wheel; arrow keys; Enter or a click on the value to
 * type; a double click, Backspace or Delete to reset. Sends `input`; `gesture` names the drag that the event belongs to. What is typed
 * and not taken as it is sends `value-problem`.
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
	/** Whether a click on the whole control opens the field, because the figure is all of it. */
	protected readonly typesOnClick: boolean = false;
	readonly #drag: ValueDrag = new ValueDrag();
	/** When a click opened the field, on the page's clock. */
	#openedTime = Number.NEGATIVE_INFINITY;
	#wheelTime = Number.NEGATIVE_INFINITY;
	/** What the field says at first. A value that changes meanwhile must not overwrite what is typed. */
	#typedFrom = "";

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
				title="${this.label}: drag, turn the wheel, or ${this.typesOnClick ? "click" : "press Enter"} to type; double-click to reset"
				@pointerdown=${this.#grasp}
				@pointermove=${this.#follow}
				@click=${this.#click}
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
				.value=${this.#typedFrom}
				@pointerdown=${this.#pressField}
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

	readonly #grasp = ({ button, currentTarget, pointerId, clientY }: PointerEvent): void => {
		if (button !== 0 || !(currentTarget instanceof HTMLElement)) return;
		currentTarget.setPointerCapture(pointerId);
		this.gesture = newEditGesture();
		const slop = this.typesOnClick ? clickSlop : 0;
		this.#drag.begin({ scale: this.scale, value: this.value, y: clientY, slop });
	};

	readonly #follow = ({ currentTarget, pointerId, clientY, shiftKey }: PointerEvent): void => {
		if (!(currentTarget instanceof HTMLElement && currentTarget.hasPointerCapture(pointerId))) return;
		const value = this.#drag.move(clientY, shiftKey);
		if (value !== null) this.#set(value, this.gesture);
	};

	/** Comes after a drag, too, and from assistive technology without a press. */
	readonly #click = ({ timeStamp }: MouseEvent): void => {
		if (!this.typesOnClick || this.#drag.hasMoved) return;
		this.#openedTime = timeStamp;
		void this.#type();
	};

	/** A double click resets: its first click has put the field under its second. */
	readonly #pressField = (event: PointerEvent): void => {
		if (event.button !== 0 || event.timeStamp - this.#openedTime > doubleClickMilliseconds) return;
		event.preventDefault();
		this.#openedTime = Number.NEGATIVE_INFINITY;
		this.#set(this.scale.initial, newEditGesture());
		void this.#leaveField();
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
		this.#typedFrom = this.scale.format(this.value);
		this.isTyping = true;
		await this.updateComplete;
		const field = this.renderRoot.querySelector("input");
		field?.focus();
		field?.select();
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
		const { value, problem } = readTyped(text, this);
		if (value !== null) this.#set(value, newEditGesture());
		if (problem !== null) this.dispatchEvent(new ValueProblemEvent(problem));
	}
}
