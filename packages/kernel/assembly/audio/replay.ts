/** A replay: commands in the heap, in the order of their frames, applied as they fall due. Not bounded by a ring. */
import { COMMAND_FRAME_LOW } from "../../../engine/src/protocol/commands";
import { COMMAND_BYTES, PCM_ALIGNMENT, PCM_HEAP, WASM_PAGE_BYTES } from "../../../engine/src/protocol/shared-memory";

/** Commands of a replay that one block may apply; the rest follow in the next block. */
const MAX_COMMANDS_PER_BLOCK: u32 = 65_536;

let next: usize = 0;
let end: usize = 0;
let budget: u32 = 0;

/** Forgets the list. */
export function resetReplay(): void {
	next = 0;
	end = 0;
}

/** Begins a list. @returns false, with nothing changed, when it does not lie whole in the heap */
export function startReplay(address: u32, count: u32): bool {
	if (address < <u32>PCM_HEAP || address % PCM_ALIGNMENT != 0) return false;
	// In 64 bits: the end of the last region does not fit 32.
	const listEnd = <u64>address + <u64>count * COMMAND_BYTES;
	if (listEnd > <u64>memory.size() * WASM_PAGE_BYTES) return false;
	next = address;
	end = <usize>listEnd;
	return true;
}

/** Called once per block. */
export function renewReplayBudget(): void {
	budget = MAX_COMMANDS_PER_BLOCK;
}

/** The frame of the next command that this block may apply; 2^64 - 1 when there is none. */
export function nextReplayFrame(): u64 {
	return next == end || budget == 0 ? u64.MAX_VALUE : load<u64>(next, COMMAND_FRAME_LOW);
}

/** Whether commands of the list are still to come. */
export function isReplaying(): bool {
	return next != end;
}

/** @returns the address of the next command. */
export function takeReplayCommand(): usize {
	const command = next;
	next += COMMAND_BYTES;
	budget--;
	return command;
}
