import type { Locator } from "@playwright/test";
import { writeWave } from "../../packages/engine/test/fixtures.ts";
import { type AppPage, type DroppedFile, switchLoopOn } from "./app-page.ts";
import { expect, test } from "./app-test.ts";
import { setPad } from "./instrument-access.ts";
import { passBeats, performedMix } from "./performed-mix.ts";

const RATE = 48_000;

/** A file of clicks, one per beat. */
function clicks(name: string, tempo: number, beats: number): DroppedFile {
	const beatFrames = Math.round((60 * RATE) / tempo);
	const samples = new Float32Array(beats * beatFrames);
	for (let beat = 0; beat < beats; beat++) samples.fill(0.5, beat * beatFrames, beat * beatFrames + 48);
	return { name, type: "audio/wav", bytes: writeWave(samples, { sampleRate: RATE, channels: 1, coding: "f32" }) };
}

/** A file of a sine over whole cycles. */
function sine(name: string, hertz: number): DroppedFile {
	const samples = Float32Array.from(
		{ length: RATE },
		(_, frame) => 0.5 * Math.sin((2 * Math.PI * hertz * frame) / RATE),
	);
	return { name, type: "audio/wav", bytes: writeWave(samples, { sampleRate: RATE, channels: 1, coding: "f32" }) };
}

/** Drops files on the first pads, and waits until they can be played. */
async function fill(app: AppPage, files: readonly DroppedFile[]): Promise<void> {
	await app.open("empty");
	await app.drop(files, app.pad(0).element);
	for (const [pad, { name }] of files.entries()) {
		await expect(app.pad(pad).surface).toHaveAccessibleName(new RegExp(`: ${name.replace(".wav", "")}`));
	}
}

/** Types a value into a control. */
async function typeInto(control: Locator, text: string): Promise<void> {
	await control.press("Enter");
	await control.page().keyboard.type(text);
	await control.page().keyboard.press("Enter");
}

/** The frames at which clicks begin. */
function onsets(channel: Float32Array): readonly number[] {
	const found: number[] = [];
	for (const [frame, sample] of channel.entries()) {
		if (Math.abs(sample) > 0.05 && frame - (found.at(-1) ?? -RATE) > RATE / 10) found.push(frame);
	}
	return found;
}

function rms(samples: Float32Array): number {
	return Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length);
}

test("two loops of different tempi play in step once their beats are set", async ({ app, page }) => {
	const files = [clicks("fast.wav", 120, 4), clicks("slow.wav", 96, 4)];
	await fill(app, files);
	await typeInto(page.getByRole("slider", { name: "Tempo" }), "108");
	await page.getByLabel("Quantum").selectOption({ label: "1/4" });
	for (const [pad, side] of ["-100", "100"].entries()) {
		const panel = await app.openSettings(pad);
		await switchLoopOn(panel);
		await panel.getByLabel("Sync").selectOption({ label: "Repitch" });
		await typeInto(panel.getByRole("slider", { name: "Beats" }), "4");
		await typeInto(panel.getByRole("slider", { name: "Pan" }), side);
		await expect(panel.locator(".facts")).toContainText(pad === 0 ? "120 BPM" : "96 BPM");
	}
	const { left, right } = await performedMix(page, files, async () => {
		await app.pad(0).strike();
		await passBeats(page, 1);
		await app.pad(1).strike();
		await passBeats(page, 7);
	});
	const [lefts, rights] = [onsets(left), onsets(right)];
	expect(rights.length).toBeGreaterThanOrEqual(5);
	const beatFrames = (60 * RATE) / 108;
	for (const frame of rights) {
		const nearest = lefts.reduce((best, other) => (Math.abs(other - frame) < Math.abs(best - frame) ? other : best));
		expect(Math.abs(nearest - frame)).toBeLessThanOrEqual(3);
		expect(Math.abs((frame - rights[0]!) / beatFrames - Math.round((frame - rights[0]!) / beatFrames))).toBeLessThan(
			2e-4,
		);
	}
});

