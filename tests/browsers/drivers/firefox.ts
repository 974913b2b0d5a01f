import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { programPath } from "../../../scripts/ensure-programs.mjs";
import type { BrowserSettings, DrivenBrowser } from "./browser-page.ts";
import { connectMarionette } from "./marionette.ts";
import { type Program, startProgram } from "./program.ts";
import { WebDriverPage } from "./webdriver-page.ts";

const AUTOPLAY_ALLOWED = 0;
const AUTOPLAY_BLOCKED = 5;
const LOOK_AGAIN_MS = 50;

/** Disables prompts, updates and telemetry. */
function profile(autoplay: boolean): Record<string, string | number | boolean> {
	return {
		"app.normandy.enabled": false,
		"app.update.disabledForTesting": true,
		"browser.shell.checkDefaultBrowser": false,
		"browser.startup.homepage_override.mstone": "ignore",
		"datareporting.policy.dataSubmissionEnabled": false,
		"extensions.systemAddon.update.enabled": false,
		"marionette.port": 0,
		"media.autoplay.blocking_policy": 0,
		"media.autoplay.default": autoplay ? AUTOPLAY_ALLOWED : AUTOPLAY_BLOCKED,
		"network.captive-portal-service.enabled": false,
		"network.connectivity-service.enabled": false,
		"services.settings.server": "data:,",
		"toolkit.telemetry.server": "data:,",
	};
}

/** Firefox writes its port to the profile. */
async function untilListening(folder: string): Promise<number> {
	for (;;) {
		const port = Number(await readFile(join(folder, "MarionetteActivePort"), "utf8").catch(() => ""));
		if (port > 0) return port;
		await setTimeout(LOOK_AGAIN_MS);
	}
}

/** Starts Firefox without a window. */
export async function startFirefox({ folder, environment, autoplay }: BrowserSettings): Promise<DrivenBrowser> {
	const profileFolder = join(folder, "profile");
	await mkdir(profileFolder, { recursive: true });
	const preferences = Object.entries(profile(autoplay)).map(
		([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`,
	);
	await writeFile(join(profileFolder, "user.js"), preferences.join(""));
	const firefox = startProgram(
		programPath("firefox"),
		["--headless", "--marionette", "--no-remote", "--profile", profileFolder],
		{ ...process.env, HOME: folder, ...environment },
	);
	try {
		return await drive(firefox, profileFolder);
	} catch (error) {
		await firefox.stop();
		throw error;
	}
}

async function drive(firefox: Program, profileFolder: string): Promise<DrivenBrowser> {
	const port = await Promise.race([untilListening(profileFolder), firefox.ended]);
	const { send, socket } = await Promise.race([connectMarionette(port), firefox.ended]);
	await send("New Session", { capabilities: { alwaysMatch: { acceptInsecureCerts: true } } });
	const page = new WebDriverPage(send);
	await page.setPatience();
	return {
		page,
		async close() {
			socket.destroy();
			await firefox.stop();
		},
	};
}
