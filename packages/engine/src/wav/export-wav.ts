import { closed, emptyPad, LooperError } from "../errors.ts";
import { PcmSender } from "../loading/pcm-sender.ts";
import { type PcmTarget, SharedPcm } from "../loading/pcm-target.ts";
import { GUARD_FRAMES } from "../protocol/shared-memory.ts";
import type { RunningEngine } from "../running-engine.ts";
import type { Scheduler } from "../scheduler.ts";
import type { Cancellation } from "../source/cancellation.ts";
import type { PcmConnection } from "../threading/threading.ts";
import { encodeFrames, frameBytes, type WavFormat } from "./encode-frames.ts";
import { type ExportedPad, exportedMetadata } from "./exported-metadata.ts";
import { wavHeader } from "./wav-header.ts";

/** How a pad is exported. */
export interface ExportWavOptions {
	/** "f32" keeps every bit; "s24" rounds to the nearest, clamps, and does not dither. Default "f32". */
	readonly format?: WavFormat;
}

/** Where the sample is read, and how the thread is left to others. */
interface ExportTools extends Pick<Scheduler, "after"> {
	readonly running: Pick<RunningEngine, "publisher" | "samples" | "device" | "connectPcm" | "closing">;
}

const SAMPLE_BYTES = 4;
/** Frames read at a time, which takes about a millisecond. */
const PIECE_FRAMES = 32_768;

/**
 * Writes what a slot holds, and what the pad makes of it, as they are at the call. The sample is held until the end.
 *
 * Thread: control; returns to the event loop between pieces.
 *
 * @throws LooperError `empty-pad`, `out-of-memory` or `closed`.
 */
export async function exportWav(
	slot: number,
	pad: ExportedPad,
	format: WavFormat,
	{ running, after }: ExportTools,
): Promise<Uint8Array<ArrayBuffer>> {
	const { publisher, samples, closing } = running;
	const sample = publisher.commandOf(slot);
	const info = publisher.info(slot);
	if (sample === undefined || info === null) throw emptyPad(slot);
	const { address, frames, channels } = sample;
	const { sampleRate } = running.device;
	const metadata = exportedMetadata(info, pad, sampleRate);
	const header = wavHeader({ format, channels, sampleRate, frames, metadata });
	const file = allocate(header.length, frames * frameBytes(format, channels));
	file.set(header);
	const regionAddress = address - GUARD_FRAMES * channels * SAMPLE_BYTES;
	samples.retain(regionAddress);
	const connection = running.connectPcm();
	try {
		const pcm = openPcm(connection, closing, after);
		let offset = header.length;
		for (let frame = 0; frame < frames; frame += PIECE_FRAMES) {
			closing.check();
			const piece = new Float32Array(Math.min(PIECE_FRAMES, frames - frame) * channels);
			await pcm.read(address + frame * channels * SAMPLE_BYTES, new Uint8Array(piece.buffer));
			const bytes = encodeFrames(piece, format);
			file.set(bytes, offset);
			offset += bytes.length;
			await new Promise<void>((resolve) => after(0, resolve));
		}
		return file;
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

/** @throws LooperError `out-of-memory`. */
function allocate(headerBytes: number, dataBytes: number): Uint8Array<ArrayBuffer> {
	const bytes = headerBytes + dataBytes + (dataBytes % 2);
	try {
		return new Uint8Array(bytes);
	} catch (cause) {
		const message = `The WAV file needs ${bytes} bytes, which the platform does not grant. Export a shorter sample.`;
		throw new LooperError("out-of-memory", message, { cause });
	}
}
