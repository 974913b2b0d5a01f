import { html, nothing, type TemplateResult } from "lit";
import type { PadSlices } from "../analysis/pad-slices.ts";
import type { Choice } from "../choice/choice.ts";
import { type PadSlicing, usualSensitivity } from "../instrument/pad-state.ts";
import type { ValueControl } from "../knob/value-control.browser.ts";
import type { PadEditor } from "./pad-editor.ts";
import { sensitivityScale } from "./pad-scales.ts";
import { chosen } from "./panel-choices.ts";
import { choiceField } from "./panel-controls.browser.ts";
import { section } from "./panel-sections.browser.ts";

const tailChoices: readonly (Choice & { readonly value: PadSlicing["tail"] })[] = [
	{ value: "loop", text: "Go round" },
	{ value: "cut", text: "Fade out" },
];

/** How the sample of a pad that follows the tempo by slices is cut. */
export function slicesSection(editor: PadEditor, slices: PadSlices): TemplateResult | typeof nothing {
	const { sync, slicing } = editor.settings;
	if (sync !== "slices") return nothing;
	return section(
		"Slices",
		html`
			<div class="fields one">
				<number-field
					label="Sensitivity"
					.scale=${sensitivityScale}
					.value=${slicing?.sensitivity ?? usualSensitivity}
					@input=${({ currentTarget }: { readonly currentTarget: ValueControl }) =>
						void slices.find(editor.pad, currentTarget.value, currentTarget.gesture)}
				></number-field>
				${choiceField({
					label: "Tails",
					choices: tailChoices,
					value: slicing?.tail ?? "loop",
					set: (value) => {
						if (slicing !== null) editor.setAlone({ slicing: { ...slicing, tail: chosen(tailChoices, value) } });
					},
				})}
			</div>
			<button
				class="switch plain"
				title="Each slice on a pad of its own, behind this one"
				aria-disabled=${slicing === null || slicing.onsetsSec.length === 0}
				@click=${() => slices.chop(editor.pad)}
			>
				Chop by slices
			</button>
			<p class="found" role="status">${countText(slicing, slices.isSearching(editor.pad))}</p>
		`,
	);
}

function countText(slicing: PadSlicing | null, isSearching: boolean): string {
	if (isSearching) return "Looking for onsets…";
	if (slicing === null) return "";
	const { length } = slicing.onsetsSec;
	if (length === 0) return "No onsets: it plays as with Repitch";
	return length === 1 ? "1 slice" : `${length} slices`;
}
