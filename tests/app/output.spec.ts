import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { align } from "../loudspeaker/alignment.ts";
import { LOUDSPEAKER_RATE } from "../loudspeaker/loudspeaker.ts";
import { noise } from "../loudspeaker/noise.ts";
import type { AppPage } from "./app-page.ts";
import { expect, test } from "./app-test.ts";
import { noiseFile } from "./instrument-access.ts";

test.slow();
// Other processes can cause a dropout on a busy machine; a fault would repeat.
test.describe.configure({ retries: 2 });

async function openDialog(page: Page) {
	await page.getByRole("button", { name: "Output:" }).click();
	const dialog = page.getByRole("dialog", { name: "Output" });
	await expect(dialog).toBeVisible();
	return dialog;
}

async function load(app: AppPage, seconds: number, seed: number): Promise<void> {
	await app.drop([noiseFile("noise.wav", seconds, seed)], app.pad(0).element);
	await expect(app.pad(0).surface).toHaveAccessibleName(/: noise(, \S+ (major|minor))?$/);
}

test("the dialog for the output is reached and left by keyboard, and axe finds nothing", async ({ app, page }) => {
	await app.open("empty");
	await page.emulateMedia({ reducedMotion: "reduce" });
	const opener = page.getByRole("button", { name: "Output: Default" });
	await opener.focus();
	await page.keyboard.press("Enter");
	const dialog = page.getByRole("dialog", { name: "Output" });
	await expect(dialog).toBeVisible();
	await dialog.getByRole("checkbox", { name: "Cue on outputs 3 and 4" }).press("Space");
	await dialog.getByRole("radio", { name: /^Playback/ }).press("Space");
	await expect(dialog.getByText("Takes effect when the instrument starts next.")).toHaveCount(2);
	const { violations } = await new AxeBuilder({ page }).analyze();
	expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`)).toEqual([]);
	const small = await dialog.evaluate((element) =>
		[...element.querySelectorAll("button, select, .check")]
			.map((target) => target.getBoundingClientRect())
			.filter(({ width, height }) => width < 32 || height < 32),
	);
	expect(small).toEqual([]);
	await page.keyboard.press("Escape");
	await expect(dialog).toBeHidden();
	await expect(opener).toBeFocused();
	await page.reload();
	await openDialog(page);
	await expect(dialog.getByRole("checkbox")).toBeChecked();
	await expect(dialog.getByRole("radio", { name: /^Playback/ })).toBeChecked();
	await expect(dialog.getByText("This device has no outputs 3 and 4, so the cue is not heard.")).toBeVisible();
});

test("the sound moves to the chosen device, and back to the default when that is gone", async ({
	app,
	page,
	loudspeaker,
}) => {
	const disconnect = await loudspeaker.connect("headphones", 2);
	try {
		await page.context().grantPermissions(["microphone"]);
		await app.open("empty");
		await load(app, 2, 301);
		const dialog = await openDialog(page);
		const find = dialog.getByRole("button", { name: "Find outputs…" });
		if (await find.isVisible()) await find.click();
		await dialog.getByRole("combobox", { name: "Device" }).selectOption({ label: "headphones" });
		await page.keyboard.press("Escape");
		await expect(page.getByRole("button", { name: "Output: headphones" })).toBeVisible();

		const recording = await loudspeaker.record("headphones");
		await app.pad(0).strike();
		await expect(app.pad(0).element).toHaveAttribute("playing");
		await recording.record(3 * LOUDSPEAKER_RATE);
		const [left] = await recording.stop();
		const found = align(noise(2 * LOUDSPEAKER_RATE, 301), left);
		expect(found.longestGapFrames).toBe(0);
	} finally {
		await disconnect();
	}
	const told = page.getByText("“headphones” was disconnected. The default output plays.");
	await expect(told).toBeVisible({ timeout: 20_000 });
	await expect(page.getByRole("button", { name: "Output: Default" })).toBeVisible();
	const recording = await loudspeaker.record();
	await app.pad(0).strike();
	await recording.record(3 * LOUDSPEAKER_RATE);
	const [left] = await recording.stop();
	// It has only just begun there, and may break off once.
	expect(align(noise(2 * LOUDSPEAKER_RATE, 301), left).longestGapFrames).toBeLessThan(LOUDSPEAKER_RATE / 10);
});

test("the screen is kept on while something sounds, and let go when it is silent", async ({ app, page }) => {
	await page.addInitScript(() => {
		const calls: string[] = [];
		Reflect.set(window, "lockCalls", calls);
		const request = navigator.wakeLock.request.bind(navigator.wakeLock);
		navigator.wakeLock.request = async (type) => {
			calls.push("request");
			const lock = await request(type);
			lock.addEventListener("release", () => calls.push("released"));
			return lock;
		};
	});
	const calls = (): Promise<string[]> => page.evaluate(() => Reflect.get(window, "lockCalls"));
	await app.open("empty");
	await load(app, 30, 302);
	expect(await calls()).toEqual([]);
	await app.pad(0).strike();
	await expect.poll(calls).toEqual(["request"]);
	await page.keyboard.press("Escape");
	await expect(app.pad(0).element).not.toHaveAttribute("playing");
	await expect.poll(calls).toEqual(["request", "released"]);
});

test("the pause key of a headset stops everything, and its play key starts the transport", async ({ app, page }) => {
	await page.addInitScript(() => {
		const handlers: Record<string, MediaSessionActionHandler | null> = {};
		Reflect.set(window, "mediaKeys", handlers);
		const set = navigator.mediaSession.setActionHandler.bind(navigator.mediaSession);
		navigator.mediaSession.setActionHandler = (action, handler) => {
			handlers[action] = handler;
			set(action, handler);
		};
	});
	const press = (action: string): Promise<void> =>
		page.evaluate((key) => Reflect.get(window, "mediaKeys")[key]({ action: key }), action);
	const playbackState = () => page.evaluate(() => navigator.mediaSession.playbackState);
	await app.open("empty");
	await load(app, 30, 303);
	await app.pad(0).strike();
	await expect.poll(playbackState).toBe("playing");
	await press("pause");
	await expect(app.pad(0).element).not.toHaveAttribute("playing");
	await expect.poll(playbackState).toBe("paused");
	await press("play");
	await expect(page.getByRole("button", { name: "Transport", exact: true })).toHaveAttribute("aria-pressed", "true");
});
