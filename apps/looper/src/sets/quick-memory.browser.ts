import type { QuickMemory } from "./set-storage.ts";

const prefix = "flitzis-looper.set.";

/** The page's local storage, which is written even while the page is closing. */
export const quickMemory: QuickMemory = {
	read(key) {
		try {
			return localStorage.getItem(prefix + key);
		} catch {
			return null;
		}
	},
	write(key, text) {
		try {
			if (text === null) localStorage.removeItem(prefix + key);
			else localStorage.setItem(prefix + key, text);
			return true;
		} catch {
			return false;
		}
	},
};
