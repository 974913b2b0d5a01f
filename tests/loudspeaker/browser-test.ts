import { test as base } from "@playwright/test";
import { Loudspeaker } from "./loudspeaker.ts";

interface WorkerFixtures {
	/** What the browser plays through. */
	readonly loudspeaker: Loudspeaker;
}

/** Playwright's `test` in a browser that plays through a loudspeaker which can be recorded. */
export const test = base.extend<object, WorkerFixtures>({
	loudspeaker: [
		// Playwright reads a fixture's needs from the pattern, and this one has none.
		// biome-ignore lint/correctness/noEmptyPattern: see above
		// oxlint-disable-next-line no-empty-pattern
		async ({}, use) => {
			const loudspeaker = await Loudspeaker.start();
			await use(loudspeaker);
			await loudspeaker.stop();
		},
		{ scope: "worker" },
	],
	launchOptions: [
		async ({ loudspeaker, launchOptions }, use) => {
			await use({ ...launchOptions, env: { ...process.env, ...loudspeaker.environment } });
		},
		{ scope: "worker" },
	],
});

export { expect } from "@playwright/test";
