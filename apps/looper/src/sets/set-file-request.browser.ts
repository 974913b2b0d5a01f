/** The performer has chosen or dropped an exported set. */
export class SetFileRequest extends Event {
	readonly file: File;

	constructor(file: File) {
		super("set-file-request", { bubbles: true, composed: true });
		this.file = file;
	}
}

declare global {
	interface HTMLElementEventMap {
		"set-file-request": SetFileRequest;
	}
}
