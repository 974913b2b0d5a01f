/** Sets of pads, one bit each. */
import { MAX_SLOTS } from "../../../engine/src/protocol/shared-memory";

/** Bytes of a set, 8-byte aligned. */
export const PAD_SET_BYTES: i32 = MAX_SLOTS / 8;

/** Whether the pad is in the set. */
export function isIn(set: usize, slot: u32): bool {
	return (load<u64>(wordOf(set, slot)) & bitOf(slot)) != 0;
}

/** Adds the pad. */
export function addTo(set: usize, slot: u32): void {
	const word = wordOf(set, slot);
	store<u64>(word, load<u64>(word) | bitOf(slot));
}

/** Removes the pad. */
export function removeFrom(set: usize, slot: u32): void {
	const word = wordOf(set, slot);
	store<u64>(word, load<u64>(word) & ~bitOf(slot));
}

/** The first pad of the set from a number on; MAX_SLOTS when there is none. */
export function nextIn(set: usize, slot: u32): u32 {
	for (let word = slot >> 6; word < <u32>MAX_SLOTS >> 6; word++) {
		let bits = load<u64>(set + word * 8);
		if (word == slot >> 6) bits &= u64.MAX_VALUE << (slot & 63);
		if (bits != 0) return (word << 6) + <u32>ctz(bits);
	}
	return MAX_SLOTS;
}

function wordOf(set: usize, slot: u32): usize {
	return set + (slot >> 6) * 8;
}

function bitOf(slot: u32): u64 {
	return (<u64>1) << (slot & 63);
}
