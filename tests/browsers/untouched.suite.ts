import { test } from "./browsers-test.ts";
import { chapters } from "./suite/index.ts";

/** The page's middle is its button. */
const MIDDLE = [200, 200] as const;

for (const name of Object.keys(chapters.untouched)) {
	test(`untouched: ${name}`, async ({ browserPage, browserKind, suiteServer }) => {
		await browserPage.open(suiteServer.address);
		const threading = browserKind === "webkit" ? "messages" : "shared";
		const choice = { chapter: "untouched", name, threading } as const;
		await browserPage.evaluate(async (chosen) => {
			window.running = window.runTest(chosen);
			const asked = new Promise<void>((resolve) => {
				window.onGestureWanted = resolve;
			});
			await Promise.race([asked, window.running]);
		}, choice);
		await browserPage.click(...MIDDLE);
		await browserPage.evaluate(() => window.running);
	});
}
