import { join } from "node:path";
import { chromium, type Page } from "@playwright/test";
import { programPath } from "../../../scripts/ensure-programs.mjs";
import type { BrowserPage, BrowserSettings, DrivenBrowser, Json } from "./browser-page.ts";

class ChromiumPage implements BrowserPage {
	readonly #page: Page;

	constructor(page: Page) {
		this.#page = page;
	}

	async open(address: string): Promise<void> {
		await this.#page.goto(address);
	}

	async evaluate<Arguments extends readonly Json[], Answer>(
		task: (...given: Arguments) => Answer | Promise<Answer>,
		...given: Arguments
	): Promise<Answer> {
		// Playwright's own evaluate counts as a user gesture; evaluating over the protocol does not.
		const browser = await this.#page.context().newCDPSession(this.#page);
		const expression = `(async () => (${String(task)})(...${JSON.stringify(given)}))()`;
		const { result, exceptionDetails } = await browser.send("Runtime.evaluate", {
			expression,
			awaitPromise: true,
			returnByValue: true,
		});
		await browser.detach();
		if (exceptionDetails !== undefined)
			throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
		return result.value as Answer;
	}

	async click(x: number, y: number): Promise<void> {
		await this.#page.mouse.click(x, y);
	}

	async resize(width: number, height: number): Promise<void> {
		await this.#page.setViewportSize({ width, height });
	}

	async screenshot(): Promise<Uint8Array> {
		return await this.#page.screenshot();
	}
}

/** Starts Chromium with a profile on disk: without one, private files have no modification times. */
export async function startChromium({ folder, environment, autoplay }: BrowserSettings): Promise<DrivenBrowser> {
	const policy = autoplay ? "no-user-gesture-required" : "document-user-activation-required";
	const context = await chromium.launchPersistentContext(join(folder, "profile"), {
		executablePath: programPath("chromium"),
		// The sandbox does not work as root, and the output must not be muted.
		args: ["--no-sandbox", `--autoplay-policy=${policy}`],
		ignoreDefaultArgs: ["--mute-audio"],
		env: { ...process.env, ...environment },
	});
	const page = context.pages()[0] ?? (await context.newPage());
	return { page: new ChromiumPage(page), close: () => context.close() };
}
