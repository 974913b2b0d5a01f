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
			// Without a longer buffer than Chromium's own: what a performer gets is put to the test.
			args: ["--no-sandbox", "--autoplay-policy=no-user-gesture-required"],
			ignoreDefaultArgs: ["--mute-audio"],
		},
	},
});
