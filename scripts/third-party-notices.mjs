// Writes THIRD-PARTY-NOTICES.md, the third-party works in our published files. With --check it only compares.
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { compiledWorks } from "./third-party/compiled-in.mjs";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const NOTICES = join(ROOT, "THIRD-PARTY-NOTICES.md");
const TEXTS = fileURLToPath(new URL("third-party/", import.meta.url));

/**
 * The parts of a package.json that matter here.
 *
 * @typedef {object} Manifest
 * @property {string} name
 * @property {string} version
 * @property {string} [license]
 * @property {string | { name: string }} [author]
 * @property {string} [homepage]
 * @property {string | { url: string }} [repository]
 * @property {Record<string, string>} [dependencies]
 * @property {Record<string, string>} [peerDependencies]
 */

/**
 * One third-party work as listed.
 *
 * @typedef {{ name: string, version: string, licence: string, source: string, texts: string[] }} Component
 */

/** @param {string} folder @returns {Manifest} */
function readManifest(folder) {
	return JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
}

/** The folder of an installed dependency. @param {string} name @param {string} from */
function installedFolder(name, from) {
	for (let folder = from; ; folder = dirname(folder)) {
		const candidate = join(folder, "node_modules", name);
		if (existsSync(join(candidate, "package.json"))) return candidate;
		if (folder === dirname(folder)) throw new Error(`${name}, which ${from} needs, is not installed. Run npm ci.`);
	}
}

/** Where the engine imports the decoders that lie in files of their own. */
const LIBRARIES = "decode/libraries/";

