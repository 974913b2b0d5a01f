import { defineConfig } from "@playwright/test";
import { programPath } from "../../scripts/ensure-programs.mjs";

export default defineConfig({
	testDir: ".",
	testMatch: "*.stress.ts",
	outputDir: "../../test-results/stress",
	workers: 1,
	timeout: 30 * 60_000,
	use: {
		launchOptions: {
			executablePath: programPath("chromium"),
			// Chromium's default buffer, as for users.
			args: ["--no-sandbox", "--autoplay-policy=no-user-gesture-required"],
			ignoreDefaultArgs: ["--mute-audio"],
		},
	},
});
