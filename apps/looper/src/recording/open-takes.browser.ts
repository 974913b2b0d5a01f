import type { Question } from "../app/question.ts";
import type { Instrument } from "../instrument/instrument.ts";
import { LevelMeter } from "./level-meter.browser.ts";
import { NextTake } from "./next-take.browser.ts";
import { TakeList } from "./take-list.browser.ts";

/** Opens the list of takes, or closes it when it is open. @param root - where its element is put at the first call */
export async function openTakes(
	root: HTMLElement | DocumentFragment,
	instrument: Instrument,
	ask: (question: Question) => Promise<boolean>,
): Promise<void> {
	if (customElements.get("level-meter") === undefined) customElements.define("level-meter", LevelMeter);
	if (customElements.get("next-take") === undefined) customElements.define("next-take", NextTake);
	if (customElements.get("take-list") === undefined) customElements.define("take-list", TakeList);
	let list = root.querySelector("take-list");
	if (list === null) {
		list = document.createElement("take-list");
		Object.assign(list, { instrument, ask });
		root.append(list);
	}
	await list.toggle();
}
