import * as command from "../../engine/src/protocol/commands.ts";
import * as layout from "../../engine/src/protocol/shared-memory.ts";
import { type KernelHost, type PlacedSample, rawCommand } from "./kernel-host.ts";

/** How a journal is played back. */
export interface Replay {
	readonly blockFrames: number;
	/** Whether the kernel gets all commands ahead, as a list in its heap, instead of each at the start of a block. */
	readonly sendsAhead: boolean;
	/** The samples as the replaying kernel has them, by the handle that they had. */
	readonly samples: ReadonlyMap<number, PlacedSample>;
}

/** What happened from a moment of silence on. */
export interface JournalPart {
	/** The frame of the silence; 0 before the first. */
	readonly silentFrame: number;
	/** Commands that bring a kernel into the state in that silence. */
	readonly state: readonly Uint32Array[];
	readonly commands: readonly Uint32Array[];
}

/** The frame that a journal entry carries. */
export function frameOf(entry: Uint32Array): number {
	return (entry[command.COMMAND_FRAME_LOW / 4] ?? 0) + (entry[command.COMMAND_FRAME_HIGH / 4] ?? 0) * 2 ** 32;
}

/** The type of a journal entry, without its flags. */
export function typeOf(entry: Uint32Array): number {
	return (entry[0] ?? 0) & ~command.AT_FRAME;
}

/** What a journal tells from the last moment of silence up to a frame on. */
export function sinceSilence(journal: readonly Uint32Array[], frame: number): JournalPart {
	const isSilence = (entry: Uint32Array): boolean => typeOf(entry) === command.SILENT;
	const at = journal.findLastIndex((entry) => isSilence(entry) && frameOf(entry) <= frame);
	const lasting = [command.LOAD_SAMPLE, command.UNLOAD_SAMPLE, command.SET_PARAMETER, command.SET_SLICES];
	return {
		silentFrame: at === -1 ? 0 : frameOf(journal[at]!),
		state: journal.slice(0, at + 1).filter((entry) => lasting.includes(typeOf(entry))),
		commands: journal.slice(at + 1).filter((entry) => !isSilence(entry)),
	};
}

/** Plays a part of a journal back. @returns the frames from its silence on, interleaved */
export function replay(kernel: KernelHost, part: JournalPart, frames: number, how: Replay): Float32Array {
	for (const entry of part.state) {
		if (kernel.waiting(0) === layout.CONTROL_RING_COMMANDS) kernel.renderBlock(0);
		kernel.push(immediately(withSample(entry, how.samples)));
	}
	kernel.renderBlock(0);
	const rendered = new Float32Array(frames * 2);
	let frame = 0;
	const renderTo = (target: number): void => {
		if (target > frame) rendered.set(kernel.render(target - frame, how.blockFrames), frame * 2);
		frame = Math.max(frame, target);
	};
	if (how.sendsAhead) {
		startReplay(kernel, part, how.samples);
	} else {
		for (const entry of part.commands) {
			if (frameOf(entry) - part.silentFrame >= frames) break;
			renderTo(frameOf(entry) - part.silentFrame);
			if (kernel.waiting(0) === layout.CONTROL_RING_COMMANDS) kernel.renderBlock(0);
			kernel.push(immediately(withSample(entry, how.samples)));
		}
	}
	renderTo(frames);
	return rendered;
}

/** Writes the commands into the heap, behind the samples, and starts the list. */
function startReplay(kernel: KernelHost, part: JournalPart, samples: Replay["samples"]): void {
	const address = kernel.memory.buffer.byteLength - (part.commands.length + 1) * layout.COMMAND_BYTES;
	for (const [index, entry] of part.commands.entries()) {
		const words = withSample(entry, samples);
		words[command.COMMAND_FRAME_LOW / 4] = frameOf(entry) - part.silentFrame;
		words[command.COMMAND_FRAME_HIGH / 4] = 0;
		kernel.words.set(words, (address + index * layout.COMMAND_BYTES) / 4);
	}
	kernel.push(rawCommand(command.START_REPLAY, 0, address, part.commands.length));
}

function immediately(words: readonly number[]): number[] {
	const [type = 0, ...others] = words;
	return [type & ~command.AT_FRAME, ...others];
}

/** The entry with the handle and the address that the sample has in the replaying kernel. */
function withSample(entry: Uint32Array, samples: ReadonlyMap<number, PlacedSample>): number[] {
	const words = [...entry];
	if (typeOf(entry) !== command.LOAD_SAMPLE) return words;
	const sample = samples.get(words[command.LOAD_HANDLE / 4] ?? 0);
	if (sample === undefined) throw new Error(`the journal names handle ${String(words[2])}, which was never placed`);
	words[command.LOAD_HANDLE / 4] = sample.handle;
	words[command.LOAD_ADDRESS / 4] = sample.address;
	return words;
}
