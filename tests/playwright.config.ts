import { defineConfig } from "@playwright/test";
import { programPath } from "../scripts/ensure-programs.mjs";

const chromium = {
	executablePath: programPath("chromium"),
	// The sandbox cannot be had as root, and what is played must reach the loudspeaker.
	args: ["--no-sandbox", "--audio-buffer-size=4096"],
	ignoreDefaultArgs: ["--mute-audio"],
};

export default defineConfig({
	testDir: ".",
	testMatch: "**/*.spec.ts",
	outputDir: "../test-results",
	// One loudspeaker, and two cores.
	workers: 1,
	timeout: 60_000,
	forbidOnly: true,
	projects: [
		{
			name: "audible",
			testIgnore: "**/suspended.spec.ts",
			use: {
				launchOptions: { ...chromium, args: [...chromium.args, "--autoplay-policy=no-user-gesture-required"] },
			},
		},
		{
			name: "suspended",
			testMatch: "**/suspended.spec.ts",
			use: {
				launchOptions: { ...chromium, args: [...chromium.args, "--autoplay-policy=document-user-activation-required"] },
			},
		},
	],
});
