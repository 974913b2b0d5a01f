import { emptyPad, LooperError } from "../errors.ts";
import type { RunningEngine } from "../running-engine.ts";
import { type ReadingTools, readSample } from "./read-sample.ts";

/** Where the frames are read. */
interface FrameTools extends ReadingTools {
	readonly running: ReadingTools["running"] & Pick<RunningEngine, "publisher">;
}

/**
 * Copies frames of what a slot holds at the call.
 *
 * Thread: control; returns to the event loop between pieces.
 *
 * @param firstFrame - a safe integer, 0 or more
 * @param frames - a safe integer, 0 or more; those beyond the end are left out
 * @returns an array per channel.
 * @throws LooperError `empty-pad`, `out-of-memory` or `closed`.
 */
export async function readFrames(
	slot: number,
	firstFrame: number,
	frames: number,
	tools: FrameTools,
): Promise<Float32Array<ArrayBuffer>[]> {
	const { command } = tools.running.publisher.published(slot) ?? raise(emptyPad(slot));
	const count = Math.max(0, Math.min(frames, command.frames - firstFrame));
	const channels = Array.from({ length: command.channels }, () => allocate(count));
	let frame = 0;
	await readSample(command, { firstFrame, frames: count }, tools, (piece) => {
		const pieceFrames = piece.length / command.channels;
		for (const [channel, samples] of channels.entries()) {
			for (let index = 0; index < pieceFrames; index++) {
				samples[frame + index] = piece[index * command.channels + channel]!;
			}
		}
		frame += pieceFrames;
	});
	return channels;
}

function raise(error: Error): never {
	throw error;
}

/** @throws LooperError `out-of-memory`. */
function allocate(frames: number): Float32Array<ArrayBuffer> {
	try {
		return new Float32Array(frames);
	} catch (cause) {
		const message = `The platform does not grant memory for ${frames} frames. Read fewer at a time.`;
		throw new LooperError("out-of-memory", message, { cause });
	}
}
