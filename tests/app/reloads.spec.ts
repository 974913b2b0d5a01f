import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { seededRandom } from "../../packages/engine/test/fixtures.ts";
import { expect, test } from "./app-test.ts";
import { beginStorm } from "./edit-storm.ts";
import { type LoggedChange, loggedChanges, lostParts } from "./lost-parts.ts";
import { openedParts, preparePage } from "./set-parts.ts";

// On a busy machine even half a second may pass before a file is written.
test.describe.configure({ retries: 2, timeout: 300_000 });

const SEED = 13;
const RELOADS = 20;
const KILLS = 6;
const BROWSER_KILLS = 4;

/** Seeds and moments of so many storms. */
function storms(count: number, seed: number): readonly { readonly seed: number; readonly milliseconds: number }[] {
	const random = seededRandom(seed);
	return Array.from({ length: count }, () => ({
		seed: Math.floor(random() * 2 ** 31),
		milliseconds: Math.floor(100 + random() * 1500),
	}));
}

async function openEmpty(page: Page): Promise<void> {
	await page.addInitScript(() => localStorage.setItem("flitzis-looper.start", "empty"));
	await page.addInitScript(preparePage);
	await page.goto("/");
	await openedParts(page);
}

async function expectLittleLost(page: Page, storm: object, told?: readonly LoggedChange[]): Promise<void> {
	const parts = await openedParts(page);
	const changes = told ?? (await loggedChanges(page));
	expect(lostParts(parts, changes), JSON.stringify(storm)).toEqual([]);
	// Every part is logged once before it is edited.
	expect(changes.length).toBeGreaterThan(Object.keys(parts).length + 1);
}

test("reloaded at any moment amid edits, the page has all but the last half second of them", async ({ page }) => {
	await openEmpty(page);
	for (const storm of storms(RELOADS, SEED)) {
		await beginStorm(page, storm);
		await page.reload();
		await expectLittleLost(page, storm);
	}
});

test("a page that is killed at any moment amid edits comes back with all but the last half second of them", async ({
	page: first,
	context,
}) => {
	let page = first;
	await openEmpty(page);
	for (const storm of storms(KILLS, SEED + 1)) {
		await beginStorm(page, storm);
		const crashing = page.waitForEvent("crash");
		page.goto("chrome://crash").catch(() => {});
		await crashing;
		const next = await context.newPage();
		await openEmpty(next);
		await page.close();
		page = next;
		await expectLittleLost(page, storm);
	}
});

test("a browser that is killed at any moment amid edits comes back with all but the last half second of them", async ({
	playwright,
	launchOptions,
	appAddress,
}) => {
	const profile = mkdtempSync(join(tmpdir(), "profile-"));
	const launch = () =>
		playwright.chromium.launchPersistentContext(profile, {
			...launchOptions,
			baseURL: appAddress,
			serviceWorkers: "block",
		});
	let context = await launch();
	try {
		await openEmpty(context.pages()[0]!);
		for (const storm of storms(BROWSER_KILLS, SEED + 2)) {
			const changes: LoggedChange[] = [];
			const page = context.pages()[0]!;
			await page.exposeFunction("tellChange", (change: LoggedChange) => void changes.push(change));
			await beginStorm(page, storm);
			const closing = context.waitForEvent("close");
			const session = await context.browser()!.newBrowserCDPSession();
			session.send("Browser.crash").catch(() => {});
			await closing;
			context = await launch();
			await openEmpty(context.pages()[0]!);
			await expectLittleLost(context.pages()[0]!, storm, changes);
		}
	} finally {
		await context.close();
		rmSync(profile, { recursive: true });
	}
});
