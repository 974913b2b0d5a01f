import * as layout from "../src/protocol/shared-memory.ts";

/** Value of canary words, distinct from every position, handle and command of a test. */
export const CANARY = 0x5a5a_a5a5;

/** An engine memory up to its PCM heap, operated by a test instead of the kernel. */
export class EngineWords {
	readonly buffer: SharedArrayBuffer = new SharedArrayBuffer(layout.SHARED_END);
	readonly words: Int32Array = new Int32Array(this.buffer);
	readonly floats: Float32Array = new Float32Array(this.buffer);

	/** @param address - in bytes */
	set(address: number, value: number): void {
		this.words[address / 4] = value;
	}

	/** Empties a ring at a position, without scheduled commands. */
	setRingPosition(ring: number, position: number): void {
		this.setTimedCount(ring, 0);
		this.set(positionsOf(ring) + layout.RING_WRITE, position);
		this.set(positionsOf(ring) + layout.RING_READ, position);
	}

	/** Sets a ring's count of scheduled commands, all of them done. */
	setTimedCount(ring: number, count: number): void {
		this.set(positionsOf(ring) + layout.RING_TIMED_SENT, count);
		this.set(positionsOf(ring) + layout.RING_TIMED_DONE, count);
	}

	/** Takes the commands from a ring, eight words each. @param most - maximum count */
	takeCommands(ring: number, most: number = Number.POSITIVE_INFINITY): Int32Array[] {
		return takeCommands(this.words, ring, most);
	}
}

/** Address of a ring's positions. */
export function positionsOf(ring: number): number {
	return layout.RING_POSITIONS + ring * layout.RING_POSITIONS_BYTES;
}

/** Address of a ring's first command. */
export function commandsOf(ring: number): number {
	return ring === 0 ? layout.CONTROL_RING : layout.PRODUCER_RINGS + (ring - 1) * layout.PRODUCER_RING_BYTES;
}

/** Capacity of a ring in commands. */
export function capacityOf(ring: number): number {
	return ring === 0 ? layout.CONTROL_RING_COMMANDS : layout.PRODUCER_RING_COMMANDS;
}

/** Takes the commands from a ring like the kernel: positions are unsigned and wrap at 2^32. */
export function takeCommands(words: Int32Array, ring: number, most: number = Number.POSITIVE_INFINITY): Int32Array[] {
	const commands: Int32Array[] = [];
	const readWord = (positionsOf(ring) + layout.RING_READ) / 4;
	const written = words[(positionsOf(ring) + layout.RING_WRITE) / 4]! >>> 0;
	let read = words[readWord]! >>> 0;
	while (read !== written && commands.length < most) {
		const start = (commandsOf(ring) + (read % capacityOf(ring)) * layout.COMMAND_BYTES) / 4;
		commands.push(words.slice(start, start + layout.COMMAND_BYTES / 4));
		read = (read + 1) % 2 ** 32;
	}
	words[readWord] = read;
	return commands;
}

/** Retires a handle like the kernel. */
export function retire(words: Int32Array, handle: number): void {
	const write = words[layout.RETIREMENT_WRITE / 4]! >>> 0;
	words[layout.RETIREMENT_RING / 4 + (write % layout.MAX_HANDLES)] = handle;
	words[layout.RETIREMENT_WRITE / 4] = write + 1;
}
