/**
 * Memory map of one FLAC decoder instance: byte offsets from the module's `heapStart`, rounded up to 16.
 *
 * Compiled by both `tsc` and `asc`, so that the decoder and its inner loops share one definition.
 */

export const MAX_BLOCK_FRAMES: i32 = 65_536;
export const WINDOW_BYTES: i32 = 1_048_576;
/** Longest frame header: sync to CRC-8. */
export const MAX_HEADER_BYTES: i32 = 16;

/** The last header found. Little-endian 32-bit words, the coded number as a 64-bit float. */
const HEADER: i32 = 0;
/** Frame number in a fixed-size stream, number of the first sample in a variable-size one. */
export const HEADER_NUMBER: i32 = HEADER;
export const HEADER_IS_VARIABLE: i32 = HEADER + 8;
export const HEADER_BLOCK_FRAMES: i32 = HEADER + 12;
/** 0: defined in STREAMINFO. */
export const HEADER_SAMPLE_RATE: i32 = HEADER + 16;
/** Channels 1..8. */
export const HEADER_CHANNELS: i32 = HEADER + 20;
/** One of the STEREO constants. */
export const HEADER_STEREO: i32 = HEADER + 24;
/** 0: defined in STREAMINFO. */
export const HEADER_BITS: i32 = HEADER + 28;
/** Bytes from the sync code to the CRC-8. */
export const HEADER_LENGTH: i32 = HEADER + 32;

export const STEREO_INDEPENDENT: i32 = 0;
export const STEREO_LEFT_SIDE: i32 = 8;
export const STEREO_SIDE_RIGHT: i32 = 9;
export const STEREO_MID_SIDE: i32 = 10;

/** Predictor coefficients of the current subframe, 32 words. */
export const COEFFICIENTS: i32 = HEADER + 64;
/** 256 bytes. */
export const CRC8_TABLE: i32 = COEFFICIENTS + 128;
/** Eight tables of 256 32-bit words: entry t, b is the CRC-16 of byte b followed by t zero bytes. */
export const CRC16_TABLES: i32 = CRC8_TABLE + 256;

/** Integer samples of each channel; unrolled loops read up to 32 words before and write up to 4 after a block. */
const CHANNEL_MARGIN_BYTES: i32 = 128;
const CHANNEL_BYTES: i32 = MAX_BLOCK_FRAMES * 4;
export const CHANNEL_0: i32 = CRC16_TABLES + 8 * 256 * 4 + CHANNEL_MARGIN_BYTES;
export const CHANNEL_1: i32 = CHANNEL_0 + CHANNEL_BYTES + CHANNEL_MARGIN_BYTES;
/** 64-bit samples of a side channel of 33 bits. */
export const WIDE_CHANNEL: i32 = CHANNEL_1 + CHANNEL_BYTES + CHANNEL_MARGIN_BYTES;
/** Interleaved floats, two channels of the longest block. */
export const OUTPUT: i32 = WIDE_CHANNEL + MAX_BLOCK_FRAMES * 8;
const OUTPUT_MARGIN_BYTES: i32 = 128;
/** The current window of the file; reads may run up to 4 KiB past its end before they are detected. */
export const WINDOW: i32 = OUTPUT + MAX_BLOCK_FRAMES * 8 + OUTPUT_MARGIN_BYTES;
const WINDOW_MARGIN_BYTES: i32 = 4096;
export const LAYOUT_BYTES: i32 = WINDOW + WINDOW_BYTES + WINDOW_MARGIN_BYTES;
