/** What a browser's test can send into a page and get back: values that JSON carries. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** One page of a browser that a test drives; each browser brings its own. */
export interface BrowserPage {
	/** Opens an address and resolves when its document is complete. */
	open(address: string): Promise<void>;
	/**
	 * Calls a function in the page and waits for what it promises.
	 *
	 * @param task - uses nothing but its arguments and the page's globals
	 */
	evaluate<Arguments extends readonly Json[], Answer>(
		task: (...given: Arguments) => Answer | Promise<Answer>,
		...given: Arguments
	): Promise<Answer>;
	/** Presses and lets go as a person would: the page sees a gesture of its user. */
	click(x: number, y: number): Promise<void>;
	/** Makes what the page sees of itself as large as told, in CSS pixels. */
	resize(width: number, height: number): Promise<void>;
	/** @returns what the page looks like, as PNG. */
	screenshot(): Promise<Uint8Array>;
}

/** A browser with one page. */
export interface DrivenBrowser {
	readonly page: BrowserPage;
	/** Ends the browser and all that was started with it. */
	close(): Promise<void>;
}

/** How a browser is to be started. */
export interface BrowserSettings {
	/** A new folder for profile, home and sockets. */
	readonly folder: string;
	/** Added to the environment, so that it finds its loudspeaker. */
	readonly environment: Readonly<Record<string, string>>;
	/** Whether pages may sound before anybody has touched them. */
	readonly autoplay: boolean;
}
