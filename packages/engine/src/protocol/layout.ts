/**
 * Engine memory, byte by byte: the only place where an offset or a size is written.
 *
 * Compiled by both `tsc` and `asc`, so that the control thread and the kernel cannot disagree. Every field is one
 * little-endian 32-bit word unless its comment says otherwise; addresses are unsigned.
 */

export const LAYOUT_MAGIC: i32 = 0x5a_54_4c_46; // "FLTZ"
export const LAYOUT_VERSION: i32 = 3;

// Capacities.
export const MAX_SLOTS: i32 = 256;
export const MAX_VOICES: i32 = 256;
export const MAX_PRODUCERS: i32 = 16;
export const MAX_RINGS: i32 = 17; // the control thread's and one a stream
export const MAX_HANDLES: i32 = 1024;
export const MAX_BLOCK_FRAMES: i32 = 2048;
export const MAX_COMMANDS_PER_BLOCK: i32 = 1024;
/** Silent frames before and after each sample's PCM, for interpolation. */
export const GUARD_FRAMES: i32 = 16;
export const PCM_ALIGNMENT: i32 = 16;
export const WASM_PAGE_BYTES: i32 = 65_536;

/** The kernel's own constant tables: placed by its compiler below this address. */
export const STATIC_DATA_BYTES: i32 = 16_384;

// Header: written by the control thread before the kernel starts, constant afterwards but for the engine state.
export const HEADER: i32 = STATIC_DATA_BYTES;
export const HEADER_MAGIC: i32 = 0;
export const HEADER_VERSION: i32 = 4;
export const HEADER_SLOTS: i32 = 8;
export const HEADER_VOICES: i32 = 12;
export const HEADER_SAMPLE_RATE: i32 = 16;
/** One of the OVERFLOW constants. */
export const HEADER_OVERFLOW: i32 = 20;
/** Frames over which a stopped voice fades; 0 < fade <= MAX_FADE_FRAMES. */
export const HEADER_FADE_FRAMES: i32 = 24;
/** One of the ENGINE constants; the control thread writes it, streams and the kernel read it. */
export const HEADER_ENGINE_STATE: i32 = 28;
/** Added to by the control thread each time it has read the peak; a change starts a new peak. */
export const HEADER_PEAK_EPOCH: i32 = 32;
export const HEADER_BYTES: i32 = 64;

export const OVERFLOW_REPLACE_OLDEST: i32 = 0;
export const OVERFLOW_DROP_NEWEST: i32 = 1;

export const ENGINE_SUSPENDED: i32 = 0;
export const ENGINE_RUNNING: i32 = 1;
/** The kernel's renderBlock answers 0 from now on, so the processor ends. */
export const ENGINE_CLOSED: i32 = 2;

// Control rings: ring 0 belongs to the control thread, ring 1 + n to stream n.
export const COMMAND_BYTES: i32 = 64;
export const CONTROL_RING_COMMANDS: i32 = 1024;
export const PRODUCER_RING_COMMANDS: i32 = 256;
/** Positions of one ring, each on a cache line of its own. */
export const RING_WRITE: i32 = 0;
/** Commands with a frame of their own that the producer has sent so far. */
export const RING_TIMED_SENT: i32 = 4;
export const RING_READ: i32 = 64;
/** Commands with a frame of their own that the kernel has done with so far. */
export const RING_TIMED_DONE: i32 = 68;
/** Counts the owners of a ring; a stream whose generation is no longer this one is closed. */
export const RING_GENERATION: i32 = 128;
export const RING_POSITIONS_BYTES: i32 = 192;
export const RING_POSITIONS: i32 = HEADER + HEADER_BYTES;
export const CONTROL_RING: i32 = RING_POSITIONS + MAX_RINGS * RING_POSITIONS_BYTES;
export const PRODUCER_RINGS: i32 = CONTROL_RING + CONTROL_RING_COMMANDS * COMMAND_BYTES;
export const PRODUCER_RING_BYTES: i32 = PRODUCER_RING_COMMANDS * COMMAND_BYTES;

