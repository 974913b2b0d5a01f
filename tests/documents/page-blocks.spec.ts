import { fileURLToPath } from "node:url";
import { expect, type Page } from "@playwright/test";
import sirv from "sirv";
import { isolationHeaders, listenLocally } from "../local-server.ts";
import { test } from "../loudspeaker/loudspeaker-test.ts";
import { kick, moduleOf, readCodeBlocks } from "./code-blocks.ts";
import { METER } from "./meter.ts";

const BUILT_ENGINE = fileURLToPath(new URL("../../packages/engine/dist", import.meta.url));
const blocks = readCodeBlocks().filter(({ language, needs }) => language === "ts" && needs === "page");
const PAGE = `<!doctype html><script type="importmap">
{ "imports": { "flitzis-looper": "/engine/index.browser.js", "flitzis-looper/stream": "/engine/stream.js" } }
</script>`;

/** Their first blocks sound from a click on, in a browser that blocks the sound of untouched pages. */
const SOUNDING = ["README.md", "docs/api.md"];
const sounding = SOUNDING.map((document) => blocks.find(({ place }) => place.startsWith(document)));

/** A pad that is still loading plays at a later click. */
async function clickUntilItSounds(page: Page): Promise<void> {
	await expect(async () => {
		await page.mouse.click(10, 10);
		expect(await page.evaluate("globalThis.hasSounded")).toBe(true);
	}).toPass();
}

test("every block for pages runs in Chromium, and the first ones of README and API sound after a click", async ({
	page,
}) => {
	const serveEngine = sirv(BUILT_ENGINE, { dev: true });
	const sound = kick();
	const server = await listenLocally((request, response) => {
		const path = request.url ?? "/";
		const [, index] = /^\/block-(\d+)\.js$/.exec(path) ?? [];
		const block = blocks[Number(index)];
		if (block !== undefined) response.setHeader("Content-Type", "text/javascript").end(moduleOf(block));
		else if (path.endsWith("kick.flac")) response.end(Buffer.from(sound));
		else if (path.startsWith("/engine/")) {
			request.url = path.slice("/engine".length);
			serveEngine(request, response);
		} else response.setHeader("Content-Type", "text/html").end(PAGE);
	}, isolationHeaders);
	const failures: string[] = [];
	page.on("pageerror", (error) => failures.push(String(error)));
	await page.addInitScript(METER);
	try {
		for (const [index, block] of blocks.entries()) {
			await page.goto(server.address);
			await page.evaluate((script) => import(script), `/block-${index}.js`);
			await page.mouse.click(10, 10);
			if (sounding.includes(block)) await clickUntilItSounds(page);
			expect(failures, block.place).toEqual([]);
		}
	} finally {
		server.close();
	}
});
