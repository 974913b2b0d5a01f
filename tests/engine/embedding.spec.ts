import { readFileSync } from "node:fs";
import type { Frame, Page } from "@playwright/test";
import { expect, test } from "@playwright/test";
import type * as Engine from "../../packages/engine/dist/index.browser.js";
import { noise, writeWave } from "../../packages/engine/test/fixtures.ts";
import { programPath } from "../../scripts/ensure-programs.mjs";
import { type EmbeddingPage, isolationHeaders, serveDelivery, serveEmbedding } from "./embedding-servers.ts";

const wave = writeWave(noise(4_800, 1, { seed: 1 }), { coding: "f32", sampleRate: 48_000, channels: 1 });
const sound = `data:audio/wav;base64,${Buffer.from(wave).toString("base64")}`;

/** A name that the browser finds on this machine, and that no browser trusts as it trusts localhost. */
const NAME = "instrument.test";
const namedLaunch = {
	executablePath: programPath("chromium"),
	args: ["--no-sandbox", `--host-resolver-rules=MAP ${NAME} localhost`],
};

/** What came of the engine in a page. */
interface Outcome {
	readonly threading: string;
	readonly peak: number;
	/** Code and message of what failed. */
	readonly failure: string | null;
}

/** What a page tries. */
interface Attempt {
	/** The engine's address. */
	readonly entry: string;
	/** The sound's. */
	readonly source: string;
	readonly assets: Engine.EngineAssets;
}

/** Imports the engine, loads a sound and lets it be heard. Runs in the page. */
async function tryEngineInPage({ entry, source, assets }: Attempt): Promise<Outcome> {
	const { AudioEngine } = (await import(entry)) as typeof Engine;
	const engine = new AudioEngine({ assets });
	try {
		await engine.run();
		await engine.loadSample(0, source);
		const activity = engine.createActivity();
		let peak = 0;
		engine.pad(0).loop = true;
		engine.pad(0).press(1);
		while (peak === 0) {
			await new Promise((resolve) => setTimeout(resolve, 10));
			engine.readActivity(activity);
			peak = activity.masterPeak;
		}
		return { threading: engine.stats().threading, peak, failure: null };
	} catch (error) {
		const { code = "", message } = error as { code?: string; message: string };
		return { threading: "", peak: 0, failure: `${code}: ${message}` };
	} finally {
		await engine.shutDown();
	}
}

async function tryEngine(
	page: Page,
	embedding: Partial<EmbeddingPage> & { readonly assets?: Engine.EngineAssets },
	entryOf: (servers: { readonly own: string; readonly delivery: string }) => string,
	named: (address: string) => string = (address) => address,
): Promise<Outcome> {
	const delivery = await serveDelivery();
	const headersOf = (text: string): string => text.replaceAll("DELIVERY", delivery.address.slice(0, -1));
	const headers = Object.fromEntries(
		Object.entries(embedding.headers ?? {}).map(([name, value]) => [name, headersOf(value)]),
	);
	const own = await serveEmbedding({ headers, sandbox: embedding.sandbox ?? null });
	try {
		await page.goto(named(own.address));
		const frame: Page | Frame = embedding.sandbox === undefined ? page : page.frames()[1]!;
		const entry = entryOf({ own: named(own.address), delivery: delivery.address });
		return await frame.evaluate(tryEngineInPage, { entry, source: sound, assets: embedding.assets ?? {} });
	} finally {
		own.close();
		delivery.close();
	}
}

const fromDelivery = ({ delivery }: { readonly delivery: string }): string => `${delivery}index.browser.js`;
const fromOwn = ({ own }: { readonly own: string }): string => `${own}engine/index.browser.js`;

test("a page that imports the engine from another origin hears it", async ({ page }) => {
	const outcome = await tryEngine(page, {}, fromDelivery);
	expect(outcome).toMatchObject({ threading: "messages", failure: null });
	expect(outcome.peak).toBeGreaterThan(0.01);
});

