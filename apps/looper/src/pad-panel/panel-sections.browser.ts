import { html, nothing, type TemplateResult } from "lit";
import { padQuantumChoices, quantumOf } from "../choice/choice.ts";
import { followsTempo } from "../instrument/pad-state.ts";
import type { ValueControl } from "../knob/value-control.browser.ts";
import type { Band, PadEditor } from "./pad-editor.ts";
import {
	bandScale,
	beatsScale,
	centsScale,
	padGainScale,
	padPanScale,
	semitonesScale,
	speedScale,
} from "./pad-scales.ts";
import { chokeChoices, chosen, launchModeChoices, syncChoices } from "./panel-choices.ts";
import { choiceField, knob, switchButton } from "./panel-controls.browser.ts";
import { tempoHint } from "./tempo-hint.ts";

const bands: readonly (readonly [band: Band, label: string])[] = [
	["lowDecibels", "Low"],
	["midDecibels", "Mid"],
	["highDecibels", "High"],
];

/** The name that each band has for controllers. */
const bandTargets = {
	lowDecibels: "eqLowDecibels",
	midDecibels: "eqMidDecibels",
	highDecibels: "eqHighDecibels",
} as const satisfies Readonly<Record<Band, string>>;

/** How presses start and stop the pad. */
export function launchSection(editor: PadEditor, beatsPerBar: number): TemplateResult {
	const { launchMode, loop, retrigger, legato, launchQuantum, stopQuantum, chokeGroup } = editor.settings;
	const quantum = (label: string, name: "launchQuantum" | "stopQuantum", value: number | "global"): TemplateResult =>
		choiceField({
			label,
			target: `next ${name} selected`,
			choices: padQuantumChoices(beatsPerBar, value),
			value: String(value),
			set: (text) => editor.set({ [name]: quantumOf(text) }),
		});
	return section(
		"Launch",
		html`
			<div class="fields">
				${choiceField({
					label: "Mode",
					target: "next launchMode selected",
					choices: launchModeChoices,
					value: launchMode,
					set: (value) => editor.set({ launchMode: chosen(launchModeChoices, value) }),
				})}
				${choiceField({
					label: "Choke group",
					choices: chokeChoices,
					value: String(chokeGroup),
					set: (value) => editor.set({ chokeGroup: Number(value) }),
				})}
				${quantum("Launch on", "launchQuantum", launchQuantum)} ${quantum("Stop on", "stopQuantum", stopQuantum)}
			</div>
			<div class="switches">
				${switchButton({
					label: "Loop",
					target: "switch loop selected",
					title: "A press starts a loop, the next one stops it",
					isOn: loop,
					set: (isOn) => editor.setLooping(isOn),
				})}
				${switchButton({
					label: "Overlap",
					title: "Each press of a one-shot has its own voice, else it restarts",
					isOn: retrigger === "overlap",
					set: (isOn) => editor.set({ retrigger: isOn ? "overlap" : "restart" }),
				})}
				${switchButton({
					label: "Legato",
					target: "switch legato selected",
					title: "A launch goes on in the phase of the loop that it chokes",
					isOn: legato,
					set: (isOn) => editor.set({ legato: isOn }),
				})}
			</div>
		`,
	);
}

/** How the pad follows the tempo. */
export function tempoSection(editor: PadEditor): TemplateResult {
	const { sync, lengthBeats } = editor.settings;
	const hint = tempoHint(editor.settings);
	return section(
		"Tempo",
		html`
			<div class="fields one">
				${choiceField({
					label: "Sync",
					target: "next sync selected",
					choices: syncChoices,
					value: sync,
					set: (value) => editor.set({ sync: chosen(syncChoices, value) }),
				})}
				<number-field
					label="Beats"
					data-target="set lengthBeats selected"
					.scale=${beatsScale}
					.value=${lengthBeats}
					@input=${({ currentTarget }: { readonly currentTarget: ValueControl }) =>
						editor.set({ lengthBeats: currentTarget.value }, currentTarget.gesture)}
				></number-field>
			</div>
			<div class="pair">
				${beatsButton(editor, { factor: 1 / 2, label: "÷ 2", target: "1/2", title: "Half as many beats: twice as fast" })}
				${beatsButton(editor, { factor: 2, label: "× 2", target: "2", title: "Twice as many beats: half as fast" })}
			</div>
			${hint === null ? nothing : html`<p class="lack" role="status">${hint}</p>`}
		`,
	);
}

