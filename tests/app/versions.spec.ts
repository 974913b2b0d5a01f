import type { Page } from "@playwright/test";
import { AppPage } from "./app-page.ts";
import { expect, test } from "./app-test.ts";
import { noiseFile } from "./instrument-access.ts";
import { type PlainApp, servePlainly } from "./plain-app.ts";

// The instrument on plain static hosting, which isolates no page.
test.use({ serviceWorkers: "allow" });

/** Opens the app for the first time, and waits for the reload that isolates the page: nothing may touch it until then. */
async function openPlain(page: Page, address: string): Promise<() => number> {
	let loads = 0;
	page.on("load", () => loads++);
	await page.goto(address);
	await expect.poll(() => loads, { timeout: 30_000 }).toBe(2);
	return () => loads;
}

/** Has the browser look for another version now instead of within the hour. */
async function lookForUpdate(page: Page): Promise<void> {
	await page.evaluate(async () => {
		await (await navigator.serviceWorker.getRegistration())?.update();
	});
}

let plain: PlainApp;

test.beforeEach(async () => {
	plain = await servePlainly();
});

test.afterEach(() => plain.close());

test("the page reloads itself once and shares memory from then on", async ({ page }) => {
	const loads = await openPlain(page, plain.address);
	expect(await page.evaluate(() => [crossOriginIsolated, typeof SharedArrayBuffer])).toEqual([true, "function"]);
	await page.reload();
	expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
	await expect(new AppPage(page).pad(0).surface).toBeVisible();
	expect(loads()).toBe(3);
});

test("a new version waits while a pad plays, and comes on request when it is silent", async ({ page }) => {
	const app = new AppPage(page);
	await page.addInitScript(() => localStorage.setItem("flitzis-looper.start", "empty"));
	const loads = await openPlain(page, plain.address);
	await app.drop([noiseFile("noise.wav", 60, 311)], app.pad(0).element);
	await expect(app.pad(0).surface).toHaveAccessibleName(/: noise(, \S+ (major|minor))?$/);
	await app.pad(0).strike();
	await expect(app.pad(0).element).toHaveAttribute("playing");

	plain.publish("Another version");
	await lookForUpdate(page);
	await page.getByRole("button", { name: "Update" }).click({ timeout: 20_000 });
	await expect(page.getByText("It comes as soon as nothing sounds.")).toBeVisible();
	await expect(app.pad(0).element).toHaveAttribute("playing");
	expect([loads(), await page.title()]).toEqual([2, "Flitzis Looper"]);

	await page.keyboard.press("Escape");
	await expect(page).toHaveTitle("Another version", { timeout: 20_000 });
	await expect(app.pad(0).surface).toHaveAccessibleName(/: noise(, \S+ (major|minor))?$/);
	expect(loads()).toBe(3);
	expect(await page.evaluate(() => caches.keys())).toEqual(["flitzis-looper-app-Another version"]);
});

test("a version whose page has not arrived on the server is not kept", async ({ page }) => {
	await openPlain(page, plain.address);
	plain.publish("Half a version", false);
	await lookForUpdate(page);
	const isOver = (): Promise<boolean> =>
		page.evaluate(async () => {
			const registration = await navigator.serviceWorker.getRegistration();
			return registration?.installing === null && registration.waiting === null;
		});
	await expect.poll(isOver, { timeout: 20_000 }).toBe(true);
	await expect(page.getByText("A new version is ready.")).toHaveCount(0);
	expect(await page.evaluate(() => caches.keys())).toHaveLength(1);
});

test("a new version that nobody asks for never comes by itself", async ({ page }) => {
	const loads = await openPlain(page, plain.address);
	plain.publish("A third version");
	await lookForUpdate(page);
	await expect(page.getByText("A new version is ready.")).toBeVisible({ timeout: 20_000 });
	await page.getByRole("button", { name: "Dismiss" }).click();
	const waiting = await page.evaluate(
		async () => (await navigator.serviceWorker.getRegistration())?.waiting?.state ?? null,
	);
	expect([waiting, loads()]).toEqual(["installed", 2]);
});
