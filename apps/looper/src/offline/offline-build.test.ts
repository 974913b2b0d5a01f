import { expect, test } from "vitest";
import { cacheName, fileAt, outdatedCaches } from "./offline-build.ts";

const app = "https://looper.test/app/";
const build = { version: "2", page: "index.html", files: ["index.html", "assets/index-x.js", "demo/kick.wav"] };

test.each([
	[app, "index.html"],
	[`${app}?from=home`, "index.html"],
	[`${app}#top`, "index.html"],
	[`${app}index.html`, "index.html"],
	[`${app}assets/index-x.js`, "assets/index-x.js"],
	[`${app}demo/kick.wav?1`, "demo/kick.wav"],
	[`${app}assets/other.js`, null],
	["https://looper.test/", null],
	["https://elsewhere.test/app/index.html", null],
])("%s asks for %s", (address, file) => {
	expect(fileAt(address, app, build)).toBe(file);
});

test("only the app's own caches of other versions are outdated", () => {
	expect(outdatedCaches([cacheName("1"), cacheName("2"), "somebody-else"], "2")).toEqual([cacheName("1")]);
});
