/**
 * Events: what the audio thread says beside what it is told, through the event ring. 32 bytes: type, slot, frame (unsigned 64 bits),
 * then four words of arguments. Compiled by both `tsc` and `asc`.
 */

/** A pad's state has changed, as of the end of a block: the state. */
export const PAD_CHANGED: i32 = 1;
/** A numbered voice has ended, or never began: its number. */
export const VOICE_ENDED: i32 = 2;

// Byte offsets within an event.
export const EVENT_TYPE: i32 = 0;
export const EVENT_SLOT: i32 = 4;
export const EVENT_FRAME_LOW: i32 = 8;
export const EVENT_FRAME_HIGH: i32 = 12;
/** One of the PAD states of shared-memory.ts, or a voice's number. */
export const EVENT_ARGUMENT: i32 = 16;
