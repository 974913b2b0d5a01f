import { COMMAND_TYPE } from "../protocol/commands.ts";
import * as layout from "../protocol/shared-memory.ts";
import { TIMED } from "./moment.ts";
import { ringPlace, ringWord } from "./ring-place.ts";

const COMMAND_WORDS = layout.COMMAND_BYTES / 4;

/**
 * Appends posted commands to a ring of the memory that the kernel works on. Their producer counts them against the ring's
 * capacity, so there is room; more than that are not taken.
 *
 * Thread: audio, between two blocks.
 */
export function appendCommands(words: Int32Array, ring: number, commands: Int32Array): void {
	const { commands: firstCommand, capacity } = ringPlace(ring);
	const start = firstCommand / 4;
	const write = words[ringWord(ring, layout.RING_WRITE)] ?? 0;
	const room = capacity - ((write - (words[ringWord(ring, layout.RING_READ)] ?? 0)) | 0);
	const count = Math.min(Math.floor(commands.length / COMMAND_WORDS), room);
	for (let index = 0; index < count; index++) {
		const command = commands.subarray(index * COMMAND_WORDS, (index + 1) * COMMAND_WORDS);
		words.set(command, start + ((write + index) & (capacity - 1)) * COMMAND_WORDS);
		if (((command[COMMAND_TYPE / 4] ?? 0) & TIMED) === 0) continue;
		const sent = ringWord(ring, layout.RING_TIMED_SENT);
		words[sent] = ((words[sent] ?? 0) + 1) | 0;
	}
	words[ringWord(ring, layout.RING_WRITE)] = (write + count) | 0;
}
