import { expect, test } from "vitest";
import { defaultCacheDirectory } from "./default-directory.node.ts";

test("the cache directory follows the system's convention", () => {
	const at = (platform: string, env: Record<string, string> = {}): string =>
		defaultCacheDirectory({ platform, env, home: "/home/ada" });
	expect(at("linux")).toBe("/home/ada/.cache/flitzis-looper");
	expect(at("linux", { XDG_CACHE_HOME: "/var/tmp/ada" })).toBe("/var/tmp/ada/flitzis-looper");
	expect(at("linux", { XDG_CACHE_HOME: "" })).toBe("/home/ada/.cache/flitzis-looper");
	expect(at("linux", { XDG_CACHE_HOME: "relative" })).toBe("/home/ada/.cache/flitzis-looper");
	expect(at("darwin")).toBe("/home/ada/Library/Caches/flitzis-looper");
	expect(at("win32", { LOCALAPPDATA: "/local" })).toBe("/local/flitzis-looper/Cache");
	expect(at("win32")).toBe("/home/ada/AppData/Local/flitzis-looper/Cache");
});
