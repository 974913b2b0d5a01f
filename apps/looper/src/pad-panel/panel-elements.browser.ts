import { ParameterKnob } from "../knob/parameter-knob.browser.ts";
import { LoopHandles } from "./loop-handles.browser.ts";
import { PadPanel } from "./pad-panel.browser.ts";
import { RollButtons } from "./roll-buttons.browser.ts";
import { SliceMarks } from "./slice-marks.browser.ts";
import { WaveDisplay } from "./wave-display.browser.ts";

const elements = {
	"loop-handles": LoopHandles,
	"pad-panel": PadPanel,
	"parameter-knob": ParameterKnob,
	"roll-buttons": RollButtons,
	"slice-marks": SliceMarks,
	"wave-display": WaveDisplay,
} as const;

/** Registers the custom elements of the panel. */
export function definePanelElements(): void {
	for (const [name, element] of Object.entries(elements)) customElements.define(name, element);
}

declare global {
	interface HTMLElementTagNameMap {
		"loop-handles": LoopHandles;
		"pad-panel": PadPanel;
		"parameter-knob": ParameterKnob;
		"roll-buttons": RollButtons;
		"slice-marks": SliceMarks;
		"wave-display": WaveDisplay;
	}
}
