import { BindingList } from "./binding-list.browser.ts";
import { DeviceList } from "./device-list.browser.ts";
import { LearnBar } from "./learn-bar.browser.ts";
import { MappingDialog } from "./mapping-dialog.browser.ts";
import { ShortcutSheet } from "./shortcut-sheet.browser.ts";

const elements = {
	"binding-list": BindingList,
	"device-list": DeviceList,
	"learn-bar": LearnBar,
	"mapping-dialog": MappingDialog,
	"shortcut-sheet": ShortcutSheet,
} as const;

/** Registers the custom elements that show the mapping. */
export function defineMappingElements(): void {
	for (const [name, element] of Object.entries(elements)) customElements.define(name, element);
}

declare global {
	interface HTMLElementTagNameMap {
		"binding-list": BindingList;
		"device-list": DeviceList;
		"learn-bar": LearnBar;
		"mapping-dialog": MappingDialog;
		"shortcut-sheet": ShortcutSheet;
	}
}
