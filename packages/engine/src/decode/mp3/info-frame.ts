import { charactersAt } from "../characters.ts";
import { type FrameHeader, HEADER_BYTES } from "./frame-header.ts";
import { sideInfoBytes } from "./side-info.ts";

/** The frame that describes the audio: Xing, Info (LAME and others) or VBRI (Fraunhofer). */
export interface InfoFrame {
	/** MPEG frames of the audio, usually without this one; null if absent. */
	readonly frameCount: number | null;
	/** Bytes of the audio, this frame included; null if absent. */
	readonly byteCount: number | null;
	/** Encoder delay and padding in frames; null if absent. */
	readonly padding: { readonly before: number; readonly after: number } | null;
}

const VBRI_OFFSET = HEADER_BYTES + 32;
const HAS_FRAME_COUNT = 1;
const HAS_BYTE_COUNT = 2;
const optionalFieldBytes = [4, 4, 100, 4];
const LAME_DELAYS_OFFSET = 21;

/**
 * Reads the frame that describes a stream.
 *
 * Source: G. Bouvigne, "MP3 Info Tag revision 1 specifications" (2001).
 *
 * @param bytes - the bytes of the frame that are present
 * @returns null if the frame is audio
 */
export function readInfoFrame(bytes: Uint8Array, header: FrameHeader): InfoFrame | null {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
	if (charactersAt(bytes, VBRI_OFFSET, 4) === "VBRI" && view.byteLength >= VBRI_OFFSET + 18) {
		const byteCount = view.getUint32(VBRI_OFFSET + 10);
		return { frameCount: view.getUint32(VBRI_OFFSET + 14), byteCount, padding: null };
	}
	const tag = HEADER_BYTES + sideInfoBytes(header);
	if (!["Xing", "Info"].includes(charactersAt(bytes, tag, 4)) || view.byteLength < tag + 8) return null;
	const flags = view.getUint32(tag + 4);
	const fieldsBytes = optionalFieldBytes.reduce((sum, length, bit) => sum + ((flags >> bit) & 1) * length, 0);
	const hasFrames = (flags & HAS_FRAME_COUNT) !== 0;
	const bytesOffset = tag + 8 + (hasFrames ? 4 : 0);
	return {
		frameCount: hasFrames ? readCount(view, tag + 8) : null,
		byteCount: (flags & HAS_BYTE_COUNT) === 0 ? null : readCount(view, bytesOffset),
		padding: readPadding(view, tag + 8 + fieldsBytes),
	};
}

/** A 32-bit count; null if the frame ends before it. */
function readCount(view: DataView, offset: number): number | null {
	return offset + 4 <= view.byteLength ? view.getUint32(offset) : null;
}

/** The LAME extension: a version text, then two 12-bit numbers among others. */
function readPadding(view: DataView, offset: number): InfoFrame["padding"] {
	const delays = offset + LAME_DELAYS_OFFSET;
	if (view.byteLength < delays + 3 || view.getUint8(offset) < 0x20) return null;
	const middle = view.getUint8(delays + 1);
	return {
		before: (view.getUint8(delays) << 4) | (middle >> 4),
		after: ((middle & 0x0f) << 8) | view.getUint8(delays + 2),
	};
}
