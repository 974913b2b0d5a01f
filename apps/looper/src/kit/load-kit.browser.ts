import { type Instrument, padCount } from "../instrument/instrument.ts";
import { parseKit } from "./kit.ts";

/** Where the demo kit lies. */
const kitLocation = "kit/kit.json";

/** Starts the load of every sound of the demo kit onto its pad, and says so where the kit can't be read. */
export async function loadDemoKit(instrument: Instrument): Promise<void> {
	const kitUrl = new URL(kitLocation, document.baseURI);
	try {
		const response = await fetch(kitUrl);
		if (!response.ok) throw new Error(`${response.status} ${response.statusText}`.trim());
		const kit = parseKit(await response.json());
		for (const [pad, { file, title, loop, color }] of kit.pads.slice(0, padCount).entries()) {
			instrument.load(pad, { source: new URL(file, kitUrl), title, isDemo: true, isLooping: loop, color });
		}
	} catch (error) {
		instrument.notify("error", `The demo kit did not load: ${error instanceof Error ? error.message : String(error)}`);
	}
}
