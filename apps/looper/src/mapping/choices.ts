import { padQuantumChoices, quantumChoices, quantumOf } from "../choice/choice.ts";
import type { PadSettings } from "../instrument/pad-state.ts";
import type { SetSettings } from "../instrument/set-settings.ts";
import { launchModeChoices, syncChoices } from "../pad-panel/panel-choices.ts";

/** Settings of a pad that are one of several, by the names that mappings have for them. */
export const padChoiceNames = ["launchMode", "sync", "launchQuantum", "stopQuantum"] as const;
/** The same of the transport. */
export const sharedChoiceNames = ["transport.quantum"] as const;

export type PadChoiceName = (typeof padChoiceNames)[number];
export type SharedChoiceName = (typeof sharedChoiceNames)[number];

/** The settings with the next choice, as the panel lists them; the first follows the last. */
export function withNextChoice(
	name: PadChoiceName,
	settings: Pick<PadSettings, PadChoiceName>,
	beatsPerBar: number,
): Partial<PadSettings> {
	switch (name) {
		case "launchMode":
			return { launchMode: nextOf(launchModeChoices, settings.launchMode) };
		case "sync":
			return { sync: nextOf(syncChoices, settings.sync) };
		case "launchQuantum":
		case "stopQuantum": {
			const quantum = settings[name];
			return { [name]: quantumOf(nextOf(padQuantumChoices(beatsPerBar, quantum), String(quantum))) };
		}
	}
}

/** The quantum behind the set's own, as the transport bar lists them; the first follows the last. */
export function nextQuantum({ beatsPerBar, quantum }: Pick<SetSettings, "beatsPerBar" | "quantum">): number {
	return Number(nextOf(quantumChoices(beatsPerBar, quantum), String(quantum)));
}

function nextOf<Value extends string>(choices: readonly { readonly value: Value }[], value: string): Value {
	const index = choices.findIndex((choice) => choice.value === value);
	return choices[(index + 1) % choices.length]!.value;
}
