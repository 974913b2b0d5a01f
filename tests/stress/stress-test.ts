/* oxlint-disable no-empty-pattern -- Playwright reads a fixture's needs from its pattern */
import { once } from "node:events";
import { createReadStream } from "node:fs";
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";
import sirv from "sirv";
import { seededRandom } from "../../packages/engine/test/fixtures.ts";
import { allSounds, fewSounds, soundFiles } from "../../scripts/ensure-sounds.mjs";
import { test as browserTest } from "../loudspeaker/browser-test.ts";

const folder = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** What a worker of `test` offers beside the loudspeaker. */
export interface StressFixtures {
	/** Which recordings are served. */
	readonly sounds: "all" | "few";
	/** The recordings' files, in a seeded order, so that formats and sizes alternate. */
	readonly recordings: readonly string[];
	/** Where the page, below `/engine/` the built engine and below `/sounds/` the recordings are served. */
	readonly stressAddress: string;
}

const SEED = 4;

function shuffled(files: string[]): string[] {
	const random = seededRandom(SEED);
	for (let last = files.length - 1; last > 0; last--) {
		const other = Math.floor(random() * (last + 1));
		[files[last], files[other]] = [files[other]!, files[last]!];
	}
	return files;
}

/** Playwright's `test` on a page that loads real recordings and is heard through a loudspeaker. */
export const test = browserTest.extend<object, StressFixtures>({
	sounds: ["few", { option: true, scope: "worker" }],
	recordings: [
		async ({ sounds }, use) => {
			await use(shuffled(soundFiles(sounds === "all" ? allSounds : fewSounds)));
		},
		{ scope: "worker" },
	],
	stressAddress: [
		async ({ recordings }, use) => {
			const serveEngine = sirv(folder("../../packages/engine/dist"), { dev: true });
			const servePage = sirv(folder("./page"), { dev: true });
			const server = createServer((request, response) => {
				response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
				response.setHeader("Cross-Origin-Embedder-Policy", "require-corp");
				const path = request.url ?? "/";
				const [, sound] = /^\/sounds\/(\d+)$/.exec(path) ?? [];
				const file = recordings[Number(sound)];
				if (file !== undefined) {
					createReadStream(file).pipe(response);
					return;
				}
				const isEngine = path.startsWith("/engine/");
				request.url = isEngine ? path.slice("/engine".length) : path;
				(isEngine ? serveEngine : servePage)(request, response);
			});
			server.listen(0, "localhost");
			await once(server, "listening");
			const address = server.address();
			if (address === null || typeof address === "string") throw new Error("the server has no port");
			await use(`http://localhost:${address.port}/`);
			server.closeAllConnections();
			server.close();
		},
		{ scope: "worker" },
	],
	baseURL: async ({ stressAddress }, use) => {
		await use(stressAddress);
	},
});

export { expect } from "@playwright/test";
