import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { noise, writeWave } from "../../packages/engine/test/fixtures.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** A code block of a document. */
export interface CodeBlock {
	/** File and line. */
	readonly place: string;
	readonly language: string;
	/** What else its info-string says: `page` runs in a browser alone, `live` on the documentation's site, `loudspeaker` sounds through Node's. */
	readonly needs: string;
	readonly code: string;
}

/** @returns every code block of the README and the documents. */
export function readCodeBlocks(): readonly CodeBlock[] {
	const documents = readdirSync(`${ROOT}docs`, { recursive: true, encoding: "utf8" })
		.filter((name) => name.endsWith(".md"))
		.map((name) => `docs/${name}`)
		.toSorted();
	return ["README.md", "CONTRIBUTING.md", ...documents].flatMap(blocksOf);
}

function blocksOf(path: string): CodeBlock[] {
	const text = readFileSync(`${ROOT}${path}`, "utf8");
	return [...text.matchAll(/^```(\w*)(.*)\n([\s\S]*?)^```$/gm)].map((match) => ({
		place: `${path}:${text.slice(0, match.index).split("\n").length}`,
		language: match[1] ?? "",
		needs: (match[2] ?? "").trim(),
		code: match[3] ?? "",
	}));
}

/** The file that the blocks load; its name says nothing of its format. */
export function kick(): Uint8Array<ArrayBuffer> {
	return writeWave(noise(120_000, 2, { seed: 1 }), { coding: "f32", sampleRate: 48_000, channels: 2 });
}

/** What a block that makes no engine of its own finds: one that runs, with sounds on its first pads. */
const SCENE = `
const { AudioEngine, encodeWav, formatPerformance, parsePerformance, renderPerformance } = looper;
const engine = new AudioEngine({ output: "offline", sampleRate: 48_000 });
await engine.run();
for (let id = 0; id < 4; id++) await engine.loadSample(id, "kick.flac");
const [left, right] = engine.renderOffline(480);
const pad = engine.pad(3);
const { transport } = engine;
const worker = new MessageChannel().port1;
const { descriptor } = engine.createStreamHandle();
engine.performance.start();
engine.playSample(0, 1);
engine.renderOffline(128);
const text = formatPerformance(await engine.performance.stop());
const write = (...sides) => sides.length;
const clock = setInterval(() => engine.renderOffline(4_800), 10);
`;

/** @returns the block as a module; one that makes its own engine as it stands. */
export function moduleOf({ code }: CodeBlock): string {
	if (/^import \{[^}]*\bAudioEngine\b/m.test(code)) return code;
	const imports = code.match(/^import .*\n/gm) ?? [];
	const body = imports.reduce((rest, line) => rest.replace(line, ""), code);
	const scene = `import * as looper from "flitzis-looper";\n{\n${SCENE}{\n${body}}\nclearInterval(clock);\nawait engine.shutDown();\n}\n`;
	return imports.join("") + scene;
}
