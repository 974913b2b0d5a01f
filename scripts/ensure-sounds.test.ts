import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { ensureSounds, soundFiles } from "./ensure-sounds.mjs";

const FOLDER = "usr/share/lmms/samples";

let root = "";

beforeEach(() => {
	root = mkdtempSync(join(tmpdir(), "ensure-sounds-"));
});

afterEach(() => {
	rmSync(root, { recursive: true });
});

/** A package manager that creates the packages' folders and records its calls. */
function installer() {
	const asked: string[][] = [];
	const install = (packages: string[]): void => {
		asked.push(packages);
		mkdirSync(join(root, FOLDER, "drums"), { recursive: true });
	};
	return { asked, install };
}

test("a missing package is installed, a present one is left alone", () => {
	const { asked, install } = installer();
	ensureSounds(["lmms-common"], { root, install });
	ensureSounds(["lmms-common"], { root, install });
	expect(asked).toEqual([["lmms-common"]]);
});

test("a package that cannot be installed is an error naming it and the remedy", () => {
	const ensure = () => ensureSounds(["lmms-common", "sonic-pi-samples"], { root, install: () => {} });
	expect(ensure).toThrow("sudo apt-get install lmms-common sonic-pi-samples");
});

test("only recordings are found, in nested folders, in order", () => {
	installer().install([]);
	for (const name of ["snare.ogg", "drums/kick.WAV", "drums/readme.txt"]) writeFileSync(join(root, FOLDER, name), "");
	const paths = ["drums/kick.WAV", "snare.ogg"].map((name) => join(root, FOLDER, name));
	expect(soundFiles(["lmms-common"], root)).toEqual(paths);
});
