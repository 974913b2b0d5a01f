import { html, type TemplateResult } from "lit";
import type { GridEdit, GridEdits } from "../analysis/grid-edits.ts";
import type { ValueControl } from "../knob/value-control.browser.ts";
import type { PadEditor } from "./pad-editor.ts";
import { ownTempoScale } from "./pad-scales.ts";
import { beatsButton } from "./panel-sections.browser.ts";

/** What a button says of the pad's beats. */
interface GridButton {
	readonly edit: GridEdit;
	readonly label: string;
	readonly name: string;
	readonly title: string;
}

const buttons: readonly GridButton[] = [
	{ edit: "tap", label: "Tap", name: "Tap the pad's beats", title: "Tap with the pad, three times or more: its tempo" },
	{ edit: "earlier", label: "− ½", name: "Half a beat earlier", title: "The beats lie half a beat earlier" },
	{ edit: "later", label: "+ ½", name: "Half a beat later", title: "The beats lie half a beat later" },
	{ edit: "one", label: "One", name: "This is the one", title: "Press when a bar of the playing pad begins" },
	{
		edit: "match",
		label: "Match the set",
		name: "Match the set's tempo",
		title: "Loop in time, as far as the beats are known",
	},
];

/** Where the pad's beats are, and what corrects them. @param tempo - the pad's own, null while it is not known */
export function gridControls(editor: PadEditor, grid: GridEdits, tempo: number | null): TemplateResult {
	return html`
		<div class="beats-bar" role="group" aria-label="Beats of the pad">
			<number-field
				label="Own BPM"
				.scale=${ownTempoScale}
				.value=${tempo ?? 0}
				@input=${({ currentTarget }: { readonly currentTarget: ValueControl }) => {
					if (currentTarget.value > 0) grid.setTempo(editor.edited, currentTarget.value, currentTarget.gesture);
				}}
			></number-field>
			${beatsButton(editor, { factor: 2 / 3, label: "× 2/3", target: "2/3", title: "Two thirds as many beats" })}
			${beatsButton(editor, { factor: 3 / 2, label: "× 3/2", target: "3/2", title: "Half as many beats more" })}
			${buttons.map((button) => gridButton(editor, grid, button))}
		</div>
	`;
}

function gridButton(editor: PadEditor, grid: GridEdits, { edit, label, name, title }: GridButton): TemplateResult {
	return html`<button
		class="switch plain ${edit}"
		aria-label=${name}
		title=${title}
		data-target="beats ${edit} selected"
		@click=${({ timeStamp }: Event) => grid.edit(editor.edited, edit, timeStamp)}
	>
		${label}
	</button>`;
}
