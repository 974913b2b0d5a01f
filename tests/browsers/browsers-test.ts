/* oxlint-disable no-empty-pattern -- Playwright reads a fixture's needs from its pattern */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { serveApp } from "../app/app-server.ts";
import { type LoudspeakerFixtures, test as loudspeakerTest } from "../loudspeaker/loudspeaker-test.ts";
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

/** Worker fixtures: one browser, started once. */
export interface BrowsersFixtures extends LoudspeakerFixtures {
	readonly browserKind: BrowserKind;
	/** Whether pages may play before a user gesture. */
	readonly autoplay: boolean;
	readonly suiteServer: SuiteServer;
	/** Address of the built instrument. */
	readonly appAddress: string;
	readonly drivenBrowser: DrivenBrowser;
}

/** Test fixtures. */
export interface BrowsersPage {
	/** The browser's only page; opening an address discards the previous test's state. */
	readonly browserPage: BrowserPage;
}

/** Playwright's `test` in any of the browsers, driven by Playwright or WebDriver. */
export const test = loudspeakerTest.extend<BrowsersPage, Omit<BrowsersFixtures, "loudspeaker">>({
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
