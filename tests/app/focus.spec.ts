import { expect, test } from "./app-test.ts";

test("Tab stops at one bank and one pad, arrow keys move over the grid, and Enter plays the focused pad", async ({
	app,
}) => {
	await app.open("demo");
	for (const index of [0, 9]) await expect(app.pad(index).surface).toHaveAccessibleName(/: (Kick|Riser)$/);
	await app.page.locator("master-meter button").focus();
	await app.page.keyboard.press("Tab");
	const bank = (name: string) => app.page.getByRole("button", { name: `Bank ${name}` });
	await expect(bank("A")).toBeFocused();
	await app.page.keyboard.press("ArrowDown");
	await expect(bank("B")).toBeFocused();
	await expect(bank("B")).toHaveAttribute("aria-pressed", "true");
	await app.page.keyboard.press("ArrowUp");
	await app.page.keyboard.press("Tab");
	await expect(app.pad(0).surface).toBeFocused();
	await app.page.keyboard.press("ArrowDown");
	await app.page.keyboard.press("ArrowRight");
	await expect(app.pad(9).surface).toBeFocused();
	await app.page.keyboard.press("Enter");
	await expect(app.pad(9).element).toHaveAttribute("playing");

	const menu = app.pad(9).element.getByRole("button", { name: "Menu of pad 10" });
	await app.page.keyboard.press("Tab");
	await expect(menu).toBeFocused();
	await app.page.keyboard.press("Tab");
	for (const pad of [app.pad(9), app.pad(10)]) await expect(pad.surface).not.toBeFocused();
	await app.page.keyboard.press("Shift+Tab");
	await app.page.keyboard.press("Shift+Tab");
	await expect(app.pad(9).surface).toBeFocused();
});
