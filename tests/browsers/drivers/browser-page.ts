/** JSON values, which tests exchange with pages. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** A page of a browser under test, implemented per browser. */
export interface BrowserPage {
	/** Opens an address and resolves when its document is complete. */
	open(address: string): Promise<void>;
	/**
	 * Calls a function in the page and awaits its result.
	 *
	 * @param task - uses nothing but its arguments and the page's globals
	 */
	evaluate<Arguments extends readonly Json[], Answer>(
		task: (...given: Arguments) => Answer | Promise<Answer>,
		...given: Arguments
	): Promise<Answer>;
	/** Clicks as a user gesture. */
	click(x: number, y: number): Promise<void>;
	/** Sets the size of the viewport in CSS pixels. */
	resize(width: number, height: number): Promise<void>;
	/** @returns a PNG image of the page. */
	screenshot(): Promise<Uint8Array>;
}

/** A browser with one page. */
export interface DrivenBrowser {
	readonly page: BrowserPage;
	/** Terminates the browser and its child processes. */
	close(): Promise<void>;
}

/** Options for starting a browser. */
export interface BrowserSettings {
	/** A new folder for profile, home and sockets. */
	readonly folder: string;
	/** Added to the environment to select the loudspeaker. */
	readonly environment: Readonly<Record<string, string>>;
	/** Whether pages may play before a user gesture. */
	readonly autoplay: boolean;
}
