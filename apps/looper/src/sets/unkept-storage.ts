import type { SetStorage } from "./set-storage.ts";

/** Where nothing can be stored: sets live as long as the page. */
export const unkeptStorage: SetStorage = {
	readSets: () => Promise.resolve([]),
	writeSet: () => Promise.resolve(),
	removeSet: () => Promise.resolve(),
	readSample: () => Promise.resolve(null),
	writeSample: () => Promise.resolve(),
	listSamples: () => Promise.resolve([]),
	removeSample: () => Promise.resolve(),
	space: () => Promise.resolve(null),
	persist: () => Promise.resolve(false),
};
