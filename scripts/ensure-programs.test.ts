import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { ensurePrograms, programPath } from "./ensure-programs.mjs";

let folder = "";

beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), "ensure-programs-"));
});

afterEach(() => {
	rmSync(folder, { recursive: true });
});

function putProgram(name: string): string {
	const path = join(folder, name);
	writeFileSync(path, "#!/bin/sh\n");
	chmodSync(path, 0o755);
	return path;
}

/** A host whose package manager installs the given programs into the search path. */
function hostWith(installable: Record<string, string>, isRoot: boolean) {
	const commands: string[] = [];
	const run = (command: string, args: string[]): boolean => {
		commands.push([command, ...args].join(" "));
		for (const argument of args) {
			const program = installable[argument];
			if (program !== undefined) putProgram(program);
		}
		return true;
	};
	return { searchPath: folder, isRoot, playwrightChromium: join(folder, "own-chromium"), run, commands };
}

test("a program in the search path is found and nothing is installed", () => {
	const path = putProgram("ffmpeg");
	const host = hostWith({}, true);
	ensurePrograms(["ffmpeg"], host);
	expect(programPath("ffmpeg", host)).toBe(path);
	expect(host.commands).toEqual([]);
});

test("Firefox is found by Debian's name and by Mozilla's", () => {
	const mozilla = putProgram("firefox");
	expect(programPath("firefox", hostWith({}, false))).toBe(mozilla);
	const debian = putProgram("firefox-esr");
	expect(programPath("firefox", hostWith({}, false))).toBe(debian);
});

test("a file without execute permission is not a program", () => {
	writeFileSync(join(folder, "flac"), "", { mode: 0o644 });
	expect(() => programPath("flac", hostWith({}, false))).toThrow("The tests need flac");
});

test("as root, all missing programs are installed at once from Debian packages", () => {
	const host = hostWith({ flac: "flac", "pulseaudio-utils": "parec" }, true);
	ensurePrograms(["flac", "parec"], host);
	expect(host.commands).toHaveLength(2);
	expect(host.commands[0]).toMatch(/^apt-get .*update$/);
	expect(host.commands[1]).toMatch(/install .*flac pulseaudio-utils$/);
	expect(programPath("parec", host)).toBe(join(folder, "parec"));
});

test("Chromium comes from Playwright if Debian's package is not available", () => {
	const host = hostWith({ chromium: "own-chromium" }, false);
	ensurePrograms(["chromium"], host);
	expect(host.commands).toEqual(["npx playwright install chromium"]);
	expect(programPath("chromium", host)).toBe(join(folder, "own-chromium"));
});

test("a program that cannot be installed is named with its remedy", () => {
	expect(() => ensurePrograms(["parec"], hostWith({}, false))).toThrow(
		/^The tests need parec, .*`sudo apt-get install pulseaudio-utils`.*run again\.$/,
	);
});
