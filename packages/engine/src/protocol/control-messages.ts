/**
 * Control messages: the fixed-size records that travel to the audio thread.
 *
 * A record is eight 32-bit words. Word 0 is the type, word 1 the slot; what the others mean depends on the type.
 * Compiled by both `tsc` and `asc`.
 */

/** Publishes a sample into a slot: handle, address, frames, channels in words 2 to 5. */
export const LOAD_SAMPLE: i32 = 1;
/** Starts a voice: velocity (f32, 0..1) in word 2, play flags in word 3. */
export const PLAY_SAMPLE: i32 = 2;
/** Fades out every voice of the slot. */
export const STOP_SAMPLE: i32 = 3;
/** Fades out every voice. */
export const STOP_ALL: i32 = 4;
/** Empties the slot and fades out its voices. */
export const UNLOAD_SAMPLE: i32 = 5;
/** Sets the master gain: decibels (f32) in word 2; while voices sound it moves there within the fade time. */
export const SET_MASTER_GAIN: i32 = 6;

// Byte offsets within a record.
export const RECORD_TYPE: i32 = 0;
export const RECORD_SLOT: i32 = 4;
export const LOAD_HANDLE: i32 = 8;
export const LOAD_ADDRESS: i32 = 12;
export const LOAD_FRAMES: i32 = 16;
export const LOAD_CHANNELS: i32 = 20;
export const PLAY_VELOCITY: i32 = 8;
export const PLAY_FLAGS: i32 = 12;
export const GAIN_DECIBELS: i32 = 8;

/** The voice starts again at frame 0 when it reaches its end, until it is stopped. */
export const PLAY_LOOPING: i32 = 1;
