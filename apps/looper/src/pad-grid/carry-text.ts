import type { CarryMode } from "../instrument/carry.ts";
import type { PadState } from "../instrument/pad-state.ts";
import { padTitle } from "../pad/pad-text.ts";

/** What the performer is told when a key has picked a pad up. */
export function carryText(mode: CarryMode, pad: PadState): string {
	const drop = mode === "swap" ? "swaps it with that pad" : "puts a copy there";
	return `${padTitle(pad)} is picked up. Move to another pad: Ctrl+V ${drop}, Escape lets go.`;
}
