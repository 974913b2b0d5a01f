import type { Instrument } from "../instrument/instrument.ts";
import { InputChoice } from "./input-choice.browser.ts";
import { InputSound } from "./input-sound.browser.ts";
import { LevelMeter } from "./level-meter.browser.ts";
import { PadRecorder } from "./pad-recorder.browser.ts";

/** Opens the panel that records onto a pad. @param root - where its element is put at the first call */
export async function openPadRecorder(
	root: HTMLElement | DocumentFragment,
	pad: number,
	instrument: Instrument,
): Promise<void> {
	const output = instrument.recording?.output;
	if (!(output instanceof AudioNode && output.context instanceof AudioContext)) return;
	if (customElements.get("level-meter") === undefined) customElements.define("level-meter", LevelMeter);
	if (customElements.get("input-choice") === undefined) customElements.define("input-choice", InputChoice);
	if (customElements.get("pad-recorder") === undefined) customElements.define("pad-recorder", PadRecorder);
	let recorder = root.querySelector("pad-recorder");
	if (recorder === null) {
		recorder = document.createElement("pad-recorder");
		Object.assign(recorder, { instrument, input: new InputSound(output.context) });
		root.append(recorder);
	}
	await recorder.open(pad);
}
