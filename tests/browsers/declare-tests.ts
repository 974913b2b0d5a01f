import { test } from "./browsers-test.ts";
import { chapters } from "./suite/index.ts";
import type { Threading } from "./suite/stage.ts";

/** Declares the tests of one chapter. */
export function declareTests(
	chapter: keyof typeof chapters,
	threading: Threading,
	page: "address" | "plainAddress" = "address",
): void {
	for (const name of Object.keys(chapters[chapter])) {
		test(`${threading}, ${chapter}: ${name}`, async ({ browserPage, suiteServer }) => {
			await browserPage.open(suiteServer[page]);
			await browserPage.evaluate((choice) => window.runTest(choice), { chapter, name, threading });
		});
	}
}
