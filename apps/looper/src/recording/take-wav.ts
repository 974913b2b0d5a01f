import { encodeFrames, type TakeFormat, wavHeader } from "flitzis-looper";
import type { ReadableBlob } from "../sets/readable-blob.ts";

/** How a take's file is laid out. */
export interface TakeLayout {
	readonly format: TakeFormat;
	readonly sampleRate: number;
	/** Where its samples begin, in bytes. */
	readonly dataOffset: number;
	/** All that lie there, whatever the header says: that of a take that was not finished may be older. */
	readonly frames: number;
}

/** Makes a Blob of its parts. */
export type MakeBlob = (parts: readonly (Uint8Array<ArrayBuffer> | ReadableBlob | string)[]) => ReadableBlob;

const channels = 2;
/** More than any header that the engine writes. */
const mostHeaderBytes = 512;
const floatCode = 3;
const pieceFrames = 65_536;

/** Reads the layout of a file that the engine has written. @returns null when it is none */
export async function takeLayout(file: ReadableBlob): Promise<TakeLayout | null> {
	const head = new DataView(await file.slice(0, mostHeaderBytes).arrayBuffer());
	let format: { readonly format: TakeFormat; readonly sampleRate: number } | null = null;
	for (let at = 12; at + 8 <= head.byteLength; ) {
		const name = head.getUint32(at);
		const bodyBytes = head.getUint32(at + 4, true);
		if (name === 0x666d_7420 && at + 16 <= head.byteLength) {
			const isFloat = head.getUint16(at + 8, true) === floatCode;
			format = { format: isFloat ? "f32" : "s24", sampleRate: head.getUint32(at + 12, true) };
		}
		if (name === 0x6461_7461) {
			if (format === null || format.sampleRate === 0) return null;
			const dataOffset = at + 8;
			return { ...format, dataOffset, frames: Math.floor((file.size - dataOffset) / bytesPerFrame(format.format)) };
		}
		at += 8 + bodyBytes + (bodyBytes % 2);
	}
	return null;
}

/**
 * A take as a WAV file of the wanted coding, with a header that fits its length.
 *
 * @throws Error when the file is no take.
 */
export async function takeWav(file: ReadableBlob, wanted: TakeFormat, makeBlob: MakeBlob): Promise<ReadableBlob> {
	const layout = await takeLayout(file);
	if (layout === null) throw new Error("The file of the take is damaged. Delete the take.");
	const { format, sampleRate, dataOffset, frames } = layout;
	// 24 bits stay as they are.
	const coding = format === "f32" ? wanted : format;
	const header = wavHeader({ format: coding, channels, sampleRate, frames });
	const frameBytes = bytesPerFrame(format);
	const samples = file.slice(dataOffset, dataOffset + frames * frameBytes);
	if (format === coding) return makeBlob([header, samples]);
	const parts: (Uint8Array<ArrayBuffer> | ReadableBlob)[] = [header];
	for (let frame = 0; frame < frames; frame += pieceFrames) {
		const piece = samples.slice(frame * frameBytes, (frame + pieceFrames) * frameBytes);
		// As a Blob, which need not stay in memory.
		parts.push(makeBlob([encodeFrames(new Float32Array(await piece.arrayBuffer()), coding)]));
	}
	return makeBlob(parts);
}

/** The platform's Blobs can be read; the engine's types do not say so. */
export function readable(blob: Blob): ReadableBlob {
	if ("arrayBuffer" in blob && "slice" in blob) return blob as ReadableBlob;
	throw new TypeError("The platform's Blob cannot be read.");
}

function bytesPerFrame(format: TakeFormat): number {
	return channels * (format === "f32" ? 4 : 3);
}
