import type * as Engine from "../../../packages/engine/dist/index.browser.js";
import { chapters } from "./index.ts";
import { Stage, type Suite, type Threading } from "./stage.ts";

/** The test to run, and its threading. */
export interface TestChoice {
	readonly chapter: keyof typeof chapters;
	readonly name: string;
	readonly threading: Threading;
}

declare global {
	interface Window {
		/** Runs one test; rejects if it fails. */
		runTest(choice: TestChoice): Promise<void>;
		/** The test that continues while the user touches the page. */
		running: Promise<void>;
		/** Called when a test waits for the user's gesture. */
		onGestureWanted: () => void;
	}
}

const PACKAGE = "/engine/index.browser.js";

window.runTest = async ({ chapter, name, threading }) => {
	const builtPackage: typeof Engine = await import(PACKAGE);
	const suite: Suite = chapters[chapter];
	const test = suite[name];
	if (test === undefined) throw new Error(`The chapter ${chapter} has no test "${name}".`);
	const stage = new Stage(builtPackage, threading);
	try {
		await test(stage);
	} finally {
		await stage.clear();
	}
};
