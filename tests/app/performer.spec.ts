import type { Page } from "@playwright/test";
import { align } from "../loudspeaker/alignment.ts";
import type { AppPage } from "./app-page.ts";
import { expect, test } from "./app-test.ts";
import { dropFolder } from "./drag-folder.ts";
import { beatsOfLoops, onsets, spreadOfBeats } from "./loops-in-step.ts";
import { passBeats } from "./performed-mix.ts";
import { expectFolder, makeSoundFolder } from "./performer-folder.ts";
import { closePanel, exportSet, importSet, setBeats, typeInto, untilRecorded, wipeStorage } from "./performer-moves.ts";
import { channelOf, saveTake } from "./saved-take.ts";

// A busy machine can starve the loudspeaker for a moment; a broken engine fails every time.
test.describe.configure({ retries: 3, timeout: 300_000 });
// Wide enough for all of it.
test.use({ viewport: { width: 1440, height: 900 } });

const TEMPO = 112;
const RATE = 48_000;
const BEAT_FRAMES = (60 * RATE) / TEMPO;
const LOOPS = [0, 1, 2, 3];
/** Before anything but the loops is heard. */
const IN_STEP_SECONDS = 8;
const TAKE_SECONDS = 30;

/** Starts the loops with their keys, and expects them in step. */
async function startLoops(app: AppPage): Promise<void> {
	for (const pad of LOOPS) {
		// An opened set shows its pads while they load, and a press does nothing until then.
		await app.pad(pad).untilLoaded();
		await app.page.keyboard.press(`Digit${pad + 1}`);
		await expect(app.pad(pad).element).toHaveAttribute("playing", { timeout: 15_000 });
	}
	await expectInStep(app.page);
}

async function expectInStep(page: Page): Promise<void> {
	// As places are read block by block, each is a frame or two beside its beat at most.
	expect(spreadOfBeats(await beatsOfLoops(page, LOOPS))).toBeLessThan(0.001);
}

/** Plays on the running loops for half a minute: quantised presses, a roll, a killed band, an undone edit, another bank. */
async function perform(app: AppPage): Promise<void> {
	const { page } = app;
	await untilRecorded(page, IN_STEP_SECONDS + 1);
	await page.keyboard.press("Digit5");
	await expect(app.pad(4).element).toHaveAttribute("sign", /queued|playing/);

	const panel = await app.openSettings(0);
	const roll = panel.getByRole("button", { name: "Roll 1/4" });
	await roll.hover();
	await page.mouse.down();
	await expect(roll).toHaveAttribute("aria-pressed", "true");
	await passBeats(page, 1);
	await page.mouse.up();
	await expect(roll).toHaveAttribute("aria-pressed", "false");

	const low = panel.getByRole("slider", { name: "Low" });
	await panel.getByRole("button", { name: "Kill low" }).click();
	await expect(low).toHaveAttribute("aria-valuetext", "Killed");
	await passBeats(page, 2);
	await panel.getByRole("button", { name: "Kill low" }).click();
	await expect(low).toHaveAttribute("aria-valuetext", "0.0 dB");

	const gain = panel.getByRole("slider", { name: "Gain" });
	await typeInto(gain, "-9");
	await expect(gain).toHaveAttribute("aria-valuetext", "−9.0 dB");
	await page.keyboard.press("Control+z");
	await expect(gain).toHaveAttribute("aria-valuetext", "0.0 dB");
	await closePanel(panel);
	await expectInStep(page);

	// It may be a loop that has been recognised as one.
	await page.keyboard.press("Shift+Digit5");
	await page.keyboard.press("Alt+Digit2");
	await expect(page.getByRole("button", { name: /^Bank A, 4 playing/ })).toBeVisible();
	for (const key of ["Digit1", "Digit3", "Digit8"]) await page.keyboard.press(key);
	await passBeats(page, 4);
	await page.keyboard.press("Alt+Digit1");
	await expectInStep(page);
	await untilRecorded(page, TAKE_SECONDS);
}

test("a set is played, recorded to the bit, exported, wiped, imported and played again", async ({
	app,
	page,
	loudspeaker,
}) => {
	const folder = makeSoundFolder();
	try {
		await app.open("empty");
		await expect(app.pad(0).surface).toHaveAccessibleName(/empty/);
		const place = await app.pad(0).element.boundingBox();
		await dropFolder(page, folder.path, { x: place!.x + 20, y: place!.y + 20 });
		await expectFolder(app);
		await typeInto(page.getByRole("slider", { name: "Tempo" }), String(TEMPO));
		await page.getByLabel("Quantum").selectOption({ label: "1 bar" });
		for (const pad of LOOPS) await setBeats(app, pad, 4);
		await startLoops(app);

		const recording = await loudspeaker.record();
		const record = page.getByRole("button", { name: /^Record/ });
		await record.click();
		await perform(app);
		await page.keyboard.press("Alt+KeyR");
		await expect(record).toHaveText("Record");
		await recording.record(RATE / 2);
		const [heard] = await recording.stop();
		await expect(page.locator("dropout-figure .figure")).toHaveText("0");

		await page.getByRole("button", { name: /^Takes/ }).click();
		const takes = page.getByRole("dialog", { name: "Takes" });
		const { recorded, rendered, performance } = await saveTake(takes, "Take 1", folder.path);
		expect(recorded.equals(rendered)).toBe(true);
		const types = new Set<string>(performance.commands.map(({ type }) => type));
		for (const type of ["press", "roll", "endRoll", "set"]) expect(types).toContain(type);
		const left = channelOf(recorded, 0);
		expect(left.length).toBeGreaterThanOrEqual(TAKE_SECONDS * RATE);
		expectBeats(left.subarray(0, IN_STEP_SECONDS * RATE));
		const found = align(left, heard);
		expect(found.longestGapFrames).toBe(0);
		expect(found.residualDecibels).toBeLessThan(-120);
		await page.keyboard.press("Escape");
		await expect(takes).toBeHidden();

		const exported = await exportSet(page);
		await wipeStorage(page);
		await app.open("empty");
		await expect(app.pad(0).surface).toHaveAccessibleName(/empty/);
		await importSet(page, exported);
		await expectFolder(app);
		await startLoops(app);
		await record.click();
		await untilRecorded(page, 3);
		await page.keyboard.press("Alt+KeyR");
		await expect(record).toHaveText("Record");
		await page.getByRole("button", { name: "Takes 1" }).click();
		const again = await saveTake(takes, "Take 1", folder.path);
		expect(again.recorded.equals(again.rendered)).toBe(true);
		expectBeats(channelOf(again.recorded, 0));
	} finally {
		folder.remove();
	}
});

/** Expects a sound on every beat, to the frame but for what a changed rate and its filter make of an onset. */
function expectBeats(channel: Float32Array): void {
	const found = onsets(channel, Math.floor(BEAT_FRAMES / 2));
	// A beat may sound already when the take begins.
	const [first = 0, ...beats] = found.slice(1);
	expect(beats.length).toBeGreaterThanOrEqual(Math.floor(channel.length / BEAT_FRAMES) - 3);
	for (const [index, frame] of beats.entries()) {
		expect(Math.abs(frame - first - (index + 1) * BEAT_FRAMES)).toBeLessThan(12);
	}
}
