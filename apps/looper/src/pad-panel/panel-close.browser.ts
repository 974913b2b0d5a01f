/** The panel has been closed; the pad takes the focus back. */
export class PanelCloseEvent extends Event {
	readonly pad: number;

	constructor(pad: number) {
		super("panel-close");
		this.pad = pad;
	}
}

declare global {
	interface HTMLElementEventMap {
		"panel-close": PanelCloseEvent;
	}
}
