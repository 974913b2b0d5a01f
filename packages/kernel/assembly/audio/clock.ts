/** Frames rendered since the start: the frame that the next run renders first. */
let clock: u64 = 0;

/** Sets the frame clock to 0. */
export function resetClock(): void {
	clock = 0;
}

/** Sets the frame clock, for tests of sets longer than 2^32 frames. */
export function setClock(low: u32, high: u32): void {
	clock = ((<u64>high) << 32) | low;
}

/** The next frame to be rendered. */
export function now(): u64 {
	return clock;
}

/** Counts rendered frames. */
export function advanceClock(frames: u32): void {
	clock += frames;
}
