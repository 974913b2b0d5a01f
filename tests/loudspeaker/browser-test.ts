/* oxlint-disable no-empty-pattern -- Playwright reads a fixture's needs from its pattern */
import { test as base } from "@playwright/test";
import { Loudspeaker } from "./loudspeaker.ts";

/** What `test` offers beside Playwright's own fixtures. */
export interface LoudspeakerFixtures {
	/** What the browser plays through. */
	readonly loudspeaker: Loudspeaker;
}

/** Playwright's `test` in a browser that plays through a loudspeaker which can be recorded. */
export const test = base.extend<object, LoudspeakerFixtures>({
	loudspeaker: [
		// biome-ignore lint/correctness/noEmptyPattern: this fixture has no needs
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
