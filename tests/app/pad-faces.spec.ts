import type { AppPage } from "./app-page.ts";
import { expect, test } from "./app-test.ts";
import { noiseFile, pressEarly, setPad, untilBeat, watchText } from "./instrument-access.ts";

/** Fills the first pads with ten seconds of noise each, and lets the transport run. */
async function openPlaying(app: AppPage, titles: readonly string[]): Promise<void> {
	await app.open("empty");
	const files = ["clock", ...titles].map((title, index) => noiseFile(`${index} ${title}.wav`, 10, 100 + index));
	await app.drop(files, app.pad(0).element);
	// An empty pad's press would start nothing, and a later file may be loaded sooner.
	for (const [index, title] of ["clock", ...titles].entries()) {
		await expect(app.pad(index).surface).toHaveAccessibleName(new RegExp(`: ${index} ${title}$`));
	}
	await app.pad(0).strike();
	// A press that is hardly late would start at once.
	await untilBeat(app.page, 0.5);
}

test("a queued pad counts down to its line and starts there; the live region says both", async ({ app }) => {
	await openPlaying(app, ["bass"]);
	await setPad(app.page, 1, { launchQuantum: 16 });
	const signs = await watchText(app.pad(1).element, ".sign");
	const news = await watchText(app.page.locator("live-region"), "[role=status]");
	await pressEarly(app.page, 1, 16);
	await expect(app.pad(1).element).toHaveAttribute("sign", "playing", { timeout: 20_000 });
	await expect(app.pad(1).surface).toHaveAccessibleDescription("Playing");
	const counts = (await signs.jsonValue()).flatMap((text) => /^Starts in (\d+)$/.exec(text)?.[1] ?? []).map(Number);
	expect(counts.length).toBeGreaterThan(3);
	expect(counts).toEqual([...new Set(counts)].toSorted((first, second) => second - first));
	expect(counts.at(-1)).toBe(1);
	await expect.poll(() => news.jsonValue()).toEqual(["Queued: 1 bass.", "Started: 1 bass."]);
});

test("a loop that stops on a line says when", async ({ app }) => {
	await openPlaying(app, ["loop"]);
	await setPad(app.page, 1, { loop: true, launchMode: "toggle", stopQuantum: 8 });
	await app.pad(1).strike();
	await expect(app.pad(1).element).toHaveAttribute("sign", "playing");
	const signs = await watchText(app.pad(1).element, ".sign");
	await pressEarly(app.page, 1, 8);
	await expect(app.pad(1).element).toHaveAttribute("sign", "idle", { timeout: 20_000 });
	expect(await signs.jsonValue()).toContain("Stops in 2");
	await expect(app.pad(1).element).not.toHaveAttribute("playing");
});

test("a pad that another one chokes says so for a moment", async ({ app }) => {
	await openPlaying(app, ["open hat", "closed hat"]);
	for (const pad of [1, 2]) await setPad(app.page, pad, { chokeGroup: 2 });
	await expect(app.pad(1).surface).toHaveAccessibleName(/: 1 open hat, choke group 2$/);
	await app.pad(1).strike();
	await expect(app.pad(1).element).toHaveAttribute("playing");
	const signs = await watchText(app.pad(1).element, ".sign");
	await app.pad(2).strike();
	await expect(app.pad(2).element).toHaveAttribute("playing");
	await expect.poll(() => signs.jsonValue()).toEqual(["Choked", ""]);
});

test("a pad says that it rolls, and that it refuses a press", async ({ app }) => {
	await openPlaying(app, ["bass", "locked"]);
	await app.pad(1).strike();
	const panel = await app.openSettings(1);
	await panel.getByRole("button", { name: "Roll 1/4" }).hover();
	await app.page.mouse.down();
	await expect(app.pad(1).surface).toHaveAccessibleDescription("Roll 1/4");
	await app.page.mouse.up();
	await expect(app.pad(1).surface).toHaveAccessibleDescription("Playing");

	await setPad(app.page, 2, { isTriggerMuted: true });
	await app.pad(2).strike();
	await expect(app.pad(2).surface).toHaveAccessibleDescription("No trigger");
	await expect(app.pad(2).element).toHaveAttribute("sign", "idle");
	await expect(app.pad(2).element).not.toHaveAttribute("playing");
});

test("a loop that cannot follow the tempo says so", async ({ app }) => {
	await openPlaying(app, ["loop"]);
	await setPad(app.page, 1, { loop: true, launchMode: "toggle", sync: "repitch", lengthBeats: 512 });
	await expect(app.pad(1).element.locator(".detail")).toContainText("512 beats");
	await app.pad(1).strike();
	await expect(app.pad(1).element.locator(".held")).toHaveText("Off tempo");
	await expect(app.pad(1).surface).toHaveAccessibleDescription(/Playing.*Off tempo/);
});

