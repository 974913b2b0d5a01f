/* oxlint-disable no-empty-pattern -- Playwright reads a fixture's needs from its pattern */
import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { test as browserTest } from "../loudspeaker/browser-test.ts";
import { AppPage } from "./app-page.ts";

const COMMAND = fileURLToPath(new URL("../../packages/cli/dist/main.js", import.meta.url));

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

async function printedAddress(server: ChildProcessByStdio<null, Readable, null>): Promise<string> {
	for await (const line of createInterface({ input: server.stdout })) {
		const [, address] = /^Flitzis Looper: (http\S+)$/.exec(line) ?? [];
		if (address !== undefined) return address;
	}
	throw new Error("The server of the app ended without an address");
}

/** Playwright's `test` for the built app, served as a user serves it and heard through a loudspeaker. */
export const test = browserTest.extend<AppFixtures, ServerFixtures>({
	appAddress: [
		// biome-ignore lint/correctness/noEmptyPattern: this fixture has no needs
		async ({}, use) => {
			const server = spawn(process.execPath, [COMMAND, "serve", "--port", "0"], {
				stdio: ["ignore", "pipe", "inherit"],
			});
			const ended = once(server, "close");
			await use(await printedAddress(server));
			server.kill("SIGTERM");
			await ended;
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
