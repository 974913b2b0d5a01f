/* oxlint-disable no-empty-pattern -- Playwright reads a fixture's needs from its pattern */
import { fileURLToPath } from "node:url";
import { test as base, expect } from "@playwright/test";
import { rolldown } from "rolldown";
import sirv from "sirv";
import { compile } from "svelte/compiler";
import { noise, writeWave } from "../../packages/engine/test/fixtures.ts";
import { isolationHeaders, listenLocally } from "../local-server.ts";

const ENGINE_FOLDER = fileURLToPath(new URL("../../packages/engine/dist", import.meta.url));
const PAGE_SCRIPT = fileURLToPath(new URL("./page/page.mjs", import.meta.url));
const PAGE = '<!doctype html><title>examples</title><body></body><script type="module" src="/page.js"></script>';
const SOUND = writeWave(noise(48_000, 1, { seed: 1 }), { coding: "f32", sampleRate: 48_000, channels: 1 });

/** Bundles the page for development, where StrictMode mounts twice. The engine is served as it is. */
async function bundlePage(): Promise<string> {
	const build = await rolldown({
		input: PAGE_SCRIPT,
		platform: "browser",
		tsconfig: false,
		external: ["flitzis-looper"],
		transform: { define: { "process.env.NODE_ENV": '"development"' } },
		plugins: [
			{
				name: "svelte",
				transform: (code, id) =>
					id.endsWith(".svelte") ? { code: compile(code, { filename: id }).js.code, moduleType: "js" } : null,
			},
		],
	});
	const { output } = await build.generate({ format: "esm", paths: { "flitzis-looper": "/engine/index.browser.js" } });
	await build.close();
	return output[0].code;
}

const test = base.extend<object, { readonly address: string }>({
	address: [
		// biome-ignore lint/correctness/noEmptyPattern: this fixture has no needs
		async ({}, use) => {
			const script = await bundlePage();
			const serveEngine = sirv(ENGINE_FOLDER, { dev: true });
			const server = await listenLocally((request, response) => {
				const path = request.url ?? "/";
				if (path.startsWith("/engine/")) {
					request.url = path.slice("/engine".length);
					serveEngine(request, response);
				} else if (path === "/page.js") {
					response.setHeader("Content-Type", "text/javascript").end(script);
				} else if (path === "/sound.wav") {
					response.end(SOUND);
				} else {
					response.setHeader("Content-Type", "text/html").end(PAGE);
				}
			}, isolationHeaders);
			await use(server.address);
			server.close();
		},
		{ scope: "worker" },
	],
});

/** What the page offers the test. */
interface ExamplePage {
	show(framework: string): void;
	hide(): void;
	contextStates(): AudioContextState[];
}

for (const framework of ["react", "vue", "svelte"]) {
	test(`the example for ${framework} plays, shows its pad, and leaves no engine behind`, async ({ page, address }) => {
		await page.goto(address);
		const states = (): Promise<AudioContextState[]> =>
			page.evaluate(() => (window as unknown as ExamplePage).contextStates());
		const open = async (): Promise<number> => (await states()).filter((state) => state !== "closed").length;
		for (const round of [1, 2]) {
			await page.evaluate((name) => (window as unknown as ExamplePage).show(name), framework);
			const pad = page.getByRole("button");
			await expect(pad, `round ${round}`).toHaveText("idle");
			await expect(async () => {
				await pad.click();
				await expect(pad).toHaveText("playing", { timeout: 500 });
			}).toPass();
			await expect.poll(open).toBe(1);
			// StrictMode mounts twice.
			expect(await states()).toHaveLength(framework === "react" ? 2 * round : round);
			await expect(pad).toHaveText("idle");
			await page.evaluate(() => (window as unknown as ExamplePage).hide());
			await expect.poll(open).toBe(0);
		}
	});
}