// Retirement ring: handles that no slot and no voice holds any more, audio thread to control thread.
export const RETIREMENT_WRITE: i32 = PRODUCER_RINGS + MAX_PRODUCERS * PRODUCER_RING_BYTES;
export const RETIREMENT_READ: i32 = RETIREMENT_WRITE + 64;
export const RETIREMENT_RING: i32 = RETIREMENT_READ + 64;
export const RETIREMENT_BYTES: i32 = MAX_HANDLES * 4;

// Journal: what took effect and at which frame, audio thread to control thread; commands as in the control rings.
export const JOURNAL_ENTRIES: i32 = 8192;
export const JOURNAL_WRITE: i32 = RETIREMENT_RING + RETIREMENT_BYTES;
export const JOURNAL_READ: i32 = JOURNAL_WRITE + 64;
export const JOURNAL_RING: i32 = JOURNAL_READ + 64;
export const JOURNAL_BYTES: i32 = JOURNAL_ENTRIES * COMMAND_BYTES;

// Status block: written by the audio thread once a block, between two increments of the sequence word.
export const STATUS: i32 = JOURNAL_RING + JOURNAL_BYTES;
/** Odd while the block is being written. */
export const STATUS_SEQUENCE: i32 = 0;
export const STATUS_FRAME_LOW: i32 = 4;
export const STATUS_FRAME_HIGH: i32 = 8;
/** Frames of the newest block. */
export const STATUS_BLOCK_FRAMES: i32 = 12;
export const STATUS_ACTIVE_VOICES: i32 = 16;
/** Voices that the overflow policy stole or refused. */
export const STATUS_DROPPED_VOICES: i32 = 20;
/** Commands whose frame had passed when they were read. */
export const STATUS_LATE_COMMANDS: i32 = 24;
/** Commands of an unknown type or with an argument out of range, skipped. */
export const STATUS_INVALID_COMMANDS: i32 = 28;
/** f32: highest absolute output sample since the last change of HEADER_PEAK_EPOCH. */
export const STATUS_PEAK: i32 = 32;
/** The epoch that STATUS_PEAK belongs to. */
export const STATUS_PEAK_EPOCH: i32 = 36;
/** Journal entries that found the journal full, since the start. */
export const STATUS_JOURNAL_LOST: i32 = 40;
/** One command a slot. */
export const STATUS_SLOTS: i32 = 64;
export const STATUS_SLOT_BYTES: i32 = 8;
/** Voices now sounding from the slot. */
export const STATUS_SLOT_VOICES: i32 = 0;
/** Frame that the newest of them plays next. */
export const STATUS_SLOT_POSITION: i32 = 4;
export const STATUS_BYTES: i32 = STATUS_SLOTS + MAX_SLOTS * STATUS_SLOT_BYTES;

// Sample bank: audio thread only.
export const BANK: i32 = STATUS + STATUS_BYTES;
/** 0 = the slot is empty; else 1..MAX_HANDLES. */
export const SLOT_HANDLE: i32 = 0;
/** Address of frame 0 (guard frames lie before it). */
export const SLOT_ADDRESS: i32 = 4;
export const SLOT_FRAMES: i32 = 8;
export const SLOT_CHANNELS: i32 = 12;
/** Frames at either end that sound differently when the sample goes round (seam.ts); 0 when none do. */
export const SLOT_EDGE_FRAMES: i32 = 16;
/** f64: frames of one round, as exact as the recording is long. */
export const SLOT_LOOP_FRAMES: i32 = 24;
export const SLOT_BYTES: i32 = 32;
export const BANK_BYTES: i32 = MAX_SLOTS * SLOT_BYTES;

/** How many slots and voices hold each handle; u32 a handle, index handle - 1. Audio thread only. */
export const HANDLE_USES: i32 = BANK + BANK_BYTES;
export const HANDLE_USES_BYTES: i32 = MAX_HANDLES * 4;

