/** Requests a pad's menu beside `anchor`. */
export class PadMenuRequest extends Event {
	readonly pad: number;
	readonly anchor: DOMRectReadOnly;

	constructor(pad: number, anchor: DOMRectReadOnly) {
		super("pad-menu-request", { bubbles: true, composed: true });
		this.pad = pad;
		this.anchor = anchor;
	}
}

/** Requests audio files for a pad. */
export class PadFilesRequest extends Event {
	readonly pad: number;

	constructor(pad: number) {
		super("pad-files-request", { bubbles: true, composed: true });
		this.pad = pad;
	}
}

/** Requests the panel with a pad's settings. */
export class PadSettingsRequest extends Event {
	readonly pad: number;

	constructor(pad: number) {
		super("pad-settings-request", { bubbles: true, composed: true });
		this.pad = pad;
	}
}

/** Requests to record a sound for a pad. */
export class PadRecordRequest extends Event {
	readonly pad: number;

	constructor(pad: number) {
		super("pad-record-request", { bubbles: true, composed: true });
		this.pad = pad;
	}
}

declare global {
	interface HTMLElementEventMap {
		"pad-menu-request": PadMenuRequest;
		"pad-files-request": PadFilesRequest;
		"pad-settings-request": PadSettingsRequest;
	}
	interface WindowEventMap {
		"pad-record-request": PadRecordRequest;
	}
}
