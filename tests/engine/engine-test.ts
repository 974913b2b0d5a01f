/* oxlint-disable no-empty-pattern -- Playwright reads a fixture's needs from its pattern */
import { fileURLToPath } from "node:url";
import { test as base } from "@playwright/test";
import { serveIsolated } from "./isolated-server.ts";

/** Worker fixtures. */
export interface EngineServerFixtures {
	/** Address of the page and, below `/engine/`, the built engine, cross-origin isolated. */
	readonly engineAddress: string;
}

/** Playwright's `test` on an empty page that can import the built engine from `/engine/index.browser.js`. */
export const test = base.extend<object, EngineServerFixtures>({
	engineAddress: [
		// biome-ignore lint/correctness/noEmptyPattern: this fixture has no needs
		async ({}, use) => {
			const server = await serveIsolated(fileURLToPath(new URL("./page", import.meta.url)));
			await use(server.address);
			server.close();
		},
		{ scope: "worker" },
	],
	baseURL: async ({ engineAddress }, use) => {
		await use(engineAddress);
	},
});

export { expect } from "@playwright/test";
