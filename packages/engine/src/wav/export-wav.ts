import { LooperError } from "../errors.ts";
import { type ReadingTools, readSample } from "../playback/read-sample.ts";
import type { PublishedSample } from "../playback/sample-publisher.ts";
import type { RunningEngine } from "../running-engine.ts";
import { encodeFrames, frameBytes, type WavFormat } from "./encode-frames.ts";
import { type ExportedPad, exportedMetadata } from "./exported-metadata.ts";
import { wavHeader } from "./wav-header.ts";

/** How a pad is exported. */
export interface ExportWavOptions {
	/** "f32" keeps every bit; "s24" rounds to the nearest, clamps, and does not dither. Default "f32". */
	readonly format?: WavFormat;
}

/** Where the sample is read. */
interface ExportTools extends ReadingTools {
	readonly running: ReadingTools["running"] & Pick<RunningEngine, "device">;
}

/**
 * Writes a sample, and what its pad makes of it. The sample is held until the end.
 *
 * Thread: control; returns to the event loop between pieces.
 *
 * @throws LooperError `out-of-memory` or `closed`.
 */
export async function exportWav(
	{ command, info }: PublishedSample,
	pad: ExportedPad,
	format: WavFormat,
	{ running, after }: ExportTools,
): Promise<Uint8Array<ArrayBuffer>> {
	const { frames, channels } = command;
	const { sampleRate } = running.device;
	const metadata = exportedMetadata(info, pad, sampleRate);
	const header = wavHeader({ format, channels, sampleRate, frames, metadata });
	const file = allocate(header.length, frames * frameBytes(format, channels));
	file.set(header);
	let offset = header.length;
	await readSample(command, { firstFrame: 0, frames }, { running, after }, (piece) => {
		const bytes = encodeFrames(piece, format);
		file.set(bytes, offset);
		offset += bytes.length;
	});
	return file;
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
