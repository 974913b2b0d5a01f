/* oxlint-disable no-empty-pattern -- Playwright reads a fixture's dependencies from its pattern */
import { test as browserTest } from "../loudspeaker/browser-test.ts";
import { AppPage } from "./app-page.ts";
import { serveApp } from "./app-server.ts";

/** Fixtures per worker, in addition to the loudspeaker. */
export interface ServerFixtures {
	/** URL of the built app. */
	readonly appAddress: string;
}

/** Fixtures per test, in addition to Playwright's own. */
export interface AppFixtures {
	/** The instrument, not yet opened. */
	readonly app: AppPage;
}

/** Playwright's `test` for the built app, served by the command line tool and heard through a loudspeaker. */
export const test = browserTest.extend<AppFixtures, ServerFixtures>({
	appAddress: [
		// biome-ignore lint/correctness/noEmptyPattern: this fixture has no dependencies
		async ({}, use) => {
			const server = await serveApp();
			await use(server.address);
			await server.close();
		},
		{ scope: "worker" },
	],
	baseURL: async ({ appAddress }, use) => {
		await use(appAddress);
	},
	app: async ({ page }, use) => {
		await use(new AppPage(page));
	},
});

export { expect } from "@playwright/test";
