import { concat } from "./fixtures.ts";

/** Bits of the header's third byte: the bitrate index and the padding flag. */
const BITRATE = 0xf0;
const PADDING = 0x02;

/** Splits an MP3 file of constant bitrate, without tags, into its frames. */
export function mpegFrames(file: Uint8Array, frameBytes: number): Uint8Array[] {
	const frames: Uint8Array[] = [];
	for (let offset = 0; offset < file.length; ) {
		const end = offset + frameBytes + ((file[offset + 2]! & PADDING) >> 1);
		frames.push(file.subarray(offset, end));
		offset = end;
	}
	return frames;
}

/**
 * A frame in free format: its header omits the bitrate.
 *
 * @param extraBytes - junk after it; then no frame may refer to the main data of others
 */
export function freeFrame(frame: Uint8Array, extraBytes = 0): Uint8Array {
	const free = concat([frame, new Uint8Array(extraBytes).fill(0x55)]);
	free[2]! &= ~BITRATE;
	return free;
}
