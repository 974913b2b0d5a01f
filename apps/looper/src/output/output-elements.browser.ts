import { OutputDialog } from "./output-dialog.browser.ts";

/** Registers the custom element of the dialog for the output. */
export function defineOutputElements(): void {
	customElements.define("output-dialog", OutputDialog);
}

declare global {
	interface HTMLElementTagNameMap {
		"output-dialog": OutputDialog;
	}
}
