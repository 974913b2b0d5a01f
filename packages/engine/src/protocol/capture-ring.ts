/**
 * Capture rings: what is recorded, audio thread to recording thread.
 *
 * A ring lies in the PCM heap, in a region that is allocated when it is first needed; the engine memory's header holds its address.
 * Its own header comes first, then interleaved stereo frames. Positions count frames and wrap at 2^32. Compiled by both `tsc` and `asc`.
 */

/** A ring for takes, and one for what is kept to be saved after the fact. */
export const CAPTURES: i32 = 2;
export const CAPTURE_TAKE: i32 = 0;
export const CAPTURE_SKIP_BACK: i32 = 1;

/** The output, as the device gets it. */
export const SOURCE_MASTER: i32 = 0;
export const SOURCE_CUE: i32 = 1;
/** What one pad adds to the master. */
export const SOURCE_PAD: i32 = 2;
/** What the device hears. */
export const SOURCE_INPUT: i32 = 3;

/** How many frames it holds, a power of two; the control thread writes it. */
export const CAPTURE_CAPACITY: i32 = 0;
/** The audio thread writes these. */
export const CAPTURE_WRITE: i32 = 64;
/** Name of the capture whose frames these are; written when it begins, behind the rest. */
export const CAPTURE_CURRENT: i32 = 68;
/** The frame that it begins with, unsigned 64 bits. */
export const CAPTURE_START_LOW: i32 = 72;
export const CAPTURE_START_HIGH: i32 = 76;
/** Frames that found no room; none is written after the first of them. */
export const CAPTURE_LOST: i32 = 80;
/** 1 when no more frames come. */
export const CAPTURE_ENDED: i32 = 84;
/** The recording thread writes it. */
export const CAPTURE_READ: i32 = 128;
export const CAPTURE_HEADER_BYTES: i32 = 192;
export const CAPTURE_FRAME_BYTES: i32 = 8;
