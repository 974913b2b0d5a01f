import type { Notices } from "../instrument/notices.ts";
import { Part } from "./part.ts";

/** Parts of the page that are not needed at first sight. */
export interface AppParts {
	/** The mapping's dialog, the list of keys and the bar for learning. */
	readonly mapping: Part<void>;
	/** The panel with a pad's settings. */
	readonly panel: Part<void>;
	/** The dialog for the output. */
	readonly output: Part<void>;
}

/** The parts, none of them loaded yet. */
export function appParts(notices: Notices): AppParts {
	const mapping = async (): Promise<void> =>
		(await import("../mapping/mapping-elements.browser.ts")).defineMappingElements();
	const panel = async (): Promise<void> =>
		(await import("../pad-panel/panel-elements.browser.ts")).definePanelElements();
	const output = async (): Promise<void> =>
		(await import("../output/output-elements.browser.ts")).defineOutputElements();
	return {
		mapping: new Part({ name: "The mapping", load: mapping }, notices),
		panel: new Part({ name: "The panel", load: panel }, notices),
		output: new Part({ name: "The dialog for the output", load: output }, notices),
	};
}
