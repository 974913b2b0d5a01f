import { defineConfig, type LaunchOptions } from "@playwright/test";
import { programPath } from "../scripts/ensure-programs.mjs";
import type { BrowsersFixtures } from "./browsers/browsers-test.ts";

const chromium = {
	executablePath: programPath("chromium"),
	// The sandbox does not work as root, and the output must not be muted.
	args: ["--no-sandbox"],
	ignoreDefaultArgs: ["--mute-audio"],
};

/** Large enough to avoid most dropouts on a busy machine. */
const LARGE_BUFFER = "--audio-buffer-size=4096";
/** For tests that provoke dropouts. */
const USUAL_BUFFER = "--audio-buffer-size=512";
const USUALLY_BUFFERED = ["**/dropouts.spec.ts", "**/larger-buffer.spec.ts"];

/** For tests that choose an output of the machine; the others record from an input that Chromium makes up, which hides the outputs, too. */
const REAL_DEVICES = ["**/output.spec.ts"];

/** For pages whose sound waits for the user's first gesture, as it does with everybody. */
const UNTOUCHED = ["**/suspended.spec.ts", "**/page-blocks.spec.ts"];

const WITHOUT_GESTURE = "--autoplay-policy=no-user-gesture-required";

function launching(...args: readonly string[]): { launchOptions: LaunchOptions } {
	return { launchOptions: { ...chromium, args: [...chromium.args, ...args] } };
}

/** Whether browsers are tested over either threading for all that the two share: by `npm run verify` alone. */
const isEverySuite = process.env["EVERY_SUITE"] === "1";
/** For `npm run verify` alone: what takes long, and what a machine with other work starves of sound. */
const LONG = [
	"**/app/accessibility.spec.ts",
	"**/app/keyboard-only.spec.ts",
	"**/app/loading-under-sound.spec.ts",
	"**/app/performer.spec.ts",
	"**/app/reloads.spec.ts",
	"**/app/set-fuzz.spec.ts",
	"**/app/versions.spec.ts",
	"**/embedding.spec.ts",
	"**/engine/performance.spec.ts",
	"**/examples.spec.ts",
	"**/blocked-main-thread.spec.ts",
	"**/site.spec.ts",
	"**/threading.spec.ts",
];
/** The chapters of the engine's suite that each browser supports. Firefox and WebKit decode every format in `npm run verify` alone. */
const suites = {
	chromium: [
		"shared",
		"shared-decoding",
		...(isEverySuite ? ["messages", "messages-decoding"] : []),
		"cache",
		"not-isolated",
	],
	firefox: [
		"shared",
		...(isEverySuite ? ["shared-decoding", "messages", "messages-decoding"] : []),
		"cache",
		"not-isolated",
	],
	// No shared memory at all.
	webkit: ["messages", ...(isEverySuite ? ["messages-decoding"] : []), "not-isolated"],
	// Shared memory on every page; its driver grants no private file system. The instrument's suite is run always.
	"webkit as safari": isEverySuite ? ["shared", "shared-decoding"] : [],
} as const;

/** On a busy machine WebKitGTK's output may stand still for good while its context says that it runs; a fault of the engine would repeat. */
const WEBKIT_RETRIES = 1;

const browserProjects = (["chromium", "firefox", "webkit", "webkit as safari"] as const).flatMap((browserKind) => [
	{
		name: browserKind,
		retries: browserKind.startsWith("webkit") ? WEBKIT_RETRIES : 0,
		testMatch: suites[browserKind].map((suite) => `**/${suite}.suite.ts`),
		use: { browserKind },
	},
	{
		name: `${browserKind}, untouched`,
		retries: browserKind.startsWith("webkit") ? WEBKIT_RETRIES : 0,
		// In Chromium the instrument has its own tests.
		testMatch:
			browserKind === "chromium" ? "**/untouched.suite.ts" : ["**/untouched.suite.ts", "**/instrument.suite.ts"],
		use: { browserKind, autoplay: false },
	},
]);

export default defineConfig<object, BrowsersFixtures>({
	testDir: ".",
	testMatch: "**/*.spec.ts",
	outputDir: "../test-results",
	// A page takes both of two cores. `npm test` gives two workers to the suites, whose pages draw little.
	workers: 1,
	// For what hangs: a busy machine takes ten times as long as a quiet one.
	timeout: 180_000,
	expect: { timeout: 20_000 },
	forbidOnly: true,
	// Requests that a service worker answers cannot be intercepted; `offline.spec.ts` and `versions.spec.ts` allow them.
	use: { serviceWorkers: "block" },
	projects: [
		{
			name: "audible",
			testIgnore: [...UNTOUCHED, ...USUALLY_BUFFERED, ...REAL_DEVICES, ...(isEverySuite ? [] : LONG)],
			// Chromium's own input beeps; nobody is asked for it.
			use: launching(LARGE_BUFFER, WITHOUT_GESTURE, "--use-fake-device-for-media-stream"),
		},
		{
			name: "real-devices",
			// Run by `npm run verify` alone, as what is slow and rarely breaks.
			testMatch: isEverySuite ? REAL_DEVICES : [],
			use: launching(LARGE_BUFFER, WITHOUT_GESTURE),
		},
		{
			name: "usual-buffer",
			testMatch: isEverySuite ? USUALLY_BUFFERED : [],
			use: launching(USUAL_BUFFER, WITHOUT_GESTURE),
		},
		{
			name: "suspended",
			testMatch: UNTOUCHED,
			use: launching(LARGE_BUFFER, "--autoplay-policy=document-user-activation-required"),
		},
		...browserProjects,
	],
});