test("killing the low band silences a bass, and gives it back as it was", async ({ app, page }) => {
	const files = [sine("bass.wav", 60)];
	await fill(app, files);
	const panel = await app.openSettings(0);
	await switchLoopOn(panel);
	const low = panel.getByRole("slider", { name: "Low" });
	await typeInto(low, "3");
	await page.getByRole("button", { name: "Transport", exact: true }).click();
	const kill = panel.getByRole("button", { name: "Kill low" });
	const { performance, left } = await performedMix(page, files, async () => {
		await app.pad(0).strike();
		await passBeats(page, 2);
		await kill.click();
		await expect(kill).toHaveAttribute("aria-pressed", "true");
		await expect(low).toHaveAttribute("aria-valuetext", "Killed");
		await passBeats(page, 2);
		await kill.click();
		await expect(low).toHaveAttribute("aria-valuetext", "+3.0 dB");
		await passBeats(page, 2);
	});
	const killed = performance.commands.flatMap((command) =>
		command.type === "set" && command.parameter === "eqLowDecibels" ? [command.frame] : [],
	);
	expect(killed).toHaveLength(2);
	const [from, to] = [killed[0]! - performance.preRollFrames, killed[1]! - performance.preRollFrames];
	const before = rms(left.subarray(from - RATE / 4, from));
	expect(rms(left.subarray(to - RATE / 4, to)) / before).toBeLessThan(0.01);
	expect(rms(left.subarray(to + RATE / 4, to + RATE / 2)) / before).toBeCloseTo(1, 1);
});

test("a roll goes round as long as its button is held, by pointer and by key", async ({ app, page }) => {
	const files = [sine("tone.wav", 220)];
	await fill(app, files);
	const panel = await app.openSettings(0);
	await switchLoopOn(panel);
	const quarter = panel.getByRole("button", { name: "Roll 1/4" });
	const { performance } = await performedMix(page, files, async () => {
		await app.pad(0).strike();
		await expect(app.pad(0).element).toHaveAttribute("playing");
		await quarter.hover();
		await page.mouse.down();
		await expect(quarter).toHaveAttribute("aria-pressed", "true");
		await passBeats(page, 1);
		await page.mouse.up();
		await expect(quarter).toHaveAttribute("aria-pressed", "false");
		await panel.getByRole("button", { name: "Roll 2" }).focus();
		await page.keyboard.down("Space");
		await passBeats(page, 1);
		await page.keyboard.up("Space");
		await passBeats(page, 1);
	});
	const rolls = performance.commands.filter(({ type: name }) => name === "roll" || name === "endRoll");
	expect(rolls.map((command) => ("beats" in command ? command.beats : command.type))).toEqual([
		1 / 4,
		"endRoll",
		2,
		"endRoll",
	]);
});

