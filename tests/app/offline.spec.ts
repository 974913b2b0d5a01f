import { readdirSync } from "node:fs";
import type { Page } from "@playwright/test";
import { AppPage } from "./app-page.ts";
import { expect, test } from "./app-test.ts";
import { noiseFile } from "./instrument-access.ts";
import { BUILT, type PlainApp, servePlainly } from "./plain-app.ts";
import { untilStored } from "./stored-sets.ts";

test.use({ serviceWorkers: "allow" });

/** Resolves when all of the app is kept. */
async function untilKept(page: Page): Promise<void> {
	const isKept = () =>
		page.evaluate(async () => {
			const registration = await navigator.serviceWorker.getRegistration();
			return registration?.active?.state === "activated" && navigator.serviceWorker.controller !== null;
		});
	await expect.poll(isKept, { timeout: 30_000 }).toBe(true);
}

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

test("after the first visit the app opens without a connection, and a pad of the set plays", async ({ app, page }) => {
	await app.open("empty");
	await app.drop([noiseFile("noise.wav", 60, 310)], app.pad(0).element);
	await expect(app.pad(0).surface).toHaveAccessibleName(/: noise$/);
	await untilStored(page, "noise.wav");
	await untilKept(page);
	await page.context().setOffline(true);
	await page.reload();
	await expect(app.pad(0).surface).toHaveAccessibleName(/: noise$/);
	expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
	await app.pad(0).strike();
	await expect(app.pad(0).element).toHaveAttribute("playing");
	await page.keyboard.press("?");
	await expect(page.getByRole("dialog", { name: "All keys" })).toBeVisible();
});

test("without a connection every file of the build is answered, the sounds of the demo among them", async ({
	app,
	page,
}) => {
	await app.open("empty");
	await untilKept(page);
	await page.context().setOffline(true);
	const answered = await page.evaluate(async () => {
		const [name = ""] = await caches.keys();
		const kept = await (await caches.open(name)).keys();
		const responses = await Promise.all(kept.map(({ url }) => fetch(url)));
		return responses.filter(({ ok }) => ok).map(({ url }) => url);
	});
	const files = readdirSync(BUILT, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
	expect(answered.length).toBe(files.length - 1);
	expect(answered.some((url) => url.endsWith(".wav"))).toBe(true);
});

test("media elements get the part of a file that they ask for", async ({ app, page }) => {
	await app.open("empty");
	await untilKept(page);
	const answered = await page.evaluate(async () => {
		const whole = Array.from(new Uint8Array(await (await fetch("silence.flac")).arrayBuffer()));
		const part = await fetch("silence.flac", { headers: { range: "bytes=4-7" } });
		const bytes = new Uint8Array(await part.arrayBuffer());
		return {
			status: part.status,
			range: part.headers.get("content-range"),
			bytes: [...bytes],
			size: whole.length,
			expected: whole.slice(4, 8),
		};
	});
	expect(answered.status).toBe(206);
	expect(answered.range).toBe(`bytes 4-7/${answered.size}`);
	expect(answered.bytes).toEqual(answered.expected);
});

test.describe("on plain static hosting", () => {
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
		await expect(app.pad(0).surface).toHaveAccessibleName(/: noise$/);
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
		await expect(app.pad(0).surface).toHaveAccessibleName(/: noise$/);
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
});
