import { test } from "./browsers-test.ts";
import { chapters } from "./suite/index.ts";
import type { Threading } from "./suite/stage.ts";

/** The tests of one chapter, as the runner counts them. */
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
