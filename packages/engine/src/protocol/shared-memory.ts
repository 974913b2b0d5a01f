/**
 * The part of the engine memory that threads share, byte by byte: the only place that defines its offsets and sizes.
 *
 * Compiled by both `tsc` and `asc`, so that the control thread and the kernel cannot disagree. Every field is one
 * little-endian 32-bit word unless its comment says otherwise; addresses are unsigned. What only the kernel touches is not
 * here: it lies in the kernel's static data, beside the code that uses it.
 */

export const LAYOUT_MAGIC: i32 = 0x5a_54_4c_46; // "FLTZ"
export const LAYOUT_VERSION: i32 = 3;

// Capacities.
export const MAX_SLOTS: i32 = 256;
export const MAX_VOICES: i32 = 256;
export const MAX_PRODUCERS: i32 = 16;
export const MAX_RINGS: i32 = 17; // the control thread's and one per producer
export const MAX_HANDLES: i32 = 1024;
export const MAX_BLOCK_FRAMES: i32 = 2048;
export const MAX_COMMANDS_PER_BLOCK: i32 = 1024;
export const MAX_FADE_FRAMES: i32 = 8192;
/** Silent frames before and after each sample's PCM, for interpolation. */
export const GUARD_FRAMES: i32 = 16;
export const PCM_ALIGNMENT: i32 = 16;
export const WASM_PAGE_BYTES: i32 = 65_536;

// Header: written by the control thread before the kernel starts, constant afterwards but for the engine state.
export const HEADER: i32 = 64;
export const HEADER_MAGIC: i32 = 0;
export const HEADER_VERSION: i32 = 4;
export const HEADER_SLOTS: i32 = 8;
export const HEADER_VOICES: i32 = 12;
export const HEADER_SAMPLE_RATE: i32 = 16;
/** One of the OVERFLOW constants. */
export const HEADER_OVERFLOW: i32 = 20;
/** Frames over which a stopped voice fades; 0 < fade <= MAX_FADE_FRAMES. */
export const HEADER_FADE_FRAMES: i32 = 24;
/** One of the ENGINE constants; the control thread writes it, producers and the kernel read it. */
export const HEADER_ENGINE_STATE: i32 = 28;
/** Incremented by the control thread each time it has read the peak; a change starts a new peak. */
export const HEADER_PEAK_EPOCH: i32 = 32;
export const HEADER_BYTES: i32 = 64;

export const OVERFLOW_REPLACE_OLDEST: i32 = 0;
export const OVERFLOW_DROP_NEWEST: i32 = 1;

export const ENGINE_SUSPENDED: i32 = 0;
export const ENGINE_RUNNING: i32 = 1;
/** From now on the kernel's renderBlock returns 0, so the processor ends. */
export const ENGINE_CLOSED: i32 = 2;

// Control rings: ring 0 belongs to the control thread, ring 1 + n to producer n.
export const COMMAND_BYTES: i32 = 64;
export const CONTROL_RING_COMMANDS: i32 = 1024;
export const PRODUCER_RING_COMMANDS: i32 = 256;
/** Commands that can wait for their frame: each producer may have as many as its ring holds. */
export const MAX_PENDING: i32 = 5120;
/** Positions of one ring, each on its own cache line. */
export const RING_WRITE: i32 = 0;
/** Commands with a frame that the producer has sent so far. */
export const RING_TIMED_SENT: i32 = 4;
export const RING_READ: i32 = 64;
/** Commands with a frame that the kernel has applied or dropped so far. */
export const RING_TIMED_DONE: i32 = 68;
/** Counts the owners of a ring; a producer whose generation is no longer this one is closed. */
export const RING_GENERATION: i32 = 128;
export const RING_POSITIONS_BYTES: i32 = 192;
export const RING_POSITIONS: i32 = HEADER + HEADER_BYTES;
export const CONTROL_RING: i32 = RING_POSITIONS + MAX_RINGS * RING_POSITIONS_BYTES;
export const PRODUCER_RINGS: i32 = CONTROL_RING + CONTROL_RING_COMMANDS * COMMAND_BYTES;
export const PRODUCER_RING_BYTES: i32 = PRODUCER_RING_COMMANDS * COMMAND_BYTES;
/** End of what a producer reads and writes; the mirror of a producer that posts messages is this long. */
export const PRODUCER_END: i32 = PRODUCER_RINGS + MAX_PRODUCERS * PRODUCER_RING_BYTES;

// Retirement ring: handles that no slot and no voice holds any more, audio thread to control thread.
export const RETIREMENT_WRITE: i32 = PRODUCER_END;
export const RETIREMENT_READ: i32 = RETIREMENT_WRITE + 64;
export const RETIREMENT_RING: i32 = RETIREMENT_READ + 64;
export const RETIREMENT_BYTES: i32 = MAX_HANDLES * 4;

// Journal: what took effect and at which frame, audio thread to control thread; entries as in the control rings.
/** More than one block can apply: 1,024 from the rings and MAX_PENDING that fall due. */
export const JOURNAL_ENTRIES: i32 = 8192;
export const JOURNAL_WRITE: i32 = RETIREMENT_RING + RETIREMENT_BYTES;
export const JOURNAL_READ: i32 = JOURNAL_WRITE + 64;
export const JOURNAL_RING: i32 = JOURNAL_READ + 64;
export const JOURNAL_BYTES: i32 = JOURNAL_ENTRIES * COMMAND_BYTES;

// Status block: written by the audio thread once per block, between two increments of the sequence word.
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
/** One entry per slot. */
export const STATUS_SLOTS: i32 = 64;
export const STATUS_SLOT_BYTES: i32 = 8;
/** Voices now sounding from the slot. */
export const STATUS_SLOT_VOICES: i32 = 0;
/** Frame that the newest of them plays next. */
export const STATUS_SLOT_POSITION: i32 = 4;
export const STATUS_BYTES: i32 = STATUS_SLOTS + MAX_SLOTS * STATUS_SLOT_BYTES;

/** End of what threads share: mirrors are this long. */
export const SHARED_END: i32 = STATUS + STATUS_BYTES;

/** The kernel's static data, placed here by its compiler (`--memoryBase` in packages/kernel/build.mjs); tests hold both ends to it. */
export const KERNEL_DATA: i32 = 917_504;
export const KERNEL_DATA_BYTES: i32 = 786_432;

/** Output of the newest block, planar f32: MAX_BLOCK_FRAMES left, then MAX_BLOCK_FRAMES right. */
export const OUTPUT: i32 = KERNEL_DATA + KERNEL_DATA_BYTES;
export const OUTPUT_CHANNEL_BYTES: i32 = MAX_BLOCK_FRAMES * 4;
export const OUTPUT_BYTES: i32 = 2 * OUTPUT_CHANNEL_BYTES;

/** PCM of every sample, from here to the end of the memory: interleaved f32 regions. */
export const PCM_HEAP: i32 = OUTPUT + OUTPUT_BYTES;
