/**
 * Commands: what travels to the audio thread, through the control rings, the journal and replays alike.
 *
 * A command is 64 bytes: type and flags, slot, frame (unsigned 64 bits), then twelve words of arguments, whether it has a frame
 * or not. Values are f64, counts and enums 32-bit integers. Compiled by both `tsc` and `asc`.
 */

/** Publishes a sample into a slot: handle, address, frames, channels, and how it goes round (seam.ts). */
export const LOAD_SAMPLE: i32 = 1;
/** Starts a voice: velocity (0..1), play flags. */
export const PLAY_SAMPLE: i32 = 2;
/** Releases every voice of the slot. */
export const STOP_SAMPLE: i32 = 3;
/** Releases every voice. */
export const STOP_ALL: i32 = 4;
/** Empties the slot and releases its voices. */
export const UNLOAD_SAMPLE: i32 = 5;
/** Sets the master gain in decibels; while voices sound it moves there within the fade time. */
export const SET_MASTER_GAIN: i32 = 6;
/** Plays a list of commands that lies in the heap, each at its frame: address and count. */
export const START_REPLAY: i32 = 7;
/**
 * In the journal only: at this frame nothing sounds, moves or waits, so that what came before decides nothing that comes after.
 * It carries how many journal entries were lost until then.
 */
export const SILENT: i32 = 8;

/**
 * Flag of a command that takes effect at its frame. LOAD_SAMPLE has it only in the journal and in replays: while it waited,
 * nothing would own its handle. Every journal entry has it. A STOP_ALL without it also clears what waits for its frame; with it
 * only voices end.
 */
export const AT_FRAME: i32 = 256;

// Byte offsets within a command.
export const COMMAND_TYPE: i32 = 0;
export const COMMAND_SLOT: i32 = 4;
/** Unsigned 64-bit frame, low word first. */
export const COMMAND_FRAME_LOW: i32 = 8;
export const COMMAND_FRAME_HIGH: i32 = 12;
export const COMMAND_ARGUMENTS: i32 = 16;

export const LOAD_HANDLE: i32 = 16;
/** Address of frame 0. */
export const LOAD_ADDRESS: i32 = 20;
export const LOAD_FRAMES: i32 = 24;
export const LOAD_CHANNELS: i32 = 28;
/** Without edge frames the loop is the frames themselves, and the loop frames are not read. */
export const LOAD_EDGE_FRAMES: i32 = 32;
/** f64 */
export const LOAD_LOOP_FRAMES: i32 = 40;
/** f64 */
export const PLAY_VELOCITY: i32 = 16;
export const PLAY_FLAGS: i32 = 24;
/** f64 */
export const GAIN_DECIBELS: i32 = 16;
export const REPLAY_ADDRESS: i32 = 16;
export const REPLAY_COUNT: i32 = 20;
export const SILENT_LOST: i32 = 16;

/** The voice starts again at frame 0 when it reaches its end, until it is stopped. */
export const PLAY_LOOPING: i32 = 1;
