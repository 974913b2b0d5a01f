import * as layout from "../protocol/shared-memory.ts";

/** Where a control ring lies in the engine memory. */
export interface RingPlace {
	/** Byte address of its first command. */
	readonly commands: number;
	/** Commands that it holds, a power of two. */
	readonly capacity: number;
}

/** @param ring - 0 = the control thread's, 1 + n = producer n's */
export function ringPlace(ring: number): RingPlace {
	if (ring === 0) return { commands: layout.CONTROL_RING, capacity: layout.CONTROL_RING_COMMANDS };
	const commands = layout.PRODUCER_RINGS + (ring - 1) * layout.PRODUCER_RING_BYTES;
	return { commands, capacity: layout.PRODUCER_RING_COMMANDS };
}

/** Word index of a field of a ring's positions. @param field - one of the RING constants */
export function ringWord(ring: number, field: number): number {
	return (layout.RING_POSITIONS + ring * layout.RING_POSITIONS_BYTES + field) / 4;
}
