import type { MappingStorage } from "./mapping-store.ts";

const storageKey = "flitzis-looper.mapping";

/** The browser's storage of this page. */
export const mappingStorage: MappingStorage = {
	read() {
		try {
			return localStorage.getItem(storageKey);
		} catch {
			return null;
		}
	},
	write(text) {
		try {
			localStorage.setItem(storageKey, text);
			return true;
		} catch {
			return false;
		}
	},
};
