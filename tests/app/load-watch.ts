import type { JSHandle, Locator } from "@playwright/test";

/** What a loading pad showed at one moment. */
export interface LoadFace {
	readonly stage: string;
	/** The integer before the percent sign. */
	readonly percent: number;
	/** Width of the bar divided by that of its track, 0..1. */
	readonly barShare: number;
}

/** Collects everything a pad shows from now on; a load may end before a test could look. */
export async function watchLoad(pad: Locator): Promise<JSHandle<LoadFace[]>> {
	return await pad.evaluateHandle((element) => {
		const faces: LoadFace[] = [];
		const root = element.shadowRoot ?? element;
		const look = () => {
			const track = root.querySelector(".track");
			const bar = root.querySelector(".bar");
			if (track === null || bar === null) return;
			faces.push({
				stage: root.querySelector(".stage")?.textContent ?? "",
				percent: Number.parseInt(root.querySelector(".percent")?.textContent ?? "", 10),
				barShare: bar.getBoundingClientRect().width / track.getBoundingClientRect().width,
			});
		};
		new MutationObserver(look).observe(root, { attributes: true, characterData: true, childList: true, subtree: true });
		return faces;
	});
}
