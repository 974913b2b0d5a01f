import type { SampleFrames } from "./wave-columns.ts";

const headBytes = 12;
const chunkHeadBytes = 8;
const floatFormat = 3;
/** The 32-bit size that refers to the ds64 chunk. */
const sizeElsewhere = 0xffff_ffff;

/** A WAV file of 32-bit floats, as the engine exports it. */
export interface WaveFile {
	readonly sampleRate: number;
	readonly channels: number;
	readonly frames: number;
	/** Copies frames out of the file; fewer where it ends. */
	read(firstFrame: number, count: number): SampleFrames;
}

/**
 * Opens a WAV or RF64 file of 32-bit floats in memory. The file is not copied.
 *
 * @throws TypeError for anything else
 */
export function openWaveFile(bytes: Uint8Array<ArrayBuffer>): WaveFile {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const form = view.byteLength < headBytes ? "" : characters(view, 0);
	if (form !== "RIFF" && form !== "RF64") throw new TypeError("The file is no WAV file: it does not begin with RIFF.");
	let format: DataView | null = null;
	let longDataBytes = 0;
	for (let offset = headBytes; offset + chunkHeadBytes <= view.byteLength; ) {
		const id = characters(view, offset);
		const bodyBytes = view.getUint32(offset + 4, true);
		const body = offset + chunkHeadBytes;
		if (id !== "data" && body + bodyBytes > view.byteLength) break;
		if (id === "ds64") longDataBytes = Number(view.getBigUint64(body + 8, true));
		if (id === "fmt ") format = new DataView(view.buffer, view.byteOffset + body, bodyBytes);
		if (id === "data") {
			const dataBytes = bodyBytes === sizeElsewhere ? longDataBytes : bodyBytes;
			return floatData(format, bytes.subarray(body, body + dataBytes));
		}
		offset = body + bodyBytes + (bodyBytes % 2);
	}
	throw new TypeError("The WAV file has no data chunk.");
}

function floatData(format: DataView | null, data: Uint8Array<ArrayBuffer>): WaveFile {
	if (format?.getUint16(0, true) !== floatFormat || format.getUint16(14, true) !== 32) {
		throw new TypeError("The WAV file does not hold 32-bit floats.");
	}
	const channels = format.getUint16(2, true);
	const frameBytes = 4 * channels;
	return {
		sampleRate: format.getUint32(4, true),
		channels,
		frames: Math.floor(data.length / frameBytes),
		read(firstFrame, count) {
			// A copy, because the data need not begin at a multiple of four bytes.
			const copy = data.slice(firstFrame * frameBytes, (firstFrame + count) * frameBytes);
			const interleaved = new Float32Array(copy.buffer, 0, Math.floor(copy.length / frameBytes) * channels);
			return { interleaved, channels, firstFrame };
		},
	};
}

function characters(view: DataView, offset: number): string {
	return String.fromCharCode(...Array.from({ length: 4 }, (_, index) => view.getUint8(offset + index)));
}
