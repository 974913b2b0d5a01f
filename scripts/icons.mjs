// Draws the app's icons for platforms that take no SVG, from apps/looper/public/icon.svg.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { chromium } from "@playwright/test";
import { programPath } from "./ensure-programs.mjs";

const PUBLIC = fileURLToPath(new URL("../apps/looper/public", import.meta.url));
/** Launchers cut maskable icons to any shape within a circle of 80 %. */
const MASKABLE_SHARE = 0.8;
const ICONS = [
	{ name: "icon-192", pixels: 192, share: 1 },
	{ name: "icon-512", pixels: 512, share: 1 },
	{ name: "maskable-512", pixels: 512, share: MASKABLE_SHARE },
];

const drawing = readFileSync(`${PUBLIC}/icon.svg`, "utf8");
const browser = await chromium.launch({ executablePath: programPath("chromium"), args: ["--no-sandbox"] });
const page = await browser.newPage();
for (const { name, pixels, share } of ICONS) {
	await page.setViewportSize({ width: pixels, height: pixels });
	const background = share === 1 ? "transparent" : "#16181f";
	await page.setContent(
		`<body style="margin:0;display:grid;place-content:center;height:100vh;background:${background}">
		<div style="width:${pixels * share}px;height:${pixels * share}px">${drawing}</div></body>`,
	);
	await page.screenshot({ path: `${PUBLIC}/icons/${name}.png`, omitBackground: true });
}
await browser.close();
