import { html, type TemplateResult } from "lit";
import type { GridEdit, GridEdits } from "../analysis/grid-edits.ts";
import type { ValueControl } from "../knob/value-control.browser.ts";
import type { PadEditor } from "./pad-editor.ts";
import { ownTempoScale } from "./pad-scales.ts";

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
];

/** Where the pad's beats are, and what corrects them. @param tempo - the pad's own, null while it is not known */
export function gridControls(editor: PadEditor, grid: GridEdits, tempo: number | null): TemplateResult {
	return html`
		<div class="fields">
			<number-field
				label="Own tempo"
				.scale=${ownTempoScale}
				.value=${tempo ?? 0}
				@input=${({ currentTarget }: { readonly currentTarget: ValueControl }) => {
					if (currentTarget.value > 0) grid.setTempo(editor.edited, currentTarget.value, currentTarget.gesture);
				}}
			></number-field>
			${gridButton(editor, grid, {
				edit: "match",
				label: "Match the set",
				name: "Match the set's tempo",
				title: "Loop in time, as far as the beats are known",
			})}
		</div>
		<div class="four">${buttons.map((button) => gridButton(editor, grid, button))}</div>
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