// Voices: audio thread only; dense, the oldest first. A voice begins with the SLOT_BYTES of its sample.
export const VOICES: i32 = HANDLE_USES + HANDLE_USES_BYTES;
export const VOICE_HANDLE: i32 = 0;
export const VOICE_ADDRESS: i32 = 4;
export const VOICE_FRAMES: i32 = 8;
export const VOICE_CHANNELS: i32 = 12;
export const VOICE_EDGE_FRAMES: i32 = 16;
export const VOICE_LOOP_FRAMES: i32 = 24;
export const VOICE_SLOT: i32 = 32;
/** Frame that the voice plays next. */
export const VOICE_POSITION: i32 = 36;
/** f32, 0..1 */
export const VOICE_VELOCITY: i32 = 40;
/** VOICE_LOOPING, VOICE_STARTED, or both. */
export const VOICE_FLAGS: i32 = 44;
/** f64: rounds that a loop has played to their end. */
export const VOICE_ROUND: i32 = 48;
export const VOICE_BYTES: i32 = 56;
export const VOICES_BYTES: i32 = MAX_VOICES * VOICE_BYTES;
export const VOICE_LOOPING: i32 = 1;
/** The voice has sounded in an earlier frame, so ending it needs a fade. */
export const VOICE_STARTED: i32 = 2;

/**
 * Pending commands: those whose frame has not come. Each producer may have as many as its ring holds, so it is never full.
 * Audio thread only.
 */
export const MAX_PENDING: i32 = CONTROL_RING_COMMANDS + MAX_PRODUCERS * PRODUCER_RING_COMMANDS;
export const PENDING: i32 = VOICES + VOICES_BYTES;
export const PENDING_BYTES: i32 = MAX_PENDING * COMMAND_BYTES;
/** u16 above the type: the ring that the command came through. */
export const PENDING_RING: i32 = 2;
/** u64 in words that no record with a frame of its own uses: how many waiting commands arrived before. */
export const PENDING_ARRIVAL: i32 = 16;

/** Output of the newest block, planar f32: MAX_BLOCK_FRAMES left, then MAX_BLOCK_FRAMES right. */
export const OUTPUT: i32 = PENDING + PENDING_BYTES;
export const OUTPUT_CHANNEL_BYTES: i32 = MAX_BLOCK_FRAMES * 4;
export const OUTPUT_BYTES: i32 = 2 * OUTPUT_CHANNEL_BYTES;

/** Interleaved accumulator of the block being mixed, f32. Audio thread only. */
export const MIX: i32 = OUTPUT + OUTPUT_BYTES;
export const MIX_BYTES: i32 = MAX_BLOCK_FRAMES * 8;

/** Master gain of each frame of the block while it moves, f32. Audio thread only. */
export const GAIN_RAMP: i32 = MIX + MIX_BYTES;
export const GAIN_RAMP_BYTES: i32 = MAX_BLOCK_FRAMES * 4;

/** Fade tail: what ended voices still have to sound, interleaved f32, circular. Audio thread only. */
export const TAIL_FRAMES: i32 = 8192;
export const MAX_FADE_FRAMES: i32 = TAIL_FRAMES;
export const TAIL: i32 = GAIN_RAMP + GAIN_RAMP_BYTES;
export const TAIL_BYTES: i32 = TAIL_FRAMES * 8;

/** Factor of each frame of a fade, from 1 down towards 0, f32. Audio thread only. */
export const FADE_SHAPE: i32 = TAIL + TAIL_BYTES;
export const FADE_SHAPE_BYTES: i32 = MAX_FADE_FRAMES * 4;

/** PCM of every sample, from here to the end of the memory: interleaved f32 regions. */
export const PCM_HEAP: i32 = FADE_SHAPE + FADE_SHAPE_BYTES;
