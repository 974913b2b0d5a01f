/**
 * Control messages: the fixed-size commands that travel to the audio thread.
 *
 * A command is sixteen 32-bit words. Word 0 is the type, word 1 the slot; what the others mean depends on the type.
 * Compiled by both `tsc` and `asc`.
 */

/**
 * Publishes a sample into a slot: handle, address, frames, channels in words 2 to 5, edge frames in word 8, loop frames (f64) in
 * words 10 and 11. Without edge frames the loop is the frames themselves, and the loop frames are not read.
 */
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

// Restoring commands: the state that a recording begins with. A journal opens with them, and a replay sends them first.
/** Begins the state: the frame that it is of. Everything that sounds ends at once, without a fade. */
export const RESTORE_BEGIN: i32 = 7;
/**
 * A sounding voice: handle, address, frames, channels and voice flags, position, velocity in words 2 to 7, edge frames and loop
 * frames as in LOAD_SAMPLE, round (f64) in words 12 and 13.
 */
export const RESTORE_VOICE: i32 = 8;
/** Three frames of the fade tail, from the one that word 1 names, counted from the next to sound: f32 in words 2 to 7. */
export const RESTORE_TAIL: i32 = 9;
/** The master gain: its target (f32) in word 2, where its ramp began (f64) in words 3 and 4, the ramp's frame in word 5. */
export const RESTORE_GAIN: i32 = 10;
/** Ends a recording, in a journal only: the first frame that no longer belongs to it. */
export const RECORDING_END: i32 = 11;

/**
 * Added to the type when the command has a frame of its own, at which it takes effect; in a journal every command but the
 * restoring ones and RECORDING_END has it. LOAD_SAMPLE has it in a journal only: while it waited nobody would hold its handle.
 * A STOP_ALL without it also clears what waits for its frame; with it only voices end.
 */
export const AT_FRAME: i32 = 256;

// Byte offsets within a command.
export const COMMAND_TYPE: i32 = 0;
export const COMMAND_SLOT: i32 = 4;
export const LOAD_HANDLE: i32 = 8;
export const LOAD_ADDRESS: i32 = 12;
export const LOAD_FRAMES: i32 = 16;
export const LOAD_CHANNELS: i32 = 20;
export const LOAD_EDGE_FRAMES: i32 = 32;
export const LOAD_LOOP_FRAMES: i32 = 40;
export const PLAY_VELOCITY: i32 = 8;
export const PLAY_FLAGS: i32 = 12;
export const GAIN_DECIBELS: i32 = 8;
export const RESTORE_HANDLE: i32 = 8;
export const RESTORE_ADDRESS: i32 = 12;
export const RESTORE_FRAMES: i32 = 16;
/** Channels in the low byte, voice flags (VOICE_LOOPING, VOICE_STARTED) above it. */
export const RESTORE_FORM: i32 = 20;
export const RESTORE_POSITION: i32 = 24;
export const RESTORE_VELOCITY: i32 = 28;
export const RESTORE_EDGE_FRAMES: i32 = 32;
export const RESTORE_LOOP_FRAMES: i32 = 40;
export const RESTORE_ROUND: i32 = 48;
export const RESTORE_GAIN_TARGET: i32 = 8;
/** f64, not aligned to its size. */
export const RESTORE_GAIN_START: i32 = 12;
export const RESTORE_GAIN_POSITION: i32 = 20;
/** Frames of the tail in one command, and where they stand: left and right, f32, of each. */
export const RESTORE_TAIL_FRAMES: i32 = 3;
export const RESTORE_TAIL_SAMPLES: i32 = 8;
/** Unsigned 64-bit frame, low word first. */
export const COMMAND_FRAME_LOW: i32 = 24;
export const COMMAND_FRAME_HIGH: i32 = 28;

/** The voice starts again at frame 0 when it reaches its end, until it is stopped. */
export const PLAY_LOOPING: i32 = 1;
