/* oxlint-disable no-empty-pattern -- Playwright reads a fixture's needs from its pattern */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test as base } from "@playwright/test";
import { serveApp } from "../app/app-server.ts";
import { Loudspeaker } from "../loudspeaker/loudspeaker.ts";
import type { BrowserPage, DrivenBrowser } from "./drivers/browser-page.ts";
import { startChromium } from "./drivers/chromium.ts";
import { startFirefox } from "./drivers/firefox.ts";
import { startWebKit, startWebKitAsSafari } from "./drivers/webkit.ts";
import { type SuiteServer, serveSuite } from "./suite-server.ts";

const starters = {
	chromium: startChromium,
	firefox: startFirefox,
	webkit: startWebKit,
	"webkit as safari": startWebKitAsSafari,
};

/** The browsers that run the suite. */
type BrowserKind = keyof typeof starters;

/** What a worker of `test` offers: one browser, started once. */
export interface BrowsersFixtures {
	readonly browserKind: BrowserKind;
	/** Whether pages may sound before anybody has touched them. */
	readonly autoplay: boolean;
	readonly suiteServer: SuiteServer;
	/** Where the built instrument is served. */
	readonly appAddress: string;
	/** What the browser plays through. */
	readonly loudspeaker: Loudspeaker;
	readonly drivenBrowser: DrivenBrowser;
}

/** What each run of `test` offers. */
export interface BrowsersPage {
	/** The browser's one page; what the last test left there is gone once it opens something. */
	readonly browserPage: BrowserPage;
}

/** Playwright's `test` in any of the browsers, which it drives or has driven. */
export const test = base.extend<BrowsersPage, BrowsersFixtures>({
	browserKind: ["chromium", { option: true, scope: "worker" }],
	autoplay: [true, { option: true, scope: "worker" }],
	suiteServer: [
		// biome-ignore lint/correctness/noEmptyPattern: this fixture has no needs
		async ({}, use) => {
			const server = await serveSuite();
			await use(server);
			server.close();
		},
		{ scope: "worker" },
	],
	appAddress: [
		// biome-ignore lint/correctness/noEmptyPattern: this fixture has no needs
		async ({}, use) => {
			const server = await serveApp();
			await use(server.address);
			await server.close();
		},
		{ scope: "worker" },
	],
	loudspeaker: [
		// biome-ignore lint/correctness/noEmptyPattern: this fixture has no needs
		async ({}, use) => {
			const loudspeaker = await Loudspeaker.start();
			await use(loudspeaker);
			await loudspeaker.stop();
		},
		{ scope: "worker" },
	],
	drivenBrowser: [
		async ({ browserKind, autoplay, loudspeaker }, use) => {
			const folder = await mkdtemp(join(tmpdir(), "browser-"));
			try {
				const browser = await starters[browserKind]({ folder, environment: loudspeaker.environment, autoplay });
				await use(browser);
				await browser.close();
			} finally {
				await rm(folder, { recursive: true, force: true, maxRetries: 5 });
			}
		},
		{ scope: "worker" },
	],
	browserPage: async ({ drivenBrowser }, use) => {
		await use(drivenBrowser.page);
	},
});
