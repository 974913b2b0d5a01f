import { test as loudspeakerTest } from "./loudspeaker-test.ts";

/** Playwright's `test` in a browser that plays through a recordable loudspeaker. */
export const test = loudspeakerTest.extend({
	launchOptions: [
		async ({ loudspeaker, launchOptions }, use) => {
			await use({ ...launchOptions, env: { ...process.env, ...loudspeaker.environment } });
		},
		{ scope: "worker" },
	],
});

export { expect } from "@playwright/test";
