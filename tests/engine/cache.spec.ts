import type { Page } from "@playwright/test";
import type * as Engine from "../../packages/engine/dist/index.browser.js";
import { music, writeWave } from "../../packages/engine/test/fixtures.ts";
import { test as engineTest, expect } from "./engine-test.ts";

/** A browser with a profile on disk: what has none keeps no times of use. */
const test = engineTest.extend({
	context: async ({ playwright, launchOptions, baseURL }, use, testInfo) => {
		const options = baseURL === undefined ? launchOptions : { ...launchOptions, baseURL };
		const context = await playwright.chromium.launchPersistentContext(testInfo.outputPath("profile"), options);
		await use(context);
		await context.close();
	},
});

/** At a rate that is not the engine's, so that decoding it takes work. */
const files = [1, 2, 3].map((seed) =>
	Buffer.from(writeWave(music(4_410, 44_100, 2, seed), { sampleRate: 44_100, channels: 2 })).toString("base64"),
);

/** How one load went. */
interface Outcome {
	readonly stages: readonly string[];
	/** Left channel of what the slot plays, as text. */
	readonly sound: string;
	readonly cacheHits: number;
	readonly cacheFailures: number;
}

/** Opens the page anew and loads one of the files there. */
async function loadInNewPage(page: Page, file: number, maxBytes?: number): Promise<Outcome> {
	await page.goto("/");
	return page.evaluate(
		async ([base64, limit]) => {
			const entry = "/engine/index.browser.js";
			const { AudioEngine }: typeof Engine = await import(entry);
			const cache = limit === undefined ? true : { maxBytes: limit };
			const engine = new AudioEngine({ output: "offline", sampleRate: 48_000, cache });
			await engine.run();
			const stages = new Set<string>();
			const source = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
			await engine.loadSample(0, source, { onProgress: ({ stage }) => stages.add(stage) });
			engine.playSample(0, 1);
			const sound = engine.renderOffline(5_000)[0].join();
			const { cacheHits, cacheFailures } = engine.stats();
			await engine.shutDown();
			return { stages: [...stages], sound, cacheHits, cacheFailures };
		},
		[files[file] ?? "", maxBytes] as const,
	);
}

/** The cache's entries with their lengths, oldest use first. */
function listEntries(page: Page): Promise<[name: string, bytes: number][]> {
	return page.evaluate(async () => {
		const root = await navigator.storage.getDirectory();
		const folder = await root.getDirectoryHandle("flitzis-looper", { create: true });
		const entries: { name: string; bytes: number; usedAt: number }[] = [];
		for await (const [name, handle] of folder.entries()) {
			if (!(handle instanceof FileSystemFileHandle)) continue;
			const { size, lastModified } = await handle.getFile();
			entries.push({ name, bytes: size, usedAt: lastModified });
		}
		return entries.toSorted((a, b) => a.usedAt - b.usedAt).map(({ name, bytes }) => [name, bytes]);
	});
}

/** Changes one byte of the only entry, or cuts it there. */
function damageEntry(page: Page, byteOffset: number, isCut: boolean): Promise<void> {
	return page.evaluate(
		async ([offset, cut]) => {
			const root = await navigator.storage.getDirectory();
			const folder = await root.getDirectoryHandle("flitzis-looper");
			for await (const handle of folder.values()) {
				if (!(handle instanceof FileSystemFileHandle)) continue;
				const bytes = new Uint8Array(await (await handle.getFile()).arrayBuffer());
				bytes[offset] = (bytes[offset] ?? 0) ^ 1;
				const writable = await handle.createWritable();
				await writable.write(cut ? bytes.slice(0, offset) : bytes);
				await writable.close();
			}
		},
		[byteOffset, isCut] as const,
	);
}

const DECODED = ["Loading (reading)", "Loading (decoding)", "Loading (resampling)", "Loading (publishing)"];
const FROM_CACHE = ["Loading (reading)", "Loading (publishing)"];

test("a sample decoded before a reload comes from the private file system after it, equal to the bit", async ({
	page,
}) => {
	const decoded = await loadInNewPage(page, 0);
	expect(decoded).toMatchObject({ stages: DECODED, cacheHits: 0, cacheFailures: 0 });
	const cached = await loadInNewPage(page, 0);
	expect(cached).toEqual({ stages: FROM_CACHE, sound: decoded.sound, cacheHits: 1, cacheFailures: 0 });
});

test("a damaged or cut entry is decoded anew and kept again", async ({ page }) => {
	const { sound } = await loadInNewPage(page, 0);
	const [[, length] = ["", 0]] = await listEntries(page);
	for (const [byteOffset, isCut] of [
		[0, false],
		[length >> 1, false],
		[length - 1, false],
		[0, true],
		[length - 1, true],
	] as const) {
		await damageEntry(page, byteOffset, isCut);
		expect(await loadInNewPage(page, 0)).toEqual({ stages: expect.any(Array), sound, cacheHits: 0, cacheFailures: 1 });
		expect(await listEntries(page)).toEqual([[expect.any(String), length]]);
	}
	expect(await loadInNewPage(page, 0)).toMatchObject({ stages: FROM_CACHE, sound });
});

test("an entry that another page holds open is decoded, and no failure", async ({ page, context }) => {
	const { sound } = await loadInNewPage(page, 0);
	const holder = await context.newPage();
	await holder.goto("/");
	await holder.evaluate(async () => {
		const script = `
			const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle("flitzis-looper");
			for await (const handle of folder.values()) self.held = await handle.createSyncAccessHandle();
			postMessage("held");`;
		const worker = new Worker(URL.createObjectURL(new Blob([script], { type: "text/javascript" })), { type: "module" });
		await new Promise((resolve) => worker.addEventListener("message", resolve));
		Object.assign(window, { worker });
	});
	expect(await loadInNewPage(page, 0)).toEqual({ stages: DECODED, sound, cacheHits: 0, cacheFailures: 0 });
	await holder.close();
});

test("the least recently used entry goes when the cache is full", async ({ page }) => {
	await loadInNewPage(page, 0);
	const [[oldest, length] = ["", 0]] = await listEntries(page);
	await loadInNewPage(page, 1);
	const second = (await listEntries(page)).map(([name]) => name).find((name) => name !== oldest);
	// The first is used again, so the second is the one to go.
	expect((await loadInNewPage(page, 0)).cacheHits).toBe(1);
	expect((await listEntries(page)).map(([name]) => name)).toEqual([second, oldest]);
	await loadInNewPage(page, 2, Math.floor(2.5 * length));
	const left = (await listEntries(page)).map(([name]) => name);
	expect(left).toHaveLength(2);
	expect(left).toContain(oldest);
});

test("without a private file system every file is decoded, and the failures are counted", async ({ page }) => {
	await page.route("**/loader-thread.js", async (route) => {
		const response = await route.fetch();
		const refusal =
			"StorageManager.prototype.getDirectory = () => Promise.reject(new DOMException('no', 'SecurityError'));";
		await route.fulfill({ response, body: `${refusal}${await response.text()}` });
	});
	for (let load = 0; load < 2; load++) {
		expect(await loadInNewPage(page, 0)).toMatchObject({ stages: DECODED, cacheHits: 0, cacheFailures: 2 });
	}
});
