import { fileURLToPath } from "node:url";
import { seededRandom } from "../../packages/engine/test/fixtures.ts";
import { allSounds, fewSounds, soundFiles } from "../../scripts/ensure-sounds.mjs";
import { serveIsolated } from "../engine/isolated-server.ts";
import { test as browserTest } from "../loudspeaker/browser-test.ts";

/** Worker fixtures besides the loudspeaker. */
export interface StressFixtures {
	/** The recordings to serve. */
	readonly sounds: "all" | "few";
	/** The recordings in a seeded random order, so that formats and sizes alternate. */
	readonly recordings: readonly string[];
	/** Address of the page, the built engine (`/engine/`) and the recordings (`/sounds/`). */
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

/** Playwright's `test` on a page that loads real recordings and plays through a loudspeaker. */
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
			const server = await serveIsolated(fileURLToPath(new URL("./page", import.meta.url)), recordings);
			await use(server.address);
			server.close();
		},
		{ scope: "worker" },
	],
	baseURL: async ({ stressAddress }, use) => {
		await use(stressAddress);
	},
});

export { expect } from "@playwright/test";