test("the waveform is drawn, zooms to single frames, and its handles snap to beats and move frame by frame", async ({
	app,
	page,
}) => {
	await fill(app, [clicks("loop.wav", 120, 8)]);
	const panel = await app.openSettings(0);
	await expect(panel.locator("wave-display .note")).toHaveText("");
	const lit = (): Promise<number> =>
		panel.locator("canvas").evaluate((canvas: HTMLCanvasElement) => {
			const { width, height } = canvas;
			const { data } = canvas.getContext("2d")!.getImageData(0, 0, width, height);
			return data.filter((value, index) => index % 4 === 3 && value > 0).length;
		});
	await expect.poll(lit).toBeGreaterThan(500);

	await typeInto(panel.getByRole("slider", { name: "Beats" }), "8");
	await panel.getByLabel("Snap").selectOption({ label: "Beats" });
	const [start, end] = [
		panel.getByRole("slider", { name: "Loop start" }),
		panel.getByRole("slider", { name: "Loop end" }),
	];
	await start.press("ArrowRight");
	await end.press("ArrowLeft");
	await expect(start).toHaveAttribute("aria-valuetext", "0.5000 s");
	await expect(end).toHaveAttribute("aria-valuetext", "3.5000 s");
	const beats = panel.getByRole("slider", { name: "Beats" });
	await expect(beats).toHaveAttribute("aria-valuetext", "6");
	await panel.getByRole("button", { name: "× 2", exact: true }).click();
	await expect(beats).toHaveAttribute("aria-valuetext", "12");
	await panel.getByRole("button", { name: "÷ 2" }).click();
	await expect(panel.locator(".facts")).toContainText("120 BPM");

	await panel.getByLabel("Snap").selectOption({ label: "Free" });
	await start.press("Shift+ArrowRight");
	await expect(start).toHaveAttribute("aria-valuenow", String(24_001 / RATE));
	const wave = panel.getByRole("group", { name: /^Waveform/ });
	await wave.focus();
	for (let press = 0; press < 16; press++) await page.keyboard.press("+");
	await expect.poll(lit).toBeGreaterThan(500);
	const box = await wave.boundingBox();
	await page.keyboard.press("Home");
	await page.mouse.move(box!.x + box!.width / 2, box!.y + 60);
	for (let notch = 0; notch < 40; notch++) await page.mouse.wheel(0, -200);
	await expect.poll(lit).toBeGreaterThan(500);
	await panel.getByRole("button", { name: "Show all" }).click();

	// The loop's end is dragged to the middle.
	const grip = await end.boundingBox();
	await page.mouse.move(grip!.x + grip!.width - 4, grip!.y + 40);
	await page.mouse.down();
	await page.mouse.move(box!.x + box!.width / 2, grip!.y + 40, { steps: 5 });
	await page.mouse.up();
	const seconds = Number(await end.getAttribute("aria-valuenow"));
	expect(Math.abs(seconds - 2)).toBeLessThan(0.02);
	await end.press("End");
	await start.press("Home");
	await expect(end).toHaveAttribute("aria-valuetext", "4.0000 s");
	await expect(start).toHaveAttribute("aria-valuetext", "0.0000 s");
});

test.describe("with a touch screen", () => {
	test.use({ hasTouch: true, viewport: { width: 390, height: 844 } });

	test("two fingers zoom the waveform, one scrolls it", async ({ app, page }) => {
		await fill(app, [clicks("loop.wav", 120, 8)]);
		await page.getByRole("button", { name: "Edit" }).tap();
		await app.pad(0).surface.tap();
		const panel = page.getByRole("region", { name: "Pad 1", exact: true });
		await expect(panel.locator("wave-display .note")).toHaveText("");
		const [start, end] = [panel.locator(".start"), panel.locator(".end")];
		const box = await panel.getByRole("group", { name: /^Waveform/ }).boundingBox();
		const touch = await page.context().newCDPSession(page);
		const send = async (type: "touchStart" | "touchMove" | "touchEnd", ...xs: readonly number[]): Promise<void> => {
			const touchPoints = xs.map((x, id) => ({ x: box!.x + x, y: box!.y + 50, id }));
			await touch.send("Input.dispatchTouchEvent", { type, touchPoints });
		};
		await send("touchStart", 150, 190);
		for (const spread of [10, 20, 40]) await send("touchMove", 150 - spread, 190 + spread);
		await send("touchEnd");
		await expect(start).toHaveClass(/beyond/);
		await expect(end).toHaveClass(/beyond/);
		for (let swipe = 0; swipe < 2; swipe++) {
			await send("touchStart", 60);
			for (const x of [120, 200, 320]) await send("touchMove", x);
			await send("touchEnd");
		}
		await expect(start).not.toHaveClass(/beyond/);
	});
});

