import type { AudioEngine, LoaderEvent } from "../../../packages/engine/dist/index.browser.js";

const LOOK_AGAIN_MS = 5;

/** The next poll of an app. */
export function turn(): Promise<void> {
	return new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
}

/** Polls until a condition holds. */
export async function turnsUntil(holds: () => boolean): Promise<void> {
	while (!holds()) await turn();
}

/** Polls until a number of requests have ended. @returns every event. */
export async function pollToEnd(engine: AudioEngine, requests = 1): Promise<LoaderEvent[]> {
	const events: LoaderEvent[] = [];
	let ended = 0;
	while (ended < requests) {
		const event = engine.pollLoaderEvents();
		if (event === null) {
			await turn();
			continue;
		}
		events.push(event);
		if (event.type === "success" || event.type === "error") ended += 1;
	}
	return events;
}
