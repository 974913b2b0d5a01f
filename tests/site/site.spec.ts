import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "@playwright/test";
import sirv from "sirv";
import { METER } from "../documents/meter.ts";
import { type LocalServer, listenLocally } from "../local-server.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const SITE = join(ROOT, ".build/site");
const EXAMPLES = "documents/Live_examples.html";

let server: LocalServer;

test.beforeAll(async () => {
	test.setTimeout(300_000);
	const { status, stderr } = spawnSync(process.execPath, ["scripts/docs.mjs"], { cwd: ROOT, encoding: "utf8" });
	expect(status, stderr).toBe(0);
	server = await listenLocally(sirv(SITE, { dev: true }), {});
});

test.afterAll(() => server.close());

/** The pages of the site, with what they say. */
function pages(): ReadonlyMap<string, string> {
	const names = readdirSync(SITE, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".html"));
	return new Map(names.map((name) => [name, readFileSync(join(SITE, name), "utf8")]));
}

/** Links of a page to the site itself: file and fragment. */
function linksOf(page: string, html: string): readonly (readonly [file: string, fragment: string])[] {
	const addresses = [...html.matchAll(/\s(?:href|src)="([^"]*)"/g)].map(([, address = ""]) =>
		address.replaceAll("&amp;", "&"),
	);
	return addresses
		.filter((address) => !/^(?:[a-z]+:|\/\/)/i.test(address))
		.map((address) => {
			const [path = "", fragment = ""] = address.split("#");
			const file = path === "" ? page : normalize(join(dirname(page), decodeURIComponent(path.split("?")[0] ?? "")));
			return [file, decodeURIComponent(fragment)] as const;
		});
}

test("every link leads to a file of the site, and to a place in it", () => {
	const all = pages();
	expect(all.size).toBeGreaterThan(100);
	const broken = [...all].flatMap(([page, html]) =>
		linksOf(page, html)
			.filter(([file, fragment]) => {
				if (!existsSync(join(SITE, file))) return true;
				const target = all.get(file);
				return fragment !== "" && target !== undefined && !target.includes(`id="${fragment}"`);
			})
			.map(([file, fragment]) => `${page}: ${file}#${fragment}`),
	);
	expect([...new Set(broken)]).toEqual([]);
});

test("the live examples run and sound", async ({ page }) => {
	const failures: string[] = [];
	page.on("pageerror", (error) => failures.push(String(error)));
	await page.addInitScript(METER);
	const hasSounded = () => page.waitForFunction("globalThis.hasSounded === true");
	const run = async (index: number): Promise<void> => {
		await page.goto(`${server.address}${EXAMPLES}`);
		const button = page.getByRole("button", { name: "Run", exact: true }).nth(index);
		await button.click();
		await expect(page.getByRole("button", { name: "Running" })).toBeVisible();
	};

	await run(0);
	// The sound arrives meanwhile.
	await expect(async () => {
		await page.getByRole("button", { name: "Kick" }).click();
		expect(await page.evaluate("globalThis.hasSounded === true")).toBe(true);
	}).toPass();

	await run(1);
	await expect(async () => {
		await page.getByRole("button", { name: "Drums" }).click();
		expect(await page.evaluate("globalThis.hasSounded === true")).toBe(true);
	}).toPass({ intervals: [3_000] });
	await page.getByRole("button", { name: "Break" }).click();
	await page.getByRole("slider", { name: "Tempo" }).fill("150");
	await hasSounded();

	await run(2);
	await expect(page.locator("output")).toHaveText("600 seconds");
	await expect(page.getByRole("progressbar")).toHaveJSProperty("value", 1);

	await run(3);
	await expect(page.locator("audio")).toHaveJSProperty("duration", 6);
	expect(failures).toEqual([]);
	await expect(page.locator(".run-failure")).toHaveCount(0);
});