/** Imports of code, not of types, that name a package. */
const IMPORTS = /^(?:import|export) (?!type )(?:[\w\s*{},]+ from )?"([^".][^"]*)"|\bimport\("([^".][^"]*)"\)/gm;

/**
 * Packages that a folder's code imports, except optional peers and Node's own modules.
 *
 * @param {string} folder
 * @param {(file: string) => boolean} isMeant
 */
function importedPackages(folder, isMeant = () => true) {
	const sources = readdirSync(join(folder, "src"), { recursive: true, encoding: "utf8" })
		.filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"))
		.map((file) => file.replaceAll("\\", "/"))
		.filter(isMeant)
		.map((file) => readFileSync(join(folder, "src", file), "utf8"));
	const specifiers = [...sources.join("\n").matchAll(IMPORTS)]
		.map(([, named, dynamic]) => named ?? dynamic ?? "")
		.filter((specifier) => !specifier.startsWith("node:"));
	const names = specifiers.map((specifier) => /^(?:@[^/]+\/)?[^/]+/.exec(specifier)?.[0] ?? specifier);
	const { peerDependencies = {} } = readManifest(folder);
	return [...new Set(names)].filter((name) => !Object.hasOwn(peerDependencies, name));
}

/** Types, and what Lit imports in Node only. */
const LEAVES_NO_TRACE = /^@types\/|^@lit-labs\/ssr-dom-shim$/;

/** The packages and their transitive dependencies, by folder. @param {string[]} names @param {string} from */
function withDependencies(names, from) {
	/** @type {Map<string, Manifest>} */
	const found = new Map();
	const waiting = names.map((name) => ({ name, from }));
	for (let wanted = waiting.pop(); wanted !== undefined; wanted = waiting.pop()) {
		if (LEAVES_NO_TRACE.test(wanted.name)) continue;
		const folder = installedFolder(wanted.name, wanted.from);
		if (found.has(folder)) continue;
		const manifest = readManifest(folder);
		found.set(folder, manifest);
		waiting.push(...Object.keys(manifest.dependencies ?? {}).map((name) => ({ name, from: folder })));
	}
	return found;
}

/** @param {string} file @param {string} [copyright] */
function ownText(file, copyright = "") {
	return readFileSync(join(TEXTS, file), "utf8").replace("{copyright}", copyright);
}

/** Licence texts of a package: those it ships, or the standard text of its licence. @param {string} folder @param {Manifest} manifest */
function packageTexts(folder, { name, license, author }) {
	const shipped = readdirSync(folder).filter((file) => /^(licen[cs]e|copying|notice)/i.test(file));
	const texts = shipped.toSorted().map((file) => readFileSync(join(folder, file), "utf8"));
	// Version 3 of the LGPL supplements the GPL and must be distributed together with it.
	if (license?.startsWith("LGPL-3.0")) texts.push(ownText("GPL-3.0.txt"));
	if (texts.length > 0) return texts;
	const holder = typeof author === "string" ? author : author?.name;
	if (license !== "MIT" || holder === undefined) throw new Error(`${name} ships no licence text. Add one in ${TEXTS}.`);
	return [ownText("MIT.txt", `Copyright (c) ${holder.replace(/ *[<(].*/, "")}`)];
}

/** @param {Manifest} manifest */
function sourceAddress({ homepage, repository }) {
	const address = typeof repository === "string" ? repository : (repository?.url ?? homepage ?? "");
	const path = /^[\w-]+\/[\w.-]+$/.test(address) ? `https://github.com/${address}` : address;
	return path.replace(/^git\+/, "").replace(/\.git$/, "");
}

/** @param {string} folder @param {Manifest} manifest @returns {Component[]} */
function componentsOf(folder, manifest) {
	const { name, version, license = "" } = manifest;
	const texts = packageTexts(folder, manifest);
	const compiled = compiledWorks
		.filter(({ within }) => within.includes(name))
		.map((work) => ({
			name: work.name,
			version: `in ${name} ${version}`,
			licence: work.licence,
			source: work.source,
			texts: work.text === undefined ? texts : [ownText(work.text, work.copyright)],
		}));
	return [{ name, version, licence: license, source: sourceAddress(manifest), texts }, ...compiled];
}

/** The groups of published files and their contents. */
function publishedFiles() {
	const engine = join(ROOT, "packages/engine");
	const app = join(ROOT, "apps/looper");
	const cli = join(ROOT, "packages/cli");
	const groups = [
		...["mp3", "vorbis", "opus"].map((name) => ({
			title: `In \`decoder-${name}.js\``,
			roots: importedPackages(engine, (file) => file === `${LIBRARIES}${name}.ts`),
			from: engine,
			// Its core needs none of what the package depends on.
			alone: name === "opus",
		})),
		{
			title: "In the loader thread",
			roots: importedPackages(engine, (file) => !file.startsWith(LIBRARIES)),
			from: engine,
			alone: false,
		},
		{ title: "In the kernel and the loader threads' inner loops", roots: ["assemblyscript"], from: ROOT, alone: true },
		{ title: "In the app", roots: Object.keys(readManifest(app).dependencies ?? {}), from: app, alone: false },
		{
			title: "Installed beside the command line",
			roots: Object.keys(readManifest(cli).dependencies ?? {}),
			from: cli,
			alone: false,
		},
	];
	return groups.map(({ title, roots, from, alone }) => {
		const foreign = roots.filter((name) => name !== "flitzis-looper");
		const all = [...withDependencies(foreign, from)];
		// Of a compiler only the runtime library becomes part of its output.
		const packages = alone ? all.filter(([, { name }]) => foreign.includes(name)) : all;
		const components = packages.flatMap(([folder, manifest]) => componentsOf(folder, manifest));
		return { title, components: components.toSorted((first, second) => (first.name < second.name ? -1 : 1)) };
	});
}

/** The whole of THIRD-PARTY-NOTICES.md. */
export function notices() {
	/** @type {Map<string, number>} */
	const numbers = new Map();
	const numberOf = (/** @type {string} */ text) => {
		const trimmed = text.replaceAll("\r\n", "\n").replace(/^\n+|\s+$/g, "");
		numbers.set(trimmed, numbers.get(trimmed) ?? numbers.size + 1);
		return `[${numbers.get(trimmed)}](#text-${numbers.get(trimmed)})`;
	};
	const published = publishedFiles().filter(({ components }) => components.length > 0);
	const groups = published.map(({ title, components }) => {
		const rows = components.map(
			({ name, version, licence, source, texts }) =>
				`| ${name} | ${version} | ${licence} | ${source} | ${texts.map(numberOf).join(", ")} |`,
		);
		return [`## ${title}\n`, "| work | version | licence | source | text |", "|---|---|---|---|---|", ...rows, ""].join(
			"\n",
		);
	});
	const texts = [...numbers].map(([text, number]) => `### Text ${number}\n\n\`\`\`text\n${text}\n\`\`\`\n`);
	return [
		"# Third-party notices\n",
		"Flitzis Looper contains these works by others. `node scripts/third-party-notices.mjs` writes this file.\n",
		"Works under the LGPL are in two files of the engine alone, `decoder-mp3.js` and `decoder-vorbis.js`, which can be",
		"replaced by others: see `assets.decoders` in the engine's options.\n",
		...groups,
		"## Licence texts\n",
		...texts,
	].join("\n");
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
	const current = notices();
	if (!process.argv.includes("--check")) {
		writeFileSync(NOTICES, current);
	} else if (!existsSync(NOTICES) || readFileSync(NOTICES, "utf8") !== current) {
		process.stderr.write("THIRD-PARTY-NOTICES.md is not up to date. Run node scripts/third-party-notices.mjs.\n");
		process.exitCode = 1;
	}
}
