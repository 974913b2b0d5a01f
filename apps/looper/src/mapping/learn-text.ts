import { controlTitle } from "./control.ts";
import type { LearnState } from "./learning.ts";
import { targetTitle } from "./target-titles.ts";
import { formatTarget, isValueTarget } from "./targets.ts";

/** What the performer is to do next, and what was learned last. @param keyLabel - what is printed on a key */
export function learnText(state: LearnState, keyLabel: (code: string) => string): string {
	if (state.phase === "off") return "";
	if (state.phase === "control") {
		const how = isValueTarget(state.target) ? "Move a knob or a fader" : "Press a key, a pad or a button";
		return `${how} for: ${targetTitle(state.target)}.`;
	}
	if (state.learned === null) return "Touch a pad, a button or a fader, or choose from the list.";
	const { binding, before } = state.learned;
	const control = controlTitle(binding.control, keyLabel);
	const learned = `${control}: ${targetTitle(binding.target)}.`;
	const isOther = before !== null && formatTarget(before) !== formatTarget(binding.target);
	return isOther ? `${learned} It no longer does this: ${targetTitle(before)}.` : learned;
}
