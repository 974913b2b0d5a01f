import * as message from "../../engine/src/protocol/commands.ts";
import { CONTROL_RING_COMMANDS } from "../../engine/src/protocol/layout.ts";
import { type KernelHost, type PlacedSample, timedCommand } from "./kernel-host.ts";

/** How a journal is played back. */
export interface Replay {
	readonly blockFrames: number;
	/** Whether what can wait for its frame is sent ahead, instead of at the start of a block that begins there. */
	readonly sendsAhead: boolean;
	/** The samples as the replaying kernel has them, by the handle that they had. */
	readonly samples: ReadonlyMap<number, PlacedSample>;
}

/** The frame that a journal's command carries. */
export function frameOf(command: Uint32Array): number {
	return (command[message.COMMAND_FRAME_LOW / 4] ?? 0) + (command[message.COMMAND_FRAME_HIGH / 4] ?? 0) * 2 ** 32;
}

/** Whether a journal's command takes effect at a frame of its own. */
function isCommand(type: number): boolean {
	return (type & message.AT_FRAME) !== 0;
}

/** Plays a complete journal back. @returns the frames from its beginning to its end, interleaved */
export function replay(kernel: KernelHost, journal: readonly Uint32Array[], how: Replay): Float32Array {
	const begin = frameOf(journal[0]!);
	const end = frameOf(journal.at(-1)!);
	const rendered = new Float32Array((end - begin) * 2);
	let frame = 0;
	const renderTo = (target: number): void => {
		if (target > frame) rendered.set(kernel.render(target - frame, how.blockFrames), frame * 2);
		frame = Math.max(frame, target);
	};
	for (const command of journal.slice(0, -1)) {
		const words = withSample(command, how.samples);
		const type = words[0] ?? 0;
		if (kernel.waiting(0) === CONTROL_RING_COMMANDS || kernel.timedWaiting(0) === CONTROL_RING_COMMANDS) {
			if (kernel.timedWaiting(0) === CONTROL_RING_COMMANDS) renderTo(frameOf(command) - begin);
			kernel.renderBlock(0);
		}
		if (!isCommand(type)) {
			kernel.push(words);
		} else if (how.sendsAhead && type !== (message.LOAD_SAMPLE | message.AT_FRAME)) {
			kernel.pushTimed(timedCommand(words.slice(0, 6), frameOf(command) - begin));
		} else {
			renderTo(frameOf(command) - begin);
			kernel.push([type & ~message.AT_FRAME, ...words.slice(1, 6), 0, 0, ...words.slice(8)]);
		}
	}
	renderTo(end - begin);
	kernel.renderBlock(0); // the state alone, when nothing was recorded behind it
	return rendered;
}

/** The record with the handle and the address that the sample has in the replaying kernel. */
function withSample(command: Uint32Array, samples: ReadonlyMap<number, PlacedSample>): number[] {
	const words = [...command];
	const type = (words[0] ?? 0) & ~message.AT_FRAME;
	if (type !== message.LOAD_SAMPLE && type !== message.RESTORE_VOICE) return words;
	const sample = samples.get(words[message.LOAD_HANDLE / 4] ?? 0);
	if (sample === undefined) throw new Error(`the journal names handle ${String(words[2])}, which was never placed`);
	words[message.LOAD_HANDLE / 4] = sample.handle;
	words[message.LOAD_ADDRESS / 4] = sample.address;
	return words;
}
