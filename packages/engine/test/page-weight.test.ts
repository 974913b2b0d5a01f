import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { type OutputChunk, rolldown } from "rolldown";
import { expect, test } from "vitest";

const dist = fileURLToPath(new URL("../dist", import.meta.url));
const ENTRY = "page";

/** The chunks that a page with only the engine imports at once, as bundlers make them. */
async function pageChunks(): Promise<readonly OutputChunk[]> {
	const bundle = await rolldown({
		input: ENTRY,
		platform: "browser",
		tsconfig: false,
		plugins: [
			{
				name: "page",
				resolveId: (id) => (id === ENTRY ? id : null),
				load: (id) =>
					id === ENTRY ? `export { AudioEngine } from ${JSON.stringify(`${dist}/index.browser.js`)};` : null,
			},
		],
	});
	const { output } = await bundle.generate({ format: "esm", minify: true });
	await bundle.close();
	const chunks = output.filter((file) => file.type === "chunk");
	const first = new Set<OutputChunk>();
	const follow = (chunk: OutputChunk): void => {
		if (first.has(chunk)) return;
		first.add(chunk);
		for (const file of chunk.imports) follow(chunks.find(({ fileName }) => fileName === file)!);
	};
	follow(chunks.find(({ isEntry }) => isEntry)!);
	return [...first];
}

const bytes = (code: string | Uint8Array): number => gzipSync(code, { level: 9 }).length;

test("a page that plays WAV fetches nothing of what records, analyses, exports or renders without a device", async () => {
	const chunks = await pageChunks();
	const modules = chunks.flatMap(({ moduleIds }) => moduleIds);
	expect(modules.some((path) => path.endsWith("/audio-engine.js"))).toBe(true);
	const later =
		/\/(?:recorder|take-lines|analyses|slicer|export-wav|read-frames|offline-device|memory-takes|audio-stream-handle)\.js$/;
	expect(modules.filter((path) => later.test(path))).toEqual([]);
	expect(chunks.reduce((sum, { code }) => sum + bytes(code), 0)).toBeLessThan(40_000);
});

test.each([
	["loader-thread.js", 29_000],
	["lossless-formats.js", 19_000],
	["compressed-formats.js", 32_000],
])("%s is smaller than %i bytes", (file, most) => {
	expect(bytes(readFileSync(`${dist}/${file}`))).toBeLessThan(most);
});
