/**
 * The part of the engine memory that threads share, byte by byte: the only place that defines its offsets and sizes.
 *
 * Compiled by both `tsc` and `asc`, so that the control thread and the kernel cannot disagree. Every field is one
 * little-endian 32-bit word unless its comment says otherwise; addresses are unsigned. What only the kernel touches is not
 * here: it lies in the kernel's static data, beside the code that uses it.
 */

export const LAYOUT_MAGIC: i32 = 0x5a_54_4c_46; // "FLTZ"
export const LAYOUT_VERSION: i32 = 5;

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
/** Frames over which a stopped voice is released; 0 < release <= MAX_FADE_FRAMES. */
export const HEADER_FADE_FRAMES: i32 = 24;
/** One of the ENGINE constants; the control thread writes it, producers and the kernel read it. */
export const HEADER_ENGINE_STATE: i32 = 28;
/** 1 while anybody reads the pads' meters, which are not kept otherwise; the control thread writes it. */
export const HEADER_METERING: i32 = 32;
/** Address of each capture ring (capture-ring.ts), 0 until it is allocated; the control thread writes it. */
export const HEADER_CAPTURE_RINGS: i32 = 56;
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

// Event ring: what the audio thread says (kernel-events.ts), audio thread to control thread.
export const EVENT_BYTES: i32 = 32;
export const EVENTS: i32 = 1024;
export const EVENT_WRITE: i32 = RETIREMENT_RING + RETIREMENT_BYTES;
export const EVENT_READ: i32 = EVENT_WRITE + 64;
export const EVENT_RING: i32 = EVENT_READ + 64;
export const EVENT_RING_BYTES: i32 = EVENTS * EVENT_BYTES;

// Journal: what took effect and at which frame, audio thread to control thread; entries as in the control rings.
/** More than one block can apply: 1,024 from the rings and MAX_PENDING that fall due. */
export const JOURNAL_ENTRIES: i32 = 8192;
export const JOURNAL_WRITE: i32 = EVENT_RING + EVENT_RING_BYTES;
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
/** f32: highest absolute output sample, falling by METER_FALL_DECIBELS per second. */
export const STATUS_PEAK: i32 = 32;
/** f32: root mean square of the output over about METER_SECONDS. */
export const STATUS_RMS: i32 = 36;
/** Journal entries that found the journal full, since the start. */
export const STATUS_JOURNAL_LOST: i32 = 40;
/** Releases that ended at once, because there were too many. */
export const STATUS_CUT_RELEASES: i32 = 44;
/** Events that found the event ring full. */
export const STATUS_EVENTS_LOST: i32 = 48;
/** f32: by how many decibels the limiter reduced the gain of the newest block at most, 0 or more. */
export const STATUS_GAIN_REDUCTION: i32 = 52;
/** Launches that lost to a later press of their choke group on the same frame. */
export const STATUS_CHOKED_LAUNCHES: i32 = 56;
/** 1 while the transport runs. */
export const STATUS_TRANSPORT_RUNNING: i32 = 60;
/** f64: the beat of the next frame. */
export const STATUS_BEAT: i32 = 64;
/** f64 */
export const STATUS_TEMPO: i32 = 72;
/** f64: the beat that the transport had at a frame (64 bits), since when the tempo is the same. */
export const STATUS_ANCHOR_BEAT: i32 = 80;
export const STATUS_ANCHOR_FRAME_LOW: i32 = 88;
export const STATUS_ANCHOR_FRAME_HIGH: i32 = 92;
/** One entry per pad. */
export const STATUS_PADS: i32 = 128;
export const STATUS_PAD_BYTES: i32 = 32;
/** Voices that now sound; those that are being released do not count. */
export const PAD_VOICES: i32 = 0;
/** One of the PAD constants below, and PAD_RATE_HELD above them. */
export const PAD_STATE: i32 = 4;
/** f64: frame that the newest of the voices plays next. */
export const PAD_PLAYHEAD: i32 = 8;
/** f32, as STATUS_PEAK and STATUS_RMS, while HEADER_METERING is set. */
export const PAD_PEAK: i32 = 16;
export const PAD_RMS: i32 = 20;
/** f64: the line that the pad's queued action waits for; NaN when there is none. */
export const PAD_QUEUED_BEAT: i32 = 24;
export const STATUS_BYTES: i32 = STATUS_PADS + MAX_SLOTS * STATUS_PAD_BYTES;

export const PAD_IDLE: i32 = 0;
/** Something sounds that a press has started. */
export const PAD_PLAYING: i32 = 1;
/** Nothing sounds yet that a press has started: it waits for its line. */
export const PAD_QUEUED: i32 = 2;
/** What sounds stops on a line. */
export const PAD_STOPPING: i32 = 3;
/** Its place is kept until it is resumed. */
export const PAD_PAUSED: i32 = 4;
/** Added while the tempo asks the pad's loop for a rate that there is not. */
export const PAD_RATE_HELD: i32 = 256;

export const METER_FALL_DECIBELS: i32 = 30;
export const METER_SECONDS: f64 = 0.3;

/** End of what threads share: mirrors are this long. */
export const SHARED_END: i32 = STATUS + STATUS_BYTES;

/** The kernel's static data, placed here by its compiler (`--memoryBase` in packages/kernel/build.mjs); tests hold both ends to it. */
export const KERNEL_DATA: i32 = 917_504;
export const KERNEL_DATA_BYTES: i32 = 4_194_304;

/** Output of the newest block, planar f32: MAX_BLOCK_FRAMES left, then MAX_BLOCK_FRAMES right; then the cue bus likewise. */
export const OUTPUT: i32 = KERNEL_DATA + KERNEL_DATA_BYTES;
export const OUTPUT_CHANNEL_BYTES: i32 = MAX_BLOCK_FRAMES * 4;
export const OUTPUT_CUE: i32 = OUTPUT + 2 * OUTPUT_CHANNEL_BYTES;
export const OUTPUT_BYTES: i32 = 4 * OUTPUT_CHANNEL_BYTES;

/** Input of the block that is rendered next, as the output; silence without one. */
export const INPUT: i32 = OUTPUT + OUTPUT_BYTES;
export const INPUT_BYTES: i32 = 2 * OUTPUT_CHANNEL_BYTES;

/** PCM of every sample, from here to the end of the memory: interleaved f32 regions. */
export const PCM_HEAP: i32 = INPUT + INPUT_BYTES;
