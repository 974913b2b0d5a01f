/**
 * The consumer's end of the control rings.
 *
 * One ring per producer. Only the producer stores the write index and only the kernel stores the read index, so two
 * sequentially consistent accesses are enough: loading the write index makes the commands before it visible, storing
 * the read index gives their places back after they were applied. Indices count commands and wrap at 2^32; their
 * difference is the number of commands waiting whether they have wrapped or not.
 */
import { AT_FRAME, AT_LINE, COMMAND_TYPE, LOAD_HANDLE, LOAD_SAMPLE } from "../../../engine/src/protocol/commands";
import {
	COMMAND_BYTES,
	CONTROL_RING,
	CONTROL_RING_COMMANDS,
	MAX_COMMANDS_PER_BLOCK,
	MAX_RINGS,
	PRODUCER_RING_BYTES,
	PRODUCER_RING_COMMANDS,
	PRODUCER_RINGS,
	RING_POSITIONS,
	RING_POSITIONS_BYTES,
	RING_READ,
	RING_WRITE,
} from "../../../engine/src/protocol/shared-memory";
import { applyAtOnce } from "./apply";
import { retireUnused } from "./samples";
import { takeTimedCommand } from "./schedule";

let firstRing: u32 = 0;

/** Forgets whose turn it is; the positions belong to the producers too and stay where they are. */
export function resetRings(): void {
	firstRing = 0;
}

/**
 * Applies a block's share of the waiting commands. Each block starts with the ring after the one the block
 * before started with, so a ring that is always full delays the others by a few blocks but never silences them.
 */
export function drainRings(): void {
	takeCommands();
	firstRing = (firstRing + 1) % MAX_RINGS;
}

/** Applies waiting commands, MAX_COMMANDS_PER_BLOCK at most; the ring whose turn it is goes first. @returns how many were read */
export function takeCommands(): u32 {
	let budget: u32 = MAX_COMMANDS_PER_BLOCK;
	for (let turn: u32 = 0; turn < <u32>MAX_RINGS && budget > 0; turn++) {
		budget -= drainRing((firstRing + turn) % MAX_RINGS, budget);
	}
	return MAX_COMMANDS_PER_BLOCK - budget;
}

/** @returns how many commands were read */
function drainRing(ring: u32, budget: u32): u32 {
	const positions: usize = RING_POSITIONS + ring * RING_POSITIONS_BYTES;
	const commands: usize = ring == 0 ? CONTROL_RING : PRODUCER_RINGS + (ring - 1) * PRODUCER_RING_BYTES;
	const mask: u32 = (ring == 0 ? CONTROL_RING_COMMANDS : PRODUCER_RING_COMMANDS) - 1;

	const read = load<u32>(positions, RING_READ);
	const count = min(atomic.load<u32>(positions, RING_WRITE) - read, budget);
	for (let index: u32 = 0; index < count; index++) {
		const command = commands + ((read + index) & mask) * COMMAND_BYTES;
		const type = load<u32>(command, COMMAND_TYPE);
		if (type & (AT_FRAME | AT_LINE)) takeTimedCommand(command, ring);
		else if (!applyAtOnce(command, type)) letGoOfRefused(command, type, ring);
	}
	if (count > 0) atomic.store<u32>(positions, read + count, RING_READ);
	return count;
}

/** A refused sample reaches no slot, so nothing else would ever retire it. Only the control thread publishes handles. */
function letGoOfRefused(command: usize, type: u32, ring: u32): void {
	if (ring == 0 && type == LOAD_SAMPLE) retireUnused(load<u32>(command, LOAD_HANDLE));
}
