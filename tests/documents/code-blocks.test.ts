import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { kick, moduleOf, readCodeBlocks } from "./code-blocks.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const COMMAND = join(ROOT, "packages/cli/dist/main.js");
const LONGEST_RUN_MS = 60_000;
const execute = promisify(execFile);
const blocks = readCodeBlocks();
const scripts = blocks.filter(({ language }) => language === "ts");
let folder = "";

/** Names in file names. */
const fileOf = (place: string): string => place.replace(/\W/g, "-");

beforeAll(() => {
	// Inside the repository, so that the package is found.
	mkdirSync(join(ROOT, "tests/.build"), { recursive: true });
	folder = mkdtempSync(join(ROOT, "tests/.build/documents-"));
	mkdirSync(join(folder, "samples"));
	for (const path of ["kick.flac", "samples/kick.flac"]) writeFileSync(join(folder, path), kick());
	writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
	for (const block of scripts) writeFileSync(join(folder, `${fileOf(block.place)}.mjs`), moduleOf(block));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Type-checks blocks as their readers do. */
async function typeErrors(realm: "page" | "node"): Promise<string> {
	const own = scripts.filter(({ needs }) => ["page", "live"].includes(needs) === (realm === "page"));
	const files = own.map((block) => {
		const file = `${fileOf(block.place)}.ts`;
		const typed = moduleOf(block).replace("(...sides)", "(...sides: Float32Array[])");
		writeFileSync(join(folder, file), `${typed}\nexport {};\n`);
		return file;
	});
	const settings = realm === "page" ? { module: "esnext", moduleResolution: "bundler" } : { module: "nodenext" };
	const compilerOptions = {
		...settings,
		target: "es2024",
		strict: true,
		skipLibCheck: true,
		noEmit: true,
		lib: realm === "page" ? ["es2024", "dom"] : ["es2024"],
		types: realm === "page" ? [] : ["node"],
	};
	const config = join(folder, `tsconfig.${realm}.json`);
	writeFileSync(config, JSON.stringify({ compilerOptions, files }));
	try {
		await execute("npx", ["tsc", "-p", config], { cwd: ROOT });
		return "";
	} catch (error) {
		return (error as { stdout: string }).stdout;
	}
}

test("every kind of block is known, and few need what others do not", () => {
	const kinds = new Set(blocks.map(({ language, needs }) => `${language} ${needs}`.trim()));
	expect([...kinds].toSorted()).toEqual(["", "js", "json", "sh", "text", "ts", "ts live", "ts loudspeaker", "ts page"]);
	expect(scripts.filter(({ needs }) => needs === "loudspeaker")).toHaveLength(1);
});

test("what bundlers are configured with is what the fixtures are built with", () => {
	const configurations = readdirSync(join(ROOT, "fixtures"), { recursive: true, encoding: "utf8" })
		.filter((name) => /\.config\.m?js$/.test(name))
		.map((name) => readFileSync(join(ROOT, "fixtures", name), "utf8"));
	const quoted = blocks.filter(({ language }) => language === "js").map(({ code }) => code);
	expect(quoted.filter((code) => !configurations.includes(code))).toEqual([]);
	expect(quoted).toHaveLength(3);
});

test("the blocks for pages are typed", async () => expect(await typeErrors("page")).toBe(""));
test("the other blocks are typed", async () => expect(await typeErrors("node")).toBe(""));

test.each(scripts.filter(({ needs }) => needs === ""))("$place runs in Node, and ends by itself", async ({ place }) => {
	const running = execute(process.execPath, [`${fileOf(place)}.mjs`], { cwd: folder, timeout: LONGEST_RUN_MS });
	expect((await running).stderr).toBe("");
});

test.each(blocks.filter(({ language }) => language === "json"))("$place is JSON", ({ code }) => {
	expect(JSON.parse(code)).toBeTypeOf("object");
});

/** The lines of shell blocks that name the command, without comments. */
const commandLines = blocks
	.filter(({ language }) => language === "sh")
	.flatMap(({ place, code }) => code.split("\n").map((line) => ({ place, line: line.replace(/\s+#.*$/, "").trim() })))
	.filter(({ line }) => line.startsWith("npx flitzis-looper"));

test.each(commandLines)("the options of $line in $place are the command's", async ({ line }) => {
	const [, , name = "", ...args] = line.split(/\s+/);
	const { stdout } = await execute(process.execPath, [COMMAND, name, "--help"]);
	for (const option of args.filter((arg) => arg.startsWith("-"))) expect(stdout).toMatch(new RegExp(`${option}\\b`));
});
