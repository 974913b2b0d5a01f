/* oxlint-disable no-empty-pattern -- Playwright reads a fixture's needs from its pattern */
import { test as browserTest } from "../loudspeaker/browser-test.ts";
import { AppPage } from "./app-page.ts";
import { serveApp } from "./app-server.ts";

/** What a worker of `test` offers beside the loudspeaker. */
export interface ServerFixtures {
	/** Where the built app is served. */
	readonly appAddress: string;
}

/** What each run of `test` offers beside Playwright's own fixtures. */
export interface AppFixtures {
	/** The instrument, not yet opened. */
	readonly app: AppPage;
}

/** Playwright's `test` for the built app, served as a user serves it and heard through a loudspeaker. */
export const test = browserTest.extend<AppFixtures, ServerFixtures>({
	appAddress: [
		// biome-ignore lint/correctness/noEmptyPattern: this fixture has no needs
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
