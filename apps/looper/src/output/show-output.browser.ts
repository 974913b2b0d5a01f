/** Requests the dialog for the output. */
export class ShowOutputRequest extends Event {
	constructor() {
		super("show-output", { bubbles: true, composed: true });
	}
}

declare global {
	interface HTMLElementEventMap {
		"show-output": ShowOutputRequest;
	}
}