test("a face shows its waveform, length and tempo, and its progress goes round the edge", async ({ app }) => {
	await openPlaying(app, ["loop"]);
	await setPad(app.page, 1, { lengthBeats: 16 });
	await expect(app.pad(1).element.locator(".detail")).toHaveText(/16 beats\s+96 BPM/);
	const outline = app.pad(1).element.locator(".wave path");
	await expect.poll(async () => (await outline.getAttribute("d"))?.length ?? 0).toBeGreaterThan(500);
	const face = (await app.pad(1).element.boundingBox())!;
	// It is drawn from its start on, as its peaks come in.
	await expect.poll(async () => (await outline.boundingBox())?.width ?? 0).toBeGreaterThan(face.width * 0.7);
	expect((await outline.boundingBox())?.height).toBeGreaterThan(10);
	const edge = (name: string) => app.page.locator("pad-grid .mover").first().locator(`.${name}`);
	const widthOf = async (name: string) => (await edge(name).boundingBox())?.width ?? 0;
	const full = await edge("top").evaluate((element: HTMLElement) => element.offsetWidth);
	expect(full).toBeGreaterThan(face.width * 0.7);
	await expect.poll(() => widthOf("top")).toBeGreaterThan(full * 0.9);
	await expect.poll(() => widthOf("bottom"), { timeout: 10_000 }).toBeGreaterThan(full * 0.3);
	await app.page.keyboard.press("Escape");
	await expect.poll(() => widthOf("top")).toBe(0);
});

test("a dropped loop goes round in time when its name says its tempo", async ({ app }) => {
	await app.open("empty");
	await app.drop([noiseFile("break_120bpm.wav", 2, 7), noiseFile("hit_120bpm.wav", 0.3, 8)], app.pad(0).element);
	await expect(app.pad(0).surface).toHaveAccessibleName(/: break 120bpm, loop, follows the tempo$/);
	await expect(app.pad(0).element).toContainText("4 beats");
	await app.pad(1).untilLoaded();
	await expect(app.pad(1).surface).toHaveAccessibleName(/: hit 120bpm$/);
});

test("in edit mode a pad is dragged onto another one to swap them, and with Alt to copy it", async ({ app }) => {
	const { page } = app;
	await app.open("empty");
	await app.drop([noiseFile("kick.wav", 1, 7)], app.pad(0).element);
	await expect(app.pad(0).surface).toHaveAccessibleName(/: kick(, \S+ (major|minor))?$/);
	await setPad(page, 0, { chokeGroup: 3 });
	await page.getByRole("button", { name: "Edit" }).click();
	await app.pad(0).surface.dragTo(app.pad(12).surface);
	await expect(app.pad(12).surface).toHaveAccessibleName(/: kick, choke group 3$/);
	await expect(app.pad(0).surface).toHaveAccessibleName(/: empty/);
	await expect(page.getByRole("menu")).toBeHidden();

	await page.keyboard.down("Alt");
	await app.pad(12).surface.dragTo(app.pad(20).surface);
	await page.keyboard.up("Alt");
	for (const pad of [12, 20]) await expect(app.pad(pad).surface).toHaveAccessibleName(/: kick, choke group 3$/);
	// A button that is let go elsewhere has dragged nothing, neither then nor later.
	const box = (await app.pad(7).element.boundingBox())!;
	await app.pad(20).surface.hover();
	await page.mouse.down();
	await page.mouse.move(box.x + box.width / 2, box.y - 20);
	await page.mouse.up();
	await page.getByRole("button", { name: "Edit" }).click();
	await app.pad(20).surface.hover();
	await page.mouse.move(box.x + 5, box.y + 5, { steps: 4 });
	await app.pad(20).strike();
	await expect(app.pad(20).surface).toHaveAccessibleName(/: kick, choke group 3$/);
	await expect(app.pad(20).element).toHaveAttribute("playing");
});

test("a pad is chopped onto the next empty pads from its menu, by keyboard, and an undo empties them again", async ({
	app,
}) => {
	const { page } = app;
	await app.open("empty");
	await app.drop([noiseFile("break.wav", 2, 7)], app.pad(0).element);
	await app.pad(0).untilLoaded();
	await app.openMenu(0);
	const four = page.getByRole("menuitem", { name: "Chop into 4 pads" });
	for (let item = 0; item < 4; item++) await page.keyboard.press("ArrowDown");
	await expect(four).toBeFocused();
	await page.keyboard.press("Enter");
	for (const pad of [1, 2, 3, 4])
		await expect(app.pad(pad).surface).toHaveAccessibleName(new RegExp(`: break ${pad}/4$`));
	await expect(page.getByText("The parts are on pads 2 to 5.")).toBeVisible();
	await app.pad(3).strike();
	await expect(app.pad(3).element).toHaveAttribute("playing");
	await expect(app.pad(3).element).not.toHaveAttribute("playing");
	await page.keyboard.press("Control+KeyZ");
	for (const pad of [1, 4]) await expect(app.pad(pad).surface).toHaveAccessibleName(/: empty/);
	await expect(app.pad(0).surface).toHaveAccessibleName(/: break(, \S+ (major|minor))?$/);
});

