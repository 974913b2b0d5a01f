import type { DropPlace } from "../drop/put-files.ts";
import { messageOf } from "../instrument/notices.ts";
import { padCount } from "../instrument/pads.ts";
import { parseDemoSet } from "./demo-set.ts";

/** Location of the demo set, relative to the page. */
const setLocation = "demo/set.json";

/** Starts loading the demo set onto the pads, and tells the performer when its list cannot be read. */
export async function loadDemoSet({ pads, history, notices }: DropPlace): Promise<void> {
	const setUrl = new URL(setLocation, document.baseURI);
	try {
		const response = await fetch(setUrl);
		if (!response.ok) throw new Error(`${response.status} ${response.statusText}`.trim());
		const demo = parseDemoSet(await response.json(), padCount);
		history.group("Demo set", () => {
			for (const [pad, { file, ...sound }] of demo.entries()) {
				pads.load(pad, { ...sound, source: new URL(file, setUrl), isDemo: true });
			}
		});
	} catch (error) {
		notices.tell("error", `The demo set did not load: ${messageOf(error)}`);
	}
}
