import { readdirSync } from "node:fs";
import type { Page } from "@playwright/test";
import { expect, test } from "./app-test.ts";
import { noiseFile } from "./instrument-access.ts";
import { BUILT } from "./plain-app.ts";
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

test("after the first visit the app opens without a connection, and a pad of the set plays", async ({ app, page }) => {
	await app.open("empty");
	await app.drop([noiseFile("noise.wav", 60, 310)], app.pad(0).element);
	await expect(app.pad(0).surface).toHaveAccessibleName(/: noise(, \S+ (major|minor))?$/);
	await untilStored(page, "noise.wav");
	await untilKept(page);
	await page.context().setOffline(true);
	await page.reload();
	await expect(app.pad(0).surface).toHaveAccessibleName(/: noise(, \S+ (major|minor))?$/);
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
