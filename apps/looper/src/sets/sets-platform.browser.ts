import { quickMemory } from "./quick-memory.browser.ts";
import type { SetsPlatform } from "./sets-platform.ts";

/** The page, as sets need it. */
export function pagePlatform(): SetsPlatform {
	return {
		digest: (algorithm, bytes) => crypto.subtle.digest(algorithm, bytes),
		makeBlob: (parts) => new Blob([...parts]),
		after: (milliseconds, action) => {
			setTimeout(action, milliseconds);
		},
		memory: quickMemory,
		appAddress: new URL("./", document.baseURI).href,
		urlOf: (address) => new URL(address, document.baseURI),
		nameFile: (content, name) => new File([content], name, { type: content.type }),
		loadArchive: () => import("./set-archive.ts"),
		newId: () => crypto.randomUUID(),
	};
}
