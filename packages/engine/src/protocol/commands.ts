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
/** Stops every voice of the slot. */
export const STOP_SAMPLE: i32 = 3;
/** Stops every voice. */
export const STOP_ALL: i32 = 4;
/** Empties the slot and stops its voices. */
export const UNLOAD_SAMPLE: i32 = 5;
/** Sets a parameter of the pad or of the master: its number (parameters.ts) and its value. */
export const SET_PARAMETER: i32 = 6;
/** Plays a list of commands that lies in the heap, each at its frame: address and count. */
export const START_REPLAY: i32 = 7;
/**
 * In the journal only: at this frame nothing sounds, moves or waits, so that what came before decides nothing that comes after.
 * It carries how many journal entries were lost until then, and where the transport is.
 */
export const SILENT: i32 = 8;
/** The pad is pressed, with a velocity (0..1): its launch mode says what that means. */
export const PRESS: i32 = 9;
/** The pad is let go. */
export const RELEASE: i32 = 10;
/** Stops what presses of the pad have started. */
export const STOP_PAD: i32 = 11;

/** Cancels the pad's queued action. */
export const CANCEL_QUEUED: i32 = 12;
/** Stops the pad's loop and keeps its position. */
export const PAUSE_PAD: i32 = 13;
/** Goes on where the pad was paused. */
export const RESUME_PAD: i32 = 14;
/** Moves the pad's playhead: frame of the source file. */
export const SEEK_PAD: i32 = 15;
/** A momentary loop of so many beats over what the pad plays. */
export const ROLL_PAD: i32 = 16;
/** Goes on where the pad would be without the roll. */
export const END_ROLL: i32 = 17;
export const START_TRANSPORT: i32 = 18;
export const STOP_TRANSPORT: i32 = 19;
/** Moves the transport to a beat. */
export const MOVE_TRANSPORT: i32 = 20;
/** Moves the transport by so many beats, forwards or back; what waits keeps its line, and loops that follow it fade over. */
export const NUDGE_TRANSPORT: i32 = 21;
/** Releases the voice of one `PLAY_SAMPLE`: its number, the frames of the release (0 = the usual). */
export const STOP_VOICE: i32 = 22;
/** Moves the gain of one voice: its number, the factor. */
export const SET_VOICE_GAIN: i32 = 23;
/** Begins to capture a source for the recording thread, into the ring that the header names (capture-ring.ts). */
export const START_CAPTURE: i32 = 24;
/** Ends a capture. */
export const STOP_CAPTURE: i32 = 25;
/**
 * Gives a pad's sample its slices, two per command and ascending: the number of the first, how many there are in all, and both. They
 * count from the last command on, all at once; a total of 0 takes them away. LOAD_SAMPLE and UNLOAD_SAMPLE do, too.
 */
export const SET_SLICES: i32 = 26;

/**
 * Flag of a command that takes effect on the next line of a quantum, which lies in beats (f64) where a frame would; on a transport
 * that stands still it takes effect at once. Its journal entry has a frame.
 */
export const AT_LINE: i32 = 512;
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
/** f64: frames of the engine's rate per frame of the source file. */
export const LOAD_RATIO: i32 = 48;
/** f64 */
export const PLAY_VELOCITY: i32 = 16;
export const PLAY_FLAGS: i32 = 24;
/** Number of the voice for STOP_VOICE and SET_VOICE_GAIN; 0 = none. */
export const PLAY_VOICE: i32 = 28;
/** Entries for voices that wait, indexed by their number modulo this; more than can ever wait. Two live voices must not share one. */
export const VOICE_PLACES: i32 = 8192;
/** f64: frames of the sample per output frame; 0 = the usual 1. */
export const PLAY_RATE: i32 = 32;
/** f64: frame of the source file that it starts with. */
export const PLAY_OFFSET: i32 = 40;
/** f32: balance, -1..1. */
export const PLAY_PAN: i32 = 48;
/** Frames over which it fades in. */
export const PLAY_FADE_IN: i32 = 52;
/** f64: factor less 1, so that 0 is the usual gain. */
export const PLAY_GAIN: i32 = 56;
export const PARAMETER_NUMBER: i32 = 16;
/** f64 */
export const PARAMETER_VALUE: i32 = 24;
/** f64 */
export const PRESS_VELOCITY: i32 = 16;
/** f64: frame, beats or beat of the commands that carry one of these. */
export const ARGUMENT: i32 = 16;
/** Of START_TRANSPORT, in replays only: 1 = it goes on from an anchor, and where that lies. */
export const START_ANCHORED: i32 = 16;
/** f64: the beat that it had so many frames ago (f64). */
export const START_ANCHOR_BEAT: i32 = 24;
export const START_ANCHOR_AGE: i32 = 32;
export const VOICE_NUMBER: i32 = 16;
export const VOICE_FADE_FRAMES: i32 = 20;
/** f64 */
export const VOICE_GAIN: i32 = 24;
export const REPLAY_ADDRESS: i32 = 16;
export const REPLAY_COUNT: i32 = 20;
export const SILENT_LOST: i32 = 16;
/** 1 = the transport runs. */
export const SILENT_RUNNING: i32 = 20;
/** f64: the beat that the transport had so many frames ago (f64), and the one that it starts at (f64). */
export const SILENT_ANCHOR_BEAT: i32 = 24;
export const SILENT_ANCHOR_AGE: i32 = 32;
export const SILENT_START_BEAT: i32 = 40;
/** One of the CAPTURE constants of capture-ring.ts. */
export const CAPTURE_NUMBER: i32 = 16;
/** Tells one capture of a ring from the next: a stop of an earlier one does nothing. */
export const CAPTURE_NAME: i32 = 20;
/** f64: the frame that it begins with or ends before; one that has passed is the next. Nothing waits for it, so it is no AT_FRAME. */
export const CAPTURE_FRAME: i32 = 24;
/** One of the SOURCE constants; the pad is the slot. */
export const CAPTURE_SOURCE: i32 = 32;
/** Frames by which the source is late: the capture begins and ends as much later, and its frames count as if it did not. */
export const CAPTURE_DELAY: i32 = 36;
/** Of SET_SLICES: the number of the first of its two slices, and 256 times how many there are in all. */
export const SLICES_FIRST: i32 = 16;
/** 16 bits for each: DECAY_STEPS times what a round of the tail keeps of its level, and TAIL_CORRELATED. */
export const SLICES_DECAYS: i32 = 20;
/** f64 for each: the frame of the source file on which the slice begins to sound. */
export const SLICES_ONSETS: i32 = 24;
/** f32 for each: frames of the source file from its cut to there. */
export const SLICES_LEADS: i32 = 40;
/** f32 for each: frames of the source file from there to the loop of its tail, and the frames of that; 0 = none. */
export const SLICES_TAILS: i32 = 48;
export const SLICES_PERIODS: i32 = 56;
/** The rounds of a tail are so alike that they fade into each other linearly, else with constant power. */
export const TAIL_CORRELATED: i32 = 32_768;
export const DECAY_STEPS: i32 = 32_767;
/** That a pad may have, and that a command carries. */
export const MAX_SLICES: i32 = 128;
export const SLICES_PER_COMMAND: i32 = 2;
/** Frames of the source file that a slice may begin before it sounds, and that a tail's loop may have. */
export const MAX_SLICE_EDGE: f64 = 65_536;

/** The voice starts again at frame 0 when it reaches its end, until it is stopped. */
export const PLAY_LOOPING: i32 = 1;
