import { defineConfig, type LaunchOptions } from "@playwright/test";
import { programPath } from "../scripts/ensure-programs.mjs";
import type { BrowsersFixtures } from "./browsers/browsers-test.ts";

const chromium = {
	executablePath: programPath("chromium"),
	// The sandbox cannot be had as root, and what is played must reach the loudspeaker.
	args: ["--no-sandbox"],
	ignoreDefaultArgs: ["--mute-audio"],
};

/** So large that a busy machine seldom makes the sound break off. */
const LARGE_BUFFER = "--audio-buffer-size=4096";
/** Where it has to break off when it is made to, the buffer is a usual one. */
const USUAL_BUFFER = "--audio-buffer-size=512";
const USUALLY_BUFFERED = ["**/glitches.spec.ts", "**/larger-buffer.spec.ts"];

const WITHOUT_GESTURE = "--autoplay-policy=no-user-gesture-required";

function launching(...args: readonly string[]): { launchOptions: LaunchOptions } {
	return { launchOptions: { ...chromium, args: [...chromium.args, ...args] } };
}

/** Which chapters of the engine's suite each browser has what it needs for. */
const suites = {
	chromium: ["shared", "messages", "cache", "not-isolated"],
	firefox: ["shared", "messages", "cache", "not-isolated"],
	// No shared memory at all.
	webkit: ["messages", "not-isolated"],
	// Shared memory on every page; its driver grants no private file system.
	"webkit as safari": ["shared"],
} as const;

const browserProjects = (["chromium", "firefox", "webkit", "webkit as safari"] as const).flatMap((browserKind) => [
	{
		name: browserKind,
		testMatch: suites[browserKind].map((suite) => `**/${suite}.suite.ts`),
		use: { browserKind },
	},
	{
		name: `${browserKind}, untouched`,
		// In Chromium the instrument has tests of its own.
		testMatch:
			browserKind === "chromium" ? "**/untouched.suite.ts" : ["**/untouched.suite.ts", "**/instrument.suite.ts"],
		use: { browserKind, autoplay: false },
	},
]);

export default defineConfig<object, BrowsersFixtures>({
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
			testIgnore: ["**/suspended.spec.ts", ...USUALLY_BUFFERED],
			use: launching(LARGE_BUFFER, WITHOUT_GESTURE),
		},
		{
			name: "usual-buffer",
			testMatch: USUALLY_BUFFERED,
			use: launching(USUAL_BUFFER, WITHOUT_GESTURE),
		},
		{
			name: "suspended",
			testMatch: "**/suspended.spec.ts",
			use: launching(LARGE_BUFFER, "--autoplay-policy=document-user-activation-required"),
		},
		...browserProjects,
	],
});
