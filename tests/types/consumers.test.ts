import { execFile } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { installPacked } from "./packed-package.ts";
import { type Project, projects } from "./projects.ts";

const execute = promisify(execFile);
const HERE = fileURLToPath(new URL(".", import.meta.url));
const compilers = {
	"5.4": join(HERE, "typescript-5.4/node_modules/typescript/bin/tsc"),
	"5.9": join(HERE, "typescript-5.9/node_modules/typescript/bin/tsc"),
	"7": join(HERE, "../../node_modules/typescript/bin/tsc"),
};

/** What is declared without a name for callers: parts of what they can name. */
const PARTS: readonly string[] = [
	"AsyncDisposal",
	"AudioEngineClass",
	"DecoderName",
	"decoderNames",
	"ENGINE_ERROR_CODES",
	"HostedEngine",
	"InstanceOf",
	"LoaderEventOrigin",
	"MasterActions",
	"OwnedBytes",
	"OwnedFloats",
	"PadActions",
	"ParameterValue",
	"PERFORMANCE_FORMAT",
	"PERFORMANCE_VERSION",
	"PerformanceTransport",
	"PerformanceVoice",
	"PlatformAbortSignal",
	"PlatformAudioContext",
	"PlatformAudioNode",
	"PlatformBlob",
	"PlatformUrl",
	"TakeFileOptions",
	"TransportActions",
];
let folder = "";
let packed: readonly string[] = [];

beforeAll(() => {
	folder = mkdtempSync(join(tmpdir(), "looper-types-"));
	packed = installPacked(folder);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** @returns what the compiler says of projects, "" when they are right. */
async function compile(
	compiler: keyof typeof compilers,
	named: readonly (readonly [string, Project])[],
): Promise<string> {
	const folders = named.map(([name, { files, settings }]) => {
		const own = join(folder, compiler, name);
		mkdirSync(own, { recursive: true });
		for (const file of files) copyFileSync(join(HERE, "consumers", file), join(own, file));
		// The compiler's own declarations are not what is tested, and take most of the time.
		const checks = { strict: true, exactOptionalPropertyTypes: true, skipLibCheck: false, skipDefaultLibCheck: true };
		const compilerOptions = { target: "es2022", noEmit: true, ...checks, ...settings };
		writeFileSync(join(own, "tsconfig.json"), JSON.stringify({ compilerOptions, files }));
		return own;
	});
	try {
		await execute(process.execPath, [compilers[compiler], "-b", ...folders], { cwd: folder });
		return "";
	} catch (error) {
		return (error as { readonly stdout: string }).stdout;
	}
}

test.concurrent.each(["5.4", "5.9", "7"] as const)(
	"TypeScript %s compiles programs of every kind",
	async (compiler) => {
		const own = Object.entries(projects).filter(([, project]) => project.compilers?.includes(compiler) ?? true);
		expect(await compile(compiler, own)).toBe("");
	},
);

test("a CommonJS file for Node 20 is told to import the package", async () => {
	const settings = { module: "node16", lib: ["es2022"], types: [] };
	const told = await compile("5.9", [["require", { files: ["require.cts"], settings }]]);
	expect(told).toContain("TS1479");
});

test("the package ships one file of declarations per entry", () => {
	const declarations = packed.filter((path) => path.endsWith(".d.ts"));
	expect(declarations.toSorted()).toEqual(
		["index.browser", "index.node", "stream"].map((entry) => `dist/types/${entry}.d.ts`),
	);
});

test("declarations hold what callers can name, and its parts", () => {
	const texts = ["index.browser", "index.node", "stream"].map((entry) =>
		readFileSync(join(folder, `node_modules/flitzis-looper/dist/types/${entry}.d.ts`), "utf8"),
	);
	const named = new Set(texts.flatMap((text) => declared(text, "export declare")));
	expect(named).toContain("AudioEngine");
	const others = new Set(texts.flatMap((text) => declared(text, "declare")).filter((name) => !named.has(name)));
	expect([...others].toSorted()).toEqual(PARTS.toSorted());
	for (const text of texts) expect(text).not.toMatch(/^import |<reference|\bimport\(/m);
});

/** @returns names that are declared in a certain way. */
function declared(text: string, how: string): string[] {
	const declarations = text.matchAll(new RegExp(`^${how} (?:class|const|function|interface|type) (\\w+)`, "gm"));
	return Array.from(declarations, ([, name = ""]) => name);
}