test("keys pick a pad up, carry it into another bank and drop it, and Escape lets it go without stopping the sound", async ({
	app,
}) => {
	const { page } = app;
	await openPlaying(app, ["bass"]);
	await app.pad(1).surface.focus();
	await page.keyboard.press("Control+x");
	await expect(app.pad(1).element).toHaveAttribute("carried", "");
	await page.keyboard.press("Escape");
	await expect(app.pad(1).element).not.toHaveAttribute("carried");
	await expect(app.pad(0).element).toHaveAttribute("playing");

	await page.keyboard.press("Control+x");
	await page.keyboard.press("BracketRight");
	await expect(app.pad(33).surface).toBeFocused();
	await page.keyboard.press("ArrowRight");
	await page.keyboard.press("Control+v");
	await expect(app.pad(34).surface).toHaveAccessibleName(/: 1 bass$/);
	await page.keyboard.press("BracketLeft");
	await expect(app.pad(1).surface).toHaveAccessibleName(/: empty/);
});

test("an edit of one of several selected pads changes them all", async ({ app }) => {
	const { page } = app;
	await openPlaying(app, ["one", "two", "three"]);
	await page.getByRole("button", { name: "Edit" }).click();
	await app.pad(1).surface.click({ modifiers: ["Control"] });
	await app.pad(3).surface.click({ modifiers: ["Control"] });
	for (const [pad, pressed] of [
		["1", "true"],
		["2", "false"],
		["3", "true"],
	] as const) {
		await expect(app.pad(Number(pad)).surface).toHaveAttribute("aria-pressed", pressed);
	}
	await app.openMenu(3);
	await expect(page.getByRole("dialog", { name: "Pad 4" })).toContainText("Changes all 2 selected pads");
	await page.getByRole("menuitem", { name: "Settings…" }).click();
	const panel = page.getByRole("region", { name: "Pad 4", exact: true });
	await expect(panel.getByText("and 1 more")).toBeVisible();
	await panel.getByRole("button", { name: "Mute", exact: true }).click();
	for (const pad of [1, 3]) await expect(app.pad(pad).surface).toHaveAccessibleName(/, muted$/);
	await expect(app.pad(2).surface).toHaveAccessibleName(/: 2 two$/);
	await app.pad(2).surface.click();
	await expect(app.pad(1).surface).toHaveAttribute("aria-pressed", "false");
});

test("without motion a queued pad is dashed and does not blink", async ({ app }) => {
	await app.page.emulateMedia({ reducedMotion: "reduce" });
	await openPlaying(app, ["bass"]);
	await setPad(app.page, 1, { launchQuantum: 1024 });
	await app.pad(1).strike();
	await expect(app.pad(1).element).toHaveAttribute("sign", "queued");
	const blink = app.pad(1).element.locator(".blink");
	await expect(blink).toHaveCSS("animation-name", "none");
	await expect(blink).toHaveCSS("opacity", "1");
});

test("texts of a pad that plays have a contrast of 4.5 or more, whatever its colour", async ({ app, page }) => {
	await openPlaying(app, ["a title that is far too long for one line of a pad"]);
	const ratios = await app.pad(0).element.evaluate(async (element) => {
		const instrument = Reflect.get(document.querySelector("looper-app") ?? {}, "instrument");
		const [state] = instrument.pads.states;
		const key = { tonic: "A", mode: "minor", confidence: 1 };
		instrument.pads.keepAnalysis(0, { ...state.analysis, key });
		await Reflect.get(element, "updateComplete");
		const painter = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true })!;
		const luminance = (color: string): number => {
			painter.fillStyle = color;
			painter.fillRect(0, 0, 1, 1);
			const [red = 0, green = 0, blue = 0] = [...painter.getImageData(0, 0, 1, 1).data].map((value) =>
				value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4,
			);
			return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
		};
		const style = (selector: string): CSSStyleDeclaration =>
			getComputedStyle(element.shadowRoot!.querySelector(selector)!);
		return ["amber", "coral", "violet", "teal"].flatMap((accent) => {
			if (element instanceof HTMLElement) element.style.setProperty("--accent", `var(--${accent})`);
			const behind = luminance(style(".title").backgroundColor);
			return [".title", ".tone", ".key", ".detail"].map((text) => {
				const [less = 0, more = 0] = [behind, luminance(style(text).color)].toSorted((one, other) => one - other);
				return (more + 0.05) / (less + 0.05);
			});
		});
	});
	expect(ratios).toHaveLength(16);
	expect(Math.min(...ratios)).toBeGreaterThan(4.5);
	await expect(page.locator("looper-pad[playing] .tone")).toHaveText("Am 8A");
});
