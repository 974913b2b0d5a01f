import { writeWave } from "../../packages/engine/test/fixtures.ts";
import type { DroppedFile } from "./app-page.ts";
import { expect, test } from "./app-test.ts";
import { passBeats, performedMix } from "./performed-mix.ts";

const RATE = 48_000;

/** A loop of drums: kicks on the beats, a snare on every second one, hats between; and a chord under it, where wanted. */
function drums(name: string, tempo: number, beats: number, chord: readonly number[] = []): DroppedFile {
	const beatFrames = (60 * RATE) / tempo;
	const samples = new Float32Array(Math.round(beats * beatFrames));
	const hit = (beat: number, level: number, decayFrames: number, hertz: number): void => {
		const first = Math.round(beat * beatFrames);
		for (let frame = 0; frame < 6 * decayFrames && first + frame < samples.length; frame++) {
			const noise = ((Math.imul(frame + 1, 2_654_435_761) >>> 16) & 0xffff) / 32_768 - 1;
			const tone = hertz === 0 ? noise : Math.sin((2 * Math.PI * hertz * frame) / RATE);
			samples[first + frame]! += level * tone * Math.exp(-frame / decayFrames);
		}
	};
	for (let beat = 0; beat < beats; beat++) {
		hit(beat, 0.5, 4_000, 55);
		if (beat % 2 === 1) hit(beat, 0.3, 2_500, 0);
		hit(beat + 0.5, 0.12, 600, 0);
		for (const hertz of chord) hit(beat, 0.12, 16_000, hertz);
	}
	return { name, type: "audio/wav", bytes: writeWave(samples, { sampleRate: RATE, channels: 1, coding: "f32" }) };
}

const aMinor = [220, 261.63, 329.63, 440, 523.25, 659.26];

test("dropped loops know their beats and keys, follow the tempo at once, and are corrected with one key each", async ({
	app,
	page,
}) => {
	await app.open("empty");
	await app.drop([drums("one.wav", 97, 8), drums("two.wav", 128, 16, aMinor)], app.pad(0).element);
	const [first, second] = [app.pad(0).surface, app.pad(1).surface];
	await expect(first).toHaveAccessibleName(/one, loop, follows the tempo/i, { timeout: 30_000 });
	await expect(second).toHaveAccessibleName(/two, loop, follows the tempo, A minor/i, { timeout: 30_000 });
	await expect(app.pad(0).element.getByText("8 beats")).toBeVisible();
	await expect(app.pad(1).element.getByText("Am 8A")).toBeVisible();
	const panel = await app.openSettings(0);
	await expect(panel.locator(".facts")).toContainText("97 BPM");
	await expect(panel.locator(".found").first()).toContainText("LUFS");
	// Drums are cut into slices by themselves.
	await expect(panel.getByLabel("Sync")).toHaveValue("slices");
	await expect(panel.getByRole("group", { name: "Slices" }).getByRole("status")).toHaveText("16 slices");

	// Twice as many beats, three halves of that, and back, each a step of the history.
	await panel.getByRole("button", { name: "× 2", exact: true }).click();
	await panel.getByRole("button", { name: "× 3/2" }).click();
	await expect(panel.getByRole("slider", { name: "Beats" })).toHaveAttribute("aria-valuetext", "24");
	await page.getByRole("button", { name: /Undo/ }).click();
	await page.getByRole("button", { name: /Undo/ }).click();
	await expect(panel.getByRole("slider", { name: "Beats" })).toHaveAttribute("aria-valuetext", "8");

	// The same by keys.
	await page.keyboard.press("Alt+Period");
	await expect(panel.getByRole("slider", { name: "Beats" })).toHaveAttribute("aria-valuetext", "16");
	await page.keyboard.press("Alt+Comma");
	await expect(panel.getByRole("slider", { name: "Beats" })).toHaveAttribute("aria-valuetext", "8");

	// The beats begin half a beat later, one beat at the end is lost; the keyboard moves them on.
	await panel.getByRole("button", { name: "Half a beat later" }).click();
	const beats = panel.getByRole("slider", { name: "Beat grid" });
	await expect(beats).toHaveAttribute("aria-valuetext", `${(30 / 97).toFixed(4)} s`);
	await expect(panel.locator(".facts")).toContainText("97 BPM");
	await panel.getByLabel("Snap").selectOption({ label: "Beats" });
	await beats.press("ArrowRight");
	await expect(beats).toHaveAttribute("aria-valuetext", `${(90 / 97).toFixed(4)} s`);

	// A typed tempo.
	await panel.getByRole("slider", { name: "Own BPM" }).press("Enter");
	await page.keyboard.type("48.5");
	await page.keyboard.press("Enter");
	await expect(panel.locator(".facts")).toContainText("48.5 BPM");
});