test("so does one that shares memory", async ({ page }) => {
	const outcome = await tryEngine(page, { headers: isolationHeaders }, fromDelivery);
	expect(outcome).toMatchObject({ threading: "shared", failure: null });
	expect(outcome.peak).toBeGreaterThan(0.01);
});

test("so does one whose bundler has put the engine's files into data: addresses", async ({ page }) => {
	const inlined = (file: string): string => {
		const content = readFileSync(new URL(`../../packages/engine/dist/${file}`, import.meta.url));
		return `data:${file.endsWith(".wasm") ? "application/wasm" : "text/javascript"};base64,${content.toString("base64")}`;
	};
	const assets = {
		kernelUnshared: inlined("kernel-unshared.wasm"),
		loaderKernel: inlined("loader.wasm"),
		loaderThread: inlined("loader-thread.js"),
		worklet: inlined("kernel-processor.js"),
	};
	const outcome = await tryEngine(page, { assets }, fromOwn);
	expect(outcome).toMatchObject({ threading: "messages", failure: null });
	expect(outcome.peak).toBeGreaterThan(0.01);
});

test("a server that answers with its page instead of a missing file is named in the error", async ({ page }) => {
	const { failure } = await tryEngine(page, { assets: { loaderKernel: "/assets/loader.wasm" } }, fromOwn);
	expect(failure).toMatch(/^unsupported-platform: .*\/assets\/loader\.wasm .*answered with a page.*set assets\.base/);
});

const policy = (...directives: readonly string[]): Partial<EmbeddingPage> => ({
	headers: { "Content-Security-Policy": ["default-src 'self'", ...directives].join("; ") },
});
const wasm = "script-src 'self' 'wasm-unsafe-eval'";
const data = "connect-src 'self' data:";

test("a strict policy without blob: is enough for the page's own origin", async ({ page }) => {
	expect(await tryEngine(page, policy(wasm, data), fromOwn)).toMatchObject({ failure: null });
});

test("without wasm-unsafe-eval the error names the directive", async ({ page }) => {
	const { failure } = await tryEngine(page, policy("script-src 'self'", data), fromOwn);
	expect(failure).toMatch(/^unsupported-platform: .*wasm-unsafe-eval/);
});

test("another origin needs itself and blob: in worker-src, and the error says so", async ({ page }) => {
	const scripts = "script-src 'self' 'wasm-unsafe-eval' DELIVERY";
	const connections = "connect-src 'self' data: DELIVERY";
	for (const policyOf of [policy(scripts, connections), policy(scripts, connections, "worker-src 'self' blob:")]) {
		const { failure } = await tryEngine(page, policyOf, fromDelivery);
		expect(failure).toMatch(/^unsupported-platform: .*worker-src, and blob: if/);
	}
	const allowed = policy(scripts, connections, "worker-src 'self' blob: DELIVERY");
	expect(await tryEngine(page, allowed, fromDelivery)).toMatchObject({ failure: null });
});

test("a sandboxed frame works with allow-same-origin, and without it the error says so", async ({ page }) => {
	const { failure } = await tryEngine(page, { sandbox: "allow-scripts" }, fromOwn);
	expect(failure).toMatch(/^unsupported-platform: .*allow-same-origin/);
	const allowed = await tryEngine(page, { sandbox: "allow-scripts allow-same-origin" }, fromOwn);
	expect(allowed).toMatchObject({ failure: null });
});

test("plain http: under a name of its own is refused at once, and the error names https:", async ({ playwright }) => {
	const browser = await playwright.chromium.launch(namedLaunch);
	try {
		const named = (address: string): string => address.replace("localhost", NAME);
		const { failure } = await tryEngine(await browser.newPage(), {}, fromOwn, named);
		expect(failure).toMatch(/^unsupported-platform: .*http:\/\/instrument\.test.*https:/);
	} finally {
		await browser.close();
	}
});
