/** The cue bus: what pads with a cue switch send, behind their equalizers and whatever their gain is. */
import { MAX_BLOCK_FRAMES, OUTPUT_CHANNEL_BYTES, OUTPUT_CUE } from "../../../engine/src/protocol/shared-memory";
import { addBus, applyGain } from "./bus";
import { deinterleave, FRAME_BYTES } from "./mix";
import { Ramp } from "./ramp";

const BUS = memory.data(MAX_BLOCK_FRAMES * 8, 16);
/** What one pad sends. */
const SENT = memory.data(MAX_BLOCK_FRAMES * 8, 16);
/** Whether a pad has sent something in this block, and whether one had in the block before. */
let isUsed: bool = false;
let wasUsed: bool = true;

/** Adds frames of a pad's bus, times its cue gain. @param first - the first of them, counted from the block's */
export function sendToCue(bus: usize, first: u32, frames: u32, gain: Ramp): void {
	if (!isUsed) memory.fill(BUS, 0, MAX_BLOCK_FRAMES * FRAME_BYTES);
	isUsed = true;
	memory.copy(SENT, bus, frames * FRAME_BYTES);
	applyGain(SENT, frames, gain);
	addBus(BUS + first * FRAME_BYTES, SENT, frames);
}

/** Where the bus has a frame of the block; 0 while it is silent. */
export function cueBus(frame: u32): usize {
	return isUsed ? BUS + frame * FRAME_BYTES : 0;
}

/** Writes the block to the planar output. */
export function writeCue(frames: u32): void {
	if (isUsed) deinterleave(BUS, OUTPUT_CUE, frames);
	else if (wasUsed) memory.fill(OUTPUT_CUE, 0, 2 * OUTPUT_CHANNEL_BYTES);
	wasUsed = isUsed;
	isUsed = false;
}
