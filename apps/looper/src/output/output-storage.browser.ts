import { type OutputSettings, parseOutputSettings } from "./output-settings.ts";

const storageKey = "flitzis-looper.output";

/** The stored settings; the default output where there are none, or no storage. */
export function readOutputSettings(): OutputSettings {
	try {
		return parseOutputSettings(localStorage.getItem(storageKey));
	} catch {
		return parseOutputSettings(null);
	}
}

/** Stores the settings for the next start. */
export function writeOutputSettings(settings: OutputSettings): void {
	try {
		localStorage.setItem(storageKey, JSON.stringify(settings));
	} catch {
		// Without storage every start uses the default output.
	}
}
