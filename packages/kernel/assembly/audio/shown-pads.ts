/** Pads whose entry in the status block may not be the one of a pad at rest: the others' entries are left alone. */
import { addTo, nextIn, PAD_SET_BYTES, removeFrom } from "./pad-set";

const SHOWN = memory.data(PAD_SET_BYTES, 8);

/** Shows every pad once. */
export function resetShownPads(): void {
	memory.fill(SHOWN, 0xff, PAD_SET_BYTES);
}

/** Something begins at the pad. */
export function showPad(slot: u32): void {
	addTo(SHOWN, slot);
}

/** The pad's entry is the one at rest. */
export function leavePad(slot: u32): void {
	removeFrom(SHOWN, slot);
}

/** The first pad from a number on that is shown; MAX_SLOTS when there is none. */
export function nextShownPad(slot: u32): u32 {
	return nextIn(SHOWN, slot);
}
