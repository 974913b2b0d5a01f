// What is pictured of the instrument, by name.
import { padStates, showPadStates } from "./pad-states.mjs";
import { untilDemoIsLoaded } from "./until-demo-is-loaded.mjs";

/** @typedef {import("@playwright/test").Page} Page */

/**
 * Begins with an instrument that has just been opened.
 *
 * @typedef {{ start: "demo" | "empty", show: (page: Page, stalling: string) => Promise<void> }} View
 */

const LOOPS = [20, 21, 22, 23];

/** @param {Page} page @param {RegExp | string} name */
async function press(page, name) {
	await page.getByRole("button", { name }).first().click();
}

/** @param {Page} page @param {number} pad @param {string} item */
async function chooseInMenu(page, pad, item) {
	await page.locator(`looper-pad[index="${pad}"] .surface`).focus();
	await page.keyboard.press("Shift+F10");
	if (item !== "") await page.getByRole("menuitem", { name: item }).click();
}

/** @param {Page} page */
async function playLoops(page) {
	await untilDemoIsLoaded(page);
	for (const pad of LOOPS) await page.locator(`looper-pad[index="${pad}"] .surface`).click();
	for (const pad of LOOPS) await page.locator(`looper-pad[index="${pad}"][playing]`).waitFor();
}

/** @param {Page} page @param {string} stalling */
async function showStates(page, stalling) {
	await page.evaluate(showPadStates, { ...padStates, stalling });
}

/** @type {Record<string, View>} */
export const views = {
	empty: { start: "empty", show: async () => {} },
	demo: { start: "demo", show: untilDemoIsLoaded },
	states: { start: "empty", show: showStates },
	"large-letters": {
		start: "empty",
		show: async (page, stalling) => {
			await page.evaluate(() => {
				document.documentElement.style.fontSize = "32px";
			});
			await showStates(page, stalling);
		},
	},
	editing: {
		start: "demo",
		show: async (page) => {
			await untilDemoIsLoaded(page);
			await press(page, "Edit");
			for (const pad of [9, 10, 12]) {
				await page.locator(`looper-pad[index="${pad}"] .surface`).click({ modifiers: ["Control"] });
			}
			await page.locator('looper-pad[index="9"] .surface').click();
		},
	},
	panel: {
		start: "demo",
		show: async (page) => {
			await playLoops(page);
			await chooseInMenu(page, 20, "Settings…");
			await page.getByRole("region", { name: "Pad 21", exact: true }).waitFor();
			await page.waitForTimeout(1500);
		},
	},
	menu: {
		start: "demo",
		show: async (page) => {
			await untilDemoIsLoaded(page);
			await chooseInMenu(page, 9, "");
		},
	},
	question: {
		start: "demo",
		show: async (page) => {
			await untilDemoIsLoaded(page);
			await press(page, "Clear");
		},
	},
	sets: {
		start: "empty",
		show: (page) => press(page, /^Set:/),
	},
	mapping: {
		start: "empty",
		show: async (page) => {
			await press(page, "Mapping");
			await page.getByRole("dialog", { name: "Keys and controllers" }).waitFor();
		},
	},
	learning: {
		start: "empty",
		show: async (page) => {
			await press(page, "Mapping");
			await page.getByRole("dialog").getByRole("button", { name: "Learn", exact: true }).click();
			await page.getByRole("region", { name: "Learn a control" }).waitFor();
		},
	},
	keys: {
		start: "empty",
		show: async (page) => {
			await page.keyboard.press("?");
			await page.getByRole("dialog", { name: "All keys" }).waitFor();
		},
	},
	takes: {
		start: "demo",
		show: async (page) => {
			await playLoops(page);
			await press(page, /^Record/);
			await page.waitForTimeout(2000);
			await press(page, /^Record/);
			await press(page, /^Takes 1/);
			await page.getByRole("dialog", { name: "Takes" }).locator(".take").first().waitFor();
		},
	},
	recorder: {
		start: "empty",
		show: async (page) => {
			await chooseInMenu(page, 0, "Record here…");
			await page.getByRole("dialog", { name: /^Record onto/ }).waitFor();
		},
	},
	output: {
		start: "empty",
		show: async (page) => {
			await press(page, /^Output:/);
			await page.getByRole("dialog", { name: "Output" }).waitFor();
		},
	},
	dropouts: {
		start: "empty",
		show: async (page) => {
			await page.locator("dropout-figure .figure").click();
			await page.getByRole("dialog", { name: "Dropouts" }).waitFor();
		},
	},
	obstacle: {
		start: "empty",
		show: async (page) => {
			await page.addInitScript(() => Reflect.deleteProperty(window, "AudioWorkletNode"));
			await page.reload();
			await page.getByRole("heading").waitFor();
		},
	},
};
