import type { Locator, Page } from "@playwright/test";
import { expect, test } from "./app-test.ts";

// Every step waits for the page, which is slow on a busy machine.
test.slow();

/** Presses Tab, or Shift+Tab, until an element has the focus. */
async function tabTo(page: Page, element: Locator, key: "Tab" | "Shift+Tab" = "Tab"): Promise<void> {
	const mostStops = 60;
	const hasFocus = (): Promise<boolean> =>
		element.evaluate((node) => {
			const root = node.getRootNode();
			return (root instanceof ShadowRoot || root instanceof Document) && root.activeElement === node;
		});
	for (let stop = 0; stop < mostStops; stop++) {
		await page.keyboard.press(key);
		if (await hasFocus()) return;
	}
	await expect(element).toBeFocused();
}

async function press(page: Page, ...keys: readonly string[]): Promise<void> {
	for (const key of keys) await page.keyboard.press(key);
}

test("a set is loaded, played, edited and recorded without a pointer", async ({ app, page }) => {
	await app.open("empty");
	await tabTo(page, page.getByRole("button", { name: "Demo set" }));
	await press(page, "Enter");
	const [drums, percussion] = [app.pad(20), app.pad(21)];
	for (const pad of [drums, percussion]) {
		await pad.untilLoaded();
		await expect(pad.surface).not.toHaveAccessibleName(/empty/);
	}

	// Two pads are selected, and edited together.
	await tabTo(page, page.getByRole("button", { name: "Edit" }));
	await press(page, "Enter");
	await tabTo(page, app.pad(0).surface);
	await press(page, "ArrowDown", "ArrowDown", "ArrowRight", "ArrowRight", "ArrowRight", "ArrowRight");
	await expect(drums.surface).toBeFocused();
	await press(page, "Control+Enter", "ArrowRight", "Control+Enter");
	for (const pad of [drums, percussion]) await expect(pad.surface).toHaveAttribute("aria-pressed", "true");
	await press(page, "Shift+F10");
	await expect(page.getByRole("menu")).toBeVisible();
	for (const name of ["Record here…", "Settings…"]) {
		await press(page, "ArrowDown");
		await expect(page.getByRole("menuitem", { name })).toBeFocused();
	}
	await press(page, "Enter");
	const panel = page.getByRole("region", { name: "Pad 22", exact: true });
	await expect(panel.getByRole("button", { name: "Close the panel" })).toBeFocused();
	await expect(panel).toContainText("and 1 more");

	const [start, end, gain] = ["Loop start", "Loop end", "Gain"].map((name) => panel.getByRole("slider", { name }));
	await tabTo(page, start!);
	await press(page, "PageUp", "ArrowRight", "Shift+ArrowRight");
	await expect(start!).not.toHaveAttribute("aria-valuetext", "0.0000 s");
	const whole = Number(await end!.getAttribute("aria-valuenow"));
	await press(page, "Tab", "PageDown");
	await expect(end!).toBeFocused();
	await expect.poll(async () => Number(await end!.getAttribute("aria-valuenow"))).toBeLessThan(whole);
	await press(page, "End", "Shift+Tab", "Home");
	await expect(start!).toHaveAttribute("aria-valuetext", "0.0000 s");
	await tabTo(page, gain!);
	const before = await gain!.getAttribute("aria-valuetext");
	await press(page, "PageDown");
	await expect(gain!).not.toHaveAttribute("aria-valuetext", before!);
	await press(page, "Control+KeyZ");
	await expect(gain!).toHaveAttribute("aria-valuetext", before!);
	await press(page, "Shift+Escape");
	await expect(panel).toBeHidden();
	await expect(percussion.surface).toBeFocused();

	// The pads are played and recorded.
	await tabTo(page, page.getByRole("button", { name: "Edit" }), "Shift+Tab");
	await press(page, "Enter");
	await tabTo(page, percussion.surface);
	await press(page, "Alt+KeyR");
	const record = page.getByRole("button", { name: /^Record/ });
	await expect(record).toHaveAccessibleName(/^Recording/);
	await press(page, "Enter");
	await expect(percussion.element).toHaveAttribute("playing");
	await press(page, "KeyG");
	await expect(drums.element).toHaveAttribute("playing", { timeout: 15_000 });
	await press(page, "Shift+Enter");
	await expect(percussion.element).not.toHaveAttribute("playing", { timeout: 15_000 });
	await press(page, "Alt+Digit2");
	await expect(page.getByRole("button", { name: "Bank B" })).toHaveAttribute("aria-pressed", "true");
	await expect(page.getByRole("button", { name: /^Bank A,/ })).toBeVisible();
	await press(page, "BracketLeft");
	await expect(drums.element).toHaveAttribute("playing");
	await press(page, "Alt+KeyR");
	await expect(record).toHaveText("Record");
	await press(page, "Shift+Alt+KeyR");
	const takes = page.getByRole("button", { name: "Takes 2" });
	await expect(takes).toBeVisible({ timeout: 15_000 });

	// The take is named.
	await tabTo(page, takes, "Shift+Tab");
	await press(page, "Enter");
	const dialog = page.getByRole("dialog", { name: "Takes" });
	const name = dialog.getByRole("textbox", { name: "Name of Take 1" });
	await tabTo(page, name);
	await press(page, "ControlOrMeta+KeyA");
	await page.keyboard.type("Verse");
	await press(page, "Enter");
	await expect(dialog.getByRole("button", { name: "Play Verse" })).toBeVisible();
	await press(page, "Escape");
	await expect(dialog).toBeHidden();
	await expect(takes).toBeFocused();
	await press(page, "Escape");
	await expect(drums.element).not.toHaveAttribute("playing");
});