test("what is uncertain is told and set only when asked, and a pad without beats says what to do", async ({
	app,
	page,
}) => {
	const samples = Float32Array.from(
		{ length: 3 * RATE },
		(_, frame) => 0.4 * Math.sin((2 * Math.PI * 220 * frame) / RATE),
	);
	const bytes = writeWave(samples, { sampleRate: RATE, channels: 1, coding: "f32" });
	await app.open("empty");
	await app.drop([{ name: "tone.wav", type: "audio/wav", bytes }], app.pad(0).element);
	const panel = await app.openSettings(0);
	await expect(panel.locator(".found")).toContainText("LUFS", { timeout: 30_000 });
	await expect(app.pad(0).surface).not.toHaveAccessibleName(/loop/);
	await panel.getByRole("button", { name: "Match the set's tempo" }).click();
	await expect(page.getByText("Pad 1 has no beats that are known.").first()).toBeVisible();
	await panel.getByRole("button", { name: "This is the one" }).click();
	await expect(page.getByText("Play the pad, and press that when its bar begins.").first()).toBeVisible();
});

test("a loop of another tempo falls into step by its slices, at its own pitch; marks are moved, added and removed", async ({
	app,
	page,
}) => {
	await app.open("empty");
	const file = drums("beat.wav", 97, 8);
	await app.drop([file], app.pad(0).element);
	await expect(app.pad(0).surface).toHaveAccessibleName(/follows the tempo/, { timeout: 30_000 });
	const panel = await app.openSettings(0);
	await panel.getByLabel("Sync").selectOption({ label: "Slices" });
	const slices = panel.getByRole("group", { name: "Slices" });
	await expect(slices.getByRole("status")).toHaveText("16 slices", { timeout: 30_000 });
	const marks = panel.getByRole("slider", { name: /^Slice \d/ });
	await expect(marks).toHaveCount(16);
	await marks.first().focus();
	await page.keyboard.press("End");
	await page.keyboard.press("Delete");
	await expect(slices.getByRole("status")).toHaveText("15 slices");
	await page.getByRole("button", { name: /Undo/ }).click();
	await expect(slices.getByRole("status")).toHaveText("16 slices");
	await marks.nth(1).focus();
	await page.keyboard.press("Enter");
	await expect(marks).toHaveCount(17);
	await page.getByRole("button", { name: /Undo/ }).click();
	await marks.nth(1).focus();
	await page.keyboard.press("Shift+ArrowRight");
	await expect(marks.nth(1)).toBeFocused();
	await page.getByRole("button", { name: /Undo/ }).click();

	const { left } = await performedMix(page, [file], async () => {
		await app.pad(0).strike();
		await passBeats(page, 9);
	});
	// At 120 instead of 97 beats per minute: kicks half a second apart, as high as they were.
	const kicks = onsetsOf(left);
	expect(kicks.length).toBeGreaterThanOrEqual(6);
	for (const [index, kick] of kicks.slice(1).entries()) {
		const beats = (kick - kicks[index]!) / (RATE / 2);
		expect(Math.abs(beats - Math.round(beats))).toBeLessThan(0.01);
	}

	await slices.getByRole("button", { name: "Chop by slices" }).click();
	await app.pad(16).untilLoaded();
	await expect(app.pad(16).surface).toHaveAccessibleName(/beat 16\/16/);
});

/** Where a kick begins: the first frame over a level after a tenth of a second below it. */
function onsetsOf(samples: Float32Array): readonly number[] {
	const found: number[] = [];
	let last = -RATE;
	for (const [frame, sample] of samples.entries()) {
		if (Math.abs(sample) < 0.12) continue;
		if (frame - last > RATE / 10) found.push(frame);
		last = frame;
	}
	return found;
}
