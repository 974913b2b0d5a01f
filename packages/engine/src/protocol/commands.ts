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

/** Plays a list of commands that lies in the heap, each at its frame: address and count in words 2 and 3. */
export const START_REPLAY: i32 = 7;
/**
 * In the journal only: at this frame nothing sounds, moves or waits, so that what came before decides nothing that comes after.
 * How many journal entries were lost until then in word 2.
 */
export const SILENT: i32 = 8;

/**
 * Added to the type when the command has a frame, at which it takes effect. LOAD_SAMPLE has it only in the journal and in replays:
 * while it waited, nothing would own its handle. Every journal entry has it.
 * A STOP_ALL without it also clears what waits for its frame; with it only voices end.
 */
export const AT_FRAME: i32 = 256;

// Byte offsets within a command.
export const COMMAND_TYPE: i32 = 0;
export const COMMAND_SLOT: i32 = 4;
/** Where arguments begin, and where they end in a command that has a frame. */
export const FIRST_ARGUMENT: i32 = 8;
export const ARGUMENTS_END: i32 = 24;
export const LOAD_HANDLE: i32 = 8;
export const LOAD_ADDRESS: i32 = 12;
export const LOAD_FRAMES: i32 = 16;
export const LOAD_CHANNELS: i32 = 20;
export const LOAD_EDGE_FRAMES: i32 = 32;
export const LOAD_LOOP_FRAMES: i32 = 40;
export const PLAY_VELOCITY: i32 = 8;
export const PLAY_FLAGS: i32 = 12;
export const GAIN_DECIBELS: i32 = 8;
export const REPLAY_ADDRESS: i32 = 8;
export const REPLAY_COUNT: i32 = 12;
export const SILENT_LOST: i32 = 8;
/** Unsigned 64-bit frame, low word first. */
export const COMMAND_FRAME_LOW: i32 = 24;
export const COMMAND_FRAME_HIGH: i32 = 28;

/** The voice starts again at frame 0 when it reaches its end, until it is stopped. */
export const PLAY_LOOPING: i32 = 1;
