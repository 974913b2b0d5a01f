import { closed, LooperError } from "../errors.ts";
import { PcmSender } from "../loading/pcm-sender.ts";
import { type PcmTarget, SharedPcm } from "../loading/pcm-target.ts";
import { GUARD_FRAMES } from "../protocol/shared-memory.ts";
import type { PlacedSample } from "../rings/command-writer.ts";
import type { RunningEngine } from "../running-engine.ts";
import type { Scheduler } from "../scheduler.ts";
import type { Cancellation } from "../source/cancellation.ts";
import type { PcmConnection } from "../threading/threading.ts";

/** Where a sample is read, and how the thread is left to others. */
export interface ReadingTools extends Pick<Scheduler, "after"> {
	readonly running: Pick<RunningEngine, "samples" | "connectPcm" | "closing">;
}

/** Frames that are read, within the sample. */
export interface FrameSpan {
	readonly firstFrame: number;
	readonly frames: number;
}

const SAMPLE_BYTES = 4;
/** Frames read at a time, which takes about a millisecond. */
const PIECE_FRAMES = 32_768;

/**
 * Reads frames of a sample, which is held until the end.
 *
 * Thread: control; returns to the event loop between pieces.
 *
 * @param take - called with each piece: interleaved, in their order
 * @throws LooperError `closed`.
 */
export async function readSample(
	{ address, channels }: Pick<PlacedSample, "address" | "channels">,
	{ firstFrame, frames }: FrameSpan,
	{ running, after }: ReadingTools,
	take: (piece: Float32Array<ArrayBuffer>) => void,
): Promise<void> {
	const { samples, closing } = running;
	const frameBytes = channels * SAMPLE_BYTES;
	const regionAddress = address - GUARD_FRAMES * frameBytes;
	samples.retain(regionAddress);
	const connection = running.connectPcm();
	try {
		const pcm = openPcm(connection, closing, after);
		for (let frame = 0; frame < frames; frame += PIECE_FRAMES) {
			if (frame > 0) await new Promise<void>((resolve) => after(0, resolve));
			closing.check();
			const piece = new Float32Array(Math.min(PIECE_FRAMES, frames - frame) * channels);
			await pcm.read(address + (firstFrame + frame) * frameBytes, new Uint8Array(piece.buffer));
			take(piece);
		}
	} catch (error) {
		throw error instanceof LooperError && error.code === "cancelled" ? closed() : error;
	} finally {
		void connection.drop();
		samples.release(regionAddress);
	}
}

function openPcm({ pcm }: PcmConnection, closing: Cancellation, after: Scheduler["after"]): Pick<PcmTarget, "read"> {
	if (pcm instanceof WebAssembly.Memory) return new SharedPcm(pcm);
	const sender = new PcmSender(pcm, { after, waiting: () => {} });
	sender.begin(closing);
	return sender;
}
