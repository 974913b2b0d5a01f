import type { Choice } from "../choice/choice.ts";
import { placesPerBank } from "../instrument/banks.ts";
import { heldSource, type PadState } from "../instrument/pad-state.ts";

const bankLetters = "ABCDEFGH";

/** A pad as a list shows it: "B 3, empty", "A 1, Kick". */
export function padText(pad: number, state: PadState): string {
	const place = `${bankLetters[Math.floor(pad / placesPerBank)]} ${(pad % placesPerBank) + 1}`;
	return `${place}, ${heldSource(state)?.title ?? "empty"}`;
}

/** All pads to choose from, or those that hold a sound. */
export function padChoices(states: readonly PadState[], which: "all" | "filled"): readonly Choice[] {
	return states.flatMap((state, pad) =>
		which === "filled" && state.sample === null ? [] : [{ value: String(pad), text: padText(pad, state) }],
	);
}

/** The first empty pad of a bank or behind it; the bank's first when there is none. */
export function firstEmptyPad(states: readonly PadState[], bank: number): number {
	const first = bank * placesPerBank;
	const found = states.findIndex((state, pad) => pad >= first && heldSource(state) === null);
	return found < 0 ? first : found;
}
