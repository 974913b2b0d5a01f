/** What was typed into the field of a control was not taken as it is; the text says why. */
export class ValueProblemEvent extends Event {
	readonly text: string;

	constructor(text: string) {
		super("value-problem", { bubbles: true, composed: true });
		this.text = text;
	}
}

declare global {
	interface HTMLElementEventMap {
		"value-problem": ValueProblemEvent;
	}
}
