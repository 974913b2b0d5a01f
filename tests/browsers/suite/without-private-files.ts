import { DECODED, loadWithCache } from "./cached-load.ts";
import { claimEqual } from "./claims.ts";
import type { Suite } from "./stage.ts";

/** A browser without a private file system. */
export const withoutPrivateFiles: Suite = {
	"without a private file system every file is decoded, and the failures are counted": async (stage) => {
		const assets = { loaderThread: "/loader-without-files.js" };
		const { sound: first } = await loadWithCache(stage, 1, { assets });
		const { sound, stages, cacheHits, cacheFailures } = await loadWithCache(stage, 1, { assets });
		const expected = { sound: first, stages: DECODED, cacheHits: 0, cacheFailures: 2 };
		claimEqual({ sound, stages, cacheHits, cacheFailures }, expected, "the second load");
	},
};
