/** A pad asks for its menu, at a place in the window. */
export class PadMenuRequest extends Event {
	readonly pad: number;
	readonly anchor: DOMRectReadOnly;

	constructor(pad: number, anchor: DOMRectReadOnly) {
		super("pad-menu-request", { bubbles: true, composed: true });
		this.pad = pad;
		this.anchor = anchor;
	}
}

/** A pad asks for files. */
export class PadFilesRequest extends Event {
	readonly pad: number;

	constructor(pad: number) {
		super("pad-files-request", { bubbles: true, composed: true });
		this.pad = pad;
	}
}

declare global {
	interface HTMLElementEventMap {
		"pad-menu-request": PadMenuRequest;
		"pad-files-request": PadFilesRequest;
	}
}
