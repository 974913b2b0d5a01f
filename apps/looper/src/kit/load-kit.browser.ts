import type { DropPlace } from "../drop/put-files.ts";
import { messageOf } from "../instrument/notices.ts";
import { padCount } from "../instrument/pads.ts";
import { parseKit } from "./kit.ts";

/** Location of the demo kit, relative to the page. */
const kitLocation = "kit/kit.json";

/** Starts loading the demo kit onto the pads, and tells the performer when its list cannot be read. */
export async function loadDemoKit({ pads, history, notices }: DropPlace): Promise<void> {
	const kitUrl = new URL(kitLocation, document.baseURI);
	try {
		const response = await fetch(kitUrl);
		if (!response.ok) throw new Error(`${response.status} ${response.statusText}`.trim());
		const kit = parseKit(await response.json());
		history.group("Demo kit", () => {
			for (const [pad, { file, title, loop, color }] of kit.pads.slice(0, padCount).entries()) {
				pads.load(pad, { source: new URL(file, kitUrl), title, isDemo: true, isLooping: loop, color });
			}
		});
	} catch (error) {
		notices.tell("error", `The demo kit did not load: ${messageOf(error)}`);
	}
}