test("what is typed stays when the value changes meanwhile, as by an analysis", async ({ app, page }) => {
	await fill(app, [clicks("loop.wav", 120, 8)]);
	const panel = await app.openSettings(0);
	const beats = panel.getByRole("slider", { name: "Beats" });
	await beats.press("Enter");
	await page.keyboard.type("1");
	await setPad(page, 0, { lengthBeats: 4 });
	await expect(panel.locator(".facts")).toContainText("60 BPM");
	await page.keyboard.type("6");
	await page.keyboard.press("Enter");
	await expect(beats).toHaveAttribute("aria-valuetext", "16");
});

test("a loop that cannot follow the tempo says so", async ({ app }) => {
	await fill(app, [clicks("loop.wav", 120, 4)]);
	const panel = await app.openSettings(0);
	await switchLoopOn(panel);
	await panel.getByLabel("Sync").selectOption({ label: "Repitch" });
	await typeInto(panel.getByRole("slider", { name: "Beats" }), "64");
	await app.pad(0).strike();
	await expect(panel.getByText("Too far from the tempo")).toBeVisible();
	await typeInto(panel.getByRole("slider", { name: "Beats" }), "4");
	await expect(panel.getByText("Too far from the tempo")).toBeHidden();
});

test("everything is reached by keyboard, and the pad gets the focus back", async ({ app, page }) => {
	await fill(app, [clicks("loop.wav", 120, 4)]);
	await app.pad(0).surface.focus();
	await page.keyboard.press("Shift+F10");
	await expect(page.getByRole("menuitem", { name: "Replace…" })).toBeFocused();
	for (const name of ["Record here…", "Settings…"]) {
		await page.keyboard.press("ArrowDown");
		await expect(page.getByRole("menuitem", { name })).toBeFocused();
	}
	await page.keyboard.press("Enter");
	const panel = page.getByRole("region", { name: "Pad 1" });
	await expect(panel.getByRole("button", { name: "Close the panel" })).toBeFocused();
	// Its handle is there as soon as the beats are found.
	await expect(panel.getByRole("slider", { name: "Beat grid" })).toBeVisible();
	const names = new Set<string>();
	for (let press = 0; press < 60; press++) {
		await page.keyboard.press("Tab");
		const name = await page.evaluate(() => {
			let focused = document.activeElement;
			while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
			const { labels } = focused as HTMLSelectElement;
			return focused?.getAttribute("aria-label") ?? labels?.[0]?.textContent ?? focused?.textContent?.trim() ?? "";
		});
		names.add(name);
	}
	for (const name of [
		"Loop start",
		"Loop end",
		"Beat grid",
		"Mode",
		"Choke group",
		"Launch on",
		"Stop on",
		"Loop",
		"Overlap",
		"Legato",
		"Sync",
		"Beats",
		"Own BPM",
		"Match the set's tempo",
		"This is the one",
		"Speed",
		"Semitones",
		"Cents",
		"Reverse",
		"Gain",
		"Pan",
		"Mute",
		"Solo",
		"No trigger",
		"Cue",
		"Low",
		"Kill low",
		"Mid",
		"High",
		"Roll 1/32",
		"Roll 4",
	]) {
		expect(names).toContain(name);
	}
	await panel.getByRole("slider", { name: "Gain" }).focus();
	await page.keyboard.press("Shift+Escape");
	await expect(panel).toBeHidden();
	await expect(app.pad(0).surface).toBeFocused();
});

test("a paused pad says so and goes on", async ({ app }) => {
	await fill(app, [sine("tone.wav", 220)]);
	const panel = await app.openSettings(0);
	await switchLoopOn(panel);
	const pause = panel.getByRole("button", { name: "Pause" });
	await expect(pause).toBeDisabled();
	await app.pad(0).strike();
	await pause.click();
	const resume = panel.getByRole("button", { name: "Paused: resume" });
	await expect(resume).toHaveAttribute("aria-pressed", "true");
	await resume.click();
	await expect(app.pad(0).element).toHaveAttribute("playing");
});
