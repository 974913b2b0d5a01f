import { LooperError } from "../errors.ts";
import type { PlacedSample } from "../rings/command-writer.ts";
import { type FrameSpan, type ReadingTools, readSample } from "./read-sample.ts";

/**
 * Copies frames of a sample.
 *
 * Thread: control; returns to the event loop between pieces.
 *
 * @param span - safe integers, 0 or more; frames beyond the end are left out
 * @returns an array per channel.
 * @throws LooperError `out-of-memory` or `closed`.
 */
export async function readFrames(
	sample: Pick<PlacedSample, "address" | "channels" | "frames">,
	{ firstFrame, frames }: FrameSpan,
	tools: ReadingTools,
): Promise<Float32Array<ArrayBuffer>[]> {
	const count = Math.max(0, Math.min(frames, sample.frames - firstFrame));
	const channels = Array.from({ length: sample.channels }, () => allocate(count));
	let frame = 0;
	await readSample(sample, { firstFrame, frames: count }, tools, (piece) => {
		const pieceFrames = piece.length / sample.channels;
		for (const [channel, samples] of channels.entries()) {
			for (let index = 0; index < pieceFrames; index++) {
				samples[frame + index] = piece[index * sample.channels + channel]!;
			}
		}
		frame += pieceFrames;
	});
	return channels;
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
