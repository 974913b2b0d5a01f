import { setTimeout } from "node:timers/promises";
import type { BrowserPage, Json } from "./browser-page.ts";

/** Sends one command of the protocol. @returns its value. @throws Error with the browser's message. */
export type SendCommand = (command: WebDriverCommand, parameters: Readonly<Record<string, Json>>) => Promise<unknown>;

/** The commands used here, by their names in the specification. */
export type WebDriverCommand =
	| "New Session"
	| "Delete Session"
	| "Set Timeouts"
	| "Navigate To"
	| "Set Window Rect"
	| "Execute Async Script"
	| "Perform Actions"
	| "Release Actions"
	| "Take Screenshot";

/** Longer than the test runner's own timeout. */
const PATIENCE_MS = 300_000;
const LOOK_AGAIN_MS = 20;
const BLANK_PAGE = "about:blank";

/**
 * A page driven over the WebDriver protocol.
 *
 * Source: W3C, "WebDriver" (Working Draft), sections 8 to 17.
 */
export class WebDriverPage implements BrowserPage {
	readonly #send: SendCommand;

	/** @param send - of a started session */
	constructor(send: SendCommand) {
		this.#send = send;
	}

	/** Raises the session's timeouts to that of the tests. */
	async setPatience(): Promise<void> {
		await this.#send("Set Timeouts", { script: PATIENCE_MS, pageLoad: PATIENCE_MS });
	}

	async open(address: string): Promise<void> {
		await this.#send("Navigate To", { url: address });
		// WebKit's first navigation can be answered by the load of the blank page before it.
		for (;;) {
			const { url, state } = await this.evaluate(() => ({ url: document.URL, state: document.readyState }));
			if (url !== BLANK_PAGE && state === "complete") return;
			await setTimeout(LOOK_AGAIN_MS);
		}
	}

	async evaluate<Arguments extends readonly Json[], Answer>(
		task: (...given: Arguments) => Answer | Promise<Answer>,
		...given: Arguments
	): Promise<Answer> {
		const script = `
			const given = [...arguments];
			const answer = given.pop();
			(async () => (${String(task)})(...given))().then(
				(value) => answer({ value: JSON.stringify(value) ?? null }),
				(error) => answer({ error: String(error) + "\\n" + (error?.stack ?? "") }),
			);`;
		const outcome = await this.#send("Execute Async Script", { script, args: given });
		// The script above returns one of these two.
		const { value, error } = outcome as { value?: string | null; error?: string };
		if (error !== undefined) throw new Error(error);
		return value === null || value === undefined ? (undefined as Answer) : (JSON.parse(value) as Answer);
	}

	async click(x: number, y: number): Promise<void> {
		const actions = [
			{ type: "pointerMove", duration: 0, x, y },
			{ type: "pointerDown", button: 0 },
			{ type: "pointerUp", button: 0 },
		];
		const mouse = { type: "pointer", id: "mouse", parameters: { pointerType: "mouse" }, actions };
		await this.#send("Perform Actions", { actions: [mouse] });
		await this.#send("Release Actions", {});
	}

	async resize(width: number, height: number): Promise<void> {
		await this.#send("Set Window Rect", { width, height });
		// A window is larger than its viewport.
		const seen = await this.evaluate(() => ({ width: innerWidth, height: innerHeight }));
		await this.#send("Set Window Rect", { width: 2 * width - seen.width, height: 2 * height - seen.height });
	}

	async screenshot(): Promise<Uint8Array> {
		return Buffer.from(String(await this.#send("Take Screenshot", {})), "base64");
	}
}
