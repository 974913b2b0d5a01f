import type { Page, Route } from "@playwright/test";
import { expect, test } from "./app-test.ts";

/** Answers the requests for a chunk of the build by hand. */
async function holdChunk(page: Page, name: string, answer: (route: Route) => Promise<void>): Promise<void> {
	await page.route(`**/assets/${name}-*.js`, answer);
}

test("while the mapping is being loaded its button says so, and then the dialog opens", async ({ app, page }) => {
	let release: () => void = () => {};
	const released = new Promise<void>((resolve) => {
		release = resolve;
	});
	await holdChunk(page, "mapping-elements.browser", async (route) => {
		await released;
		await route.continue();
	});
	await app.open("empty");
	const button = page.getByRole("button", { name: "Mapping" });
	await button.click();
	await expect(button).toHaveAttribute("aria-busy", "true");
	release();
	await expect(page.getByRole("dialog", { name: "Keys and controllers" })).toBeVisible();
	await expect(button).toHaveAttribute("aria-busy", "false");
});

test("a panel that cannot be loaded is a notice that says what to do, and the next try opens it", async ({
	app,
	page,
}) => {
	let isBroken = true;
	await holdChunk(page, "panel-elements.browser", (route) => (isBroken ? route.abort() : route.continue()));
	await app.open("empty");
	const settings = async (): Promise<void> => {
		await app.openMenu(0);
		await page.getByRole("menuitem", { name: "Settings…" }).click();
	};
	await settings();
	await expect(page.getByText("The panel could not be loaded. Check the connection and try again")).toBeVisible();
	isBroken = false;
	await settings();
	await expect(page.getByRole("region", { name: "Pad 1", exact: true })).toBeVisible();
});

test("an idle page has loaded all of its parts, so that they open without the server", async ({ app, page }) => {
	const requested: string[] = [];
	page.on("requestfinished", (request) => requested.push(request.url()));
	await app.open("empty");
	for (const part of ["panel-elements", "mapping-elements", "set-archive"]) {
		await expect.poll(() => requested.some((url) => url.includes(`/${part}`)), { timeout: 20_000 }).toBe(true);
	}
	await page.context().setOffline(true);
	await page.keyboard.press("?");
	await expect(page.getByRole("dialog", { name: "All keys" })).toBeVisible();
});