/** A button that scales the beats. Not disabled without beats: it can still be touched to learn a key for it. */
export function beatsButton(
	editor: PadEditor,
	{
		factor,
		label,
		target,
		title,
	}: Readonly<Record<"label" | "target" | "title", string>> & { readonly factor: number },
): TemplateResult {
	return html`<button
		class="switch plain"
		title=${title}
		data-target="scale-beats ${target} selected"
		aria-disabled=${editor.settings.lengthBeats === 0}
		@click=${() => editor.scaleBeats(factor)}
	>
		${label}
	</button>`;
}

/** How fast and how high the pad plays. */
export function pitchSection(editor: PadEditor): TemplateResult {
	const { speed, semitones, cents, isReversed } = editor.settings;
	const isSynced = followsTempo(editor.settings);
	return section(
		"Pitch",
		html`
			<div class="knobs">
				${knob({ label: "Speed", target: "set speed selected", scale: speedScale, value: speed, set: (value, gesture) => editor.set({ speed: value }, gesture) })}
				${knob({
					label: "Semitones",
					target: "set semitones selected",
					scale: semitonesScale,
					value: semitones,
					isDisabled: isSynced,
					set: (value, gesture) => editor.set({ semitones: value }, gesture),
				})}
				${knob({
					label: "Cents",
					target: "set cents selected",
					scale: centsScale,
					value: cents,
					isDisabled: isSynced,
					set: (value, gesture) => editor.set({ cents: value }, gesture),
				})}
			</div>
			<div class="switches">
				${switchButton({
					label: "Reverse",
					target: "switch isReversed selected",
					title: "Play backwards",
					isOn: isReversed,
					set: (isOn) => editor.set({ isReversed: isOn }),
				})}
			</div>
		`,
	);
}

/** The pad's equalizer. */
export function equalizerSection(editor: PadEditor): TemplateResult {
	const { eq } = editor.settings;
	return section(
		"Equalizer",
		html`
			<div class="knobs">
				${bands.map(
					([band, label]) => html`
						<div class="band">
							${knob({ label, target: `set ${bandTargets[band]} selected`, scale: bandScale, value: eq[band], set: (value, gesture) => editor.setBand(band, value, gesture) })}
							<button
								class="switch alarm kill"
								aria-label="Kill ${label.toLowerCase()}"
								title="Silence the ${label.toLowerCase()} band"
								aria-pressed=${eq[band] === Number.NEGATIVE_INFINITY}
								@click=${() => editor.killBand(band, eq[band] !== Number.NEGATIVE_INFINITY)}
							>
								Kill
							</button>
						</div>
					`,
				)}
			</div>
		`,
	);
}

/** How loud the pad is, and where it is heard. */
export function levelSection(editor: PadEditor): TemplateResult {
	const { gainDecibels, pan, isMuted, isTriggerMuted, isSoloed, isCued } = editor.settings;
	return section(
		"Level",
		html`
			<div class="knobs">
				${knob({ label: "Gain", target: "set gainDecibels selected", scale: padGainScale, value: gainDecibels, set: (value, gesture) => editor.set({ gainDecibels: value }, gesture) })}
				${knob({ label: "Pan", target: "set pan selected", scale: padPanScale, value: pan, set: (value, gesture) => editor.set({ pan: value }, gesture) })}
			</div>
			<div class="switches two">
				${switchButton({
					label: "Mute",
					target: "switch isMuted selected",
					title: "Runs on, unheard",
					isOn: isMuted,
					isAlarming: true,
					set: (isOn) => editor.set({ isMuted: isOn }),
				})}
				${switchButton({
					label: "Solo",
					target: "switch isSoloed selected",
					title: "Pads that are not soloed are silent",
					isOn: isSoloed,
					set: (isOn) => editor.set({ isSoloed: isOn }),
				})}
				${switchButton({
					label: "No trigger",
					title: "Refuses presses; what sounds goes on",
					target: "switch isTriggerMuted selected",
					isOn: isTriggerMuted,
					isAlarming: true,
					set: (isOn) => editor.set({ isTriggerMuted: isOn }),
				})}
				${switchButton({
					label: "Cue",
					target: "switch isCued selected",
					title: "Heard on the headphones as well, where the output has four channels",
					isOn: isCued,
					set: (isOn) => editor.set({ isCued: isOn }),
				})}
			</div>
		`,
	);
}

/** A group of controls under its name. */
export function section(name: string, content: TemplateResult): TemplateResult {
	return html`<div class="section" role="group" aria-label=${name}>
		<span class="name" aria-hidden="true">${name}</span>
		${content}
	</div>`;
}
