import { convertWithFfmpeg, noise, writeWave } from "../../packages/engine/test/fixtures.ts";
import type { DroppedFile } from "./app-page.ts";
import { expect, test } from "./app-test.ts";
import { importInto } from "./imported-set.ts";
import { mutatedSet } from "./mutated-sets.ts";
import { exportSet, setBeats } from "./performer-moves.ts";

const SEED = 1;
const COUNT = 500;
/** Imports between two of the undamaged set. */
const CHECK_EVERY = 20;
const PADS = 8;

test.describe.configure({ timeout: 60_000 + COUNT * 6_000 });

/** Short sounds in four formats. */
function sounds(): readonly DroppedFile[] {
	return Array.from({ length: PADS }, (_, index) => {
		const wave = writeWave(noise(4_800, 1, { seed: index + 1 }), { sampleRate: 48_000, channels: 1, coding: "s16" });
		const format = ["wav", "flac", "mp3", "ogg"][index % 4]!;
		const bytes = format === "wav" ? wave : convertWithFfmpeg(wave, { from: "wav", to: format });
		return { name: `sound ${index + 1}.${format}`, type: "", bytes };
	});
}

test("damaged sets are refused with the reason, or what is whole of them opens, and the page lives on", async ({
	app,
	page,
}) => {
	const errors: string[] = [];
	page.on("pageerror", ({ message }) => errors.push(message));
	await app.open("empty");
	await app.drop(sounds(), app.pad(0).element);
	for (let pad = 0; pad < PADS; pad++) {
		await expect(app.pad(pad).surface).toHaveAccessibleName(/: sound \d/u, { timeout: 30_000 });
	}
	for (const pad of [0, 3]) await setBeats(app, pad, 4);
	const { bytes: exported } = await exportSet(page);

	const outcomes = { opened: 0, whole: 0, refused: 0 };
	for (let index = 0; index < COUNT; index++) {
		const { way, bytes } = mutatedSet(exported, SEED, index);
		const name = `seed ${SEED} case ${index}.zip`;
		const { isOpen, notices, faults, readyPads, failedPads } = await importInto(page, name, bytes);
		const told = `${name}: ${way}: ${JSON.stringify({ isOpen, notices, readyPads, failedPads })}`;
		expect(faults, told).toEqual([]);
		expect(errors, told).toEqual([]);
		if (isOpen && !/document/u.test(way) && notices.length === 0) expect(readyPads + failedPads, told).toBe(PADS);
		outcomes[isOpen ? (readyPads === PADS ? "whole" : "opened") : "refused"]++;
		if (index % CHECK_EVERY !== CHECK_EVERY - 1) continue;
		const whole = await importInto(page, "whole.zip", exported);
		expect(whole, told).toMatchObject({ isOpen: true, notices: [], faults: [], readyPads: PADS });
		await app.pad(0).strike();
		await expect(app.pad(0).element).toHaveAttribute("playing");
		// While something plays, an imported set waits to be opened.
		await page.getByRole("button", { name: "Stop", exact: true }).click();
		await expect(app.pad(0).element).not.toHaveAttribute("playing");
	}
	process.stdout.write(`${COUNT} damaged sets of seed ${SEED}: ${JSON.stringify(outcomes)}\n`);
	expect(Math.min(outcomes.opened, outcomes.whole, outcomes.refused)).toBeGreaterThan(0);
	await page.reload();
	await expect(page.getByRole("button", { name: /^Set: / })).toBeVisible();
	expect(errors).toEqual([]);
});
