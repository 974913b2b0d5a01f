import { html, nothing, type TemplateResult } from "lit";
import type { Choice } from "../choice/choice.ts";
import type { ChoiceField } from "../choice/choice-field.browser.ts";
import type { KnobScale } from "../knob/knob-scale.ts";
import type { ValueControl } from "../knob/value-control.browser.ts";

/** What a knob shows and sets. */
interface KnobBinding {
	readonly label: string;
	readonly scale: KnobScale;
	readonly value: number;
	/** What a controller is learned for here, as `formatTarget` writes it. */
	readonly target: string;
	/** Whether it has no effect now. */
	readonly isDisabled?: boolean;
	readonly set: (value: number, gesture: string) => void;
}

/** A knob with its name and its value. */
export function knob({ label, target, scale, value, isDisabled = false, set }: KnobBinding): TemplateResult {
	return html`<parameter-knob
		label=${label}
		data-target=${target}
		.scale=${scale}
		.value=${value}
		.isDisabled=${isDisabled}
		@input=${({ currentTarget }: { readonly currentTarget: ValueControl }) =>
			set(currentTarget.value, currentTarget.gesture)}
	></parameter-knob>`;
}

/** What a list of choices shows and sets. */
interface ChoiceBinding {
	readonly label: string;
	readonly choices: readonly Choice[];
	readonly value: string;
	/** What a key is learned for here, as `formatTarget` writes it; left out where there is no such target. */
	readonly target?: string;
	readonly set: (value: string) => void;
}

/** One of several choices. */
export function choiceField({ label, choices, value, target, set }: ChoiceBinding): TemplateResult {
	return html`<choice-field
		label=${label}
		data-target=${target ?? nothing}
		.choices=${choices}
		.value=${value}
		@change=${({ currentTarget }: { readonly currentTarget: ChoiceField }) => set(currentTarget.value)}
	></choice-field>`;
}

/** What a switch shows and sets. */
interface SwitchBinding {
	readonly label: string;
	readonly title: string;
	readonly isOn: boolean;
	/** What a key is learned for here, as `formatTarget` writes it; left out where there is no such target. */
	readonly target?: string;
	/** Whether it silences something. */
	readonly isAlarming?: boolean;
	readonly set: (isOn: boolean) => void;
}

/** A switch with its name. */
export function switchButton({ label, title, target, isOn, isAlarming = false, set }: SwitchBinding): TemplateResult {
	return html`<button
		class="switch ${isAlarming ? "alarm" : ""}"
		title=${title}
		data-target=${target ?? nothing}
		aria-pressed=${isOn}
		@click=${() => set(!isOn)}
	>
		${label}
	</button>`;
}
