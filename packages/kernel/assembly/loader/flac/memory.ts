import * as layout from "../../../../engine/src/decode/flac/frame-layout";

/** Start of the decoder's memory; the offsets of the layout are relative to it. */
export const BASE: usize = (__heap_base + 15) & ~15;

export const COEFFICIENTS: usize = BASE + layout.COEFFICIENTS;
export const CRC8_TABLE: usize = BASE + layout.CRC8_TABLE;
export const CRC16_TABLES: usize = BASE + layout.CRC16_TABLES;
export const CHANNEL_0: usize = BASE + layout.CHANNEL_0;
export const CHANNEL_1: usize = BASE + layout.CHANNEL_1;
export const WIDE_CHANNEL: usize = BASE + layout.WIDE_CHANNEL;
