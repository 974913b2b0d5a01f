/* oxlint-disable no-empty-pattern -- Playwright reads a fixture's needs from its pattern */
import { test as base } from "@playwright/test";
import { Loudspeaker } from "./loudspeaker.ts";

/** Worker fixtures. */
export interface LoudspeakerFixtures {
	/** The browser's output. */
	readonly loudspeaker: Loudspeaker;
}

/** Playwright's `test` with a recordable loudspeaker per worker. */
export const test = base.extend<object, LoudspeakerFixtures>({
	loudspeaker: [
		// biome-ignore lint/correctness/noEmptyPattern: this fixture has no needs
		async ({}, use) => {
			const loudspeaker = await Loudspeaker.start();
			await use(loudspeaker);
			await loudspeaker.stop();
		},
		{ scope: "worker" },
	],
});
