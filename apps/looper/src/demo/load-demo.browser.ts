import type { DropPlace } from "../drop/put-files.ts";
import { messageOf } from "../instrument/notices.ts";
import { padCount } from "../instrument/pads.ts";
import { parseDemoSet } from "./demo-set.ts";

/** Location of the demo set, relative to the page. */
const setLocation = "demo/set.json";

type DemoSet = ReturnType<typeof parseDemoSet>;

/** Fetches the list of the demo set. @throws when it cannot be read */
export async function fetchDemoSet(): Promise<DemoSet> {
	const response = await fetch(demoSetUrl());
	if (!response.ok) throw new Error(`${response.status} ${response.statusText}`.trim());
	return parseDemoSet(await response.json(), padCount);
}

function demoSetUrl(): URL {
	return new URL(setLocation, document.baseURI);
}

/**
 * Starts loading the demo set onto the pads, and tells the performer when its list cannot be read.
 *
 * @param list - the list, where it is being fetched already
 */
export async function loadDemoSet(
	{ pads, history, notices }: DropPlace,
	list: Promise<DemoSet> = fetchDemoSet(),
): Promise<void> {
	const setUrl = demoSetUrl();
	try {
		const demo = await list;
		history.group("Demo set", () => {
			for (const [pad, { file, ...sound }] of demo.entries()) {
				pads.load(pad, { ...sound, source: new URL(file, setUrl), isDemo: true });
			}
		});
	} catch (error) {
		notices.tell("error", `The demo set did not load: ${messageOf(error)}`);
	}
}
