/**
 * Voices that go straight onto a bus, four at a time: the same sums in the same order, with one load and one store of the bus for
 * four samples, and with four streams of memory on their way at once (benchmarks/tasks/kernel-mix.mjs).
 */
import { isMetering, measureSource } from "./meter";
import { mixFourStereo, mixStereo } from "./mix";

/** Addresses of the waiting sources, and the gain of each. */
const SOURCES = memory.data(4 * 4, 16);
const GAINS = memory.data(4 * 4, 16);
/** The pad of each. */
const SLOTS = memory.data(4 * 4, 16);
let count: u32 = 0;

/** Adds a pad's stereo source to the batch, and mixes the batch when it is full. */
export function addToBatch(slot: u32, bus: usize, source: usize, frames: u32, gain: f32): void {
	if (gain == 0) return;
	store<u32>(SLOTS + count * sizeof<u32>(), slot);
	store<usize>(SOURCES + count * sizeof<usize>(), source);
	store<f32>(GAINS + count * sizeof<f32>(), gain);
	if (++count == 4) flushBatch(bus, frames);
}

/** Mixes what waits: before anything else is added to the bus, and at the end of the run. */
export function flushBatch(bus: usize, frames: u32): void {
	if (count == 4) {
		mixFourStereo(bus, SOURCES, GAINS, frames);
	} else {
		for (let index: u32 = 0; index < count; index++) {
			const source = load<usize>(SOURCES + index * sizeof<usize>());
			mixStereo(bus, source, frames, load<f32>(GAINS + index * sizeof<f32>()));
		}
	}
	if (isMetering()) measureBatch(frames);
	count = 0;
}

/** Behind the mix, when the samples are near. */
function measureBatch(frames: u32): void {
	for (let index: u32 = 0; index < count; index++) {
		const slot = load<u32>(SLOTS + index * sizeof<u32>());
		const source = load<usize>(SOURCES + index * sizeof<usize>());
		measureSource(slot, source, frames, load<f32>(GAINS + index * sizeof<f32>()));
	}
}
