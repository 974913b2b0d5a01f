/** The sample bank: what each slot holds, and how many slots and voices hold each handle. */
import {
	LOAD_ADDRESS,
	LOAD_CHANNELS,
	LOAD_EDGE_FRAMES,
	LOAD_FRAMES,
	LOAD_HANDLE,
	LOAD_LOOP_FRAMES,
	LOAD_RATIO,
} from "../../../engine/src/protocol/commands";
import { MAX_HANDLES, MAX_SLOTS, RETIREMENT_RING, RETIREMENT_WRITE } from "../../../engine/src/protocol/shared-memory";

/** A sample in its slot, and in every voice that plays it. */
@unmanaged
export class Sample {
	/** Frames of one round, as exact as the recording is long. */
	loopFrames: f64;
	/** Frames per frame of the source file. */
	ratio: f64;
	/** 0 = none; else 1..MAX_HANDLES. */
	handle: u32;
	/** Address of frame 0; guard frames lie before it. */
	address: u32;
	frames: u32;
	channels: u32;
	/** Frames at either end that sound differently when the sample goes round (seam.ts); 0 when none do. */
	edgeFrames: u32;
	unused: u32;
}

const SLOTS = memory.data(MAX_SLOTS * 40, 16);
/** u32 per handle, index handle - 1. */
const HANDLE_USES = memory.data(MAX_HANDLES * 4, 16);

let slots: u32 = 0;

/** Empties every slot and forgets all handles, without retiring them. */
export function emptyBank(slotCount: u32): void {
	if (offsetof<Sample>() != 40) ERROR("SLOTS has another size.");
	slots = slotCount;
	memory.fill(SLOTS, 0, MAX_SLOTS * offsetof<Sample>());
	memory.fill(HANDLE_USES, 0, MAX_HANDLES * sizeof<u32>());
}

/** How many slots there are: a slot is valid below it. */
export function slotLimit(): u32 {
	return slots;
}

/** What the slot holds; its handle is 0 when the slot is empty. */
export function sampleIn(slot: u32): Sample {
	return changetype<Sample>(SLOTS + slot * offsetof<Sample>());
}

/** Puts a sample into the slot and releases the one before it. @param command - a LOAD_SAMPLE that has been checked */
export function fillSlot(slot: u32, command: usize): void {
	const handle = load<u32>(command, LOAD_HANDLE);
	const frames = load<u32>(command, LOAD_FRAMES);
	const edgeFrames = load<u32>(command, LOAD_EDGE_FRAMES);
	// Retained before the old one is released, because both may be the same.
	retainHandle(handle);
	clearSlot(slot);
	const sample = sampleIn(slot);
	sample.handle = handle;
	sample.address = load<u32>(command, LOAD_ADDRESS);
	sample.frames = frames;
	sample.channels = load<u32>(command, LOAD_CHANNELS);
	sample.edgeFrames = edgeFrames;
	sample.ratio = load<f64>(command, LOAD_RATIO);
	sample.loopFrames = edgeFrames == 0 ? <f64>frames : load<f64>(command, LOAD_LOOP_FRAMES);
}

/** Empties the slot; its sounding voices keep their own hold on the sample. */
export function clearSlot(slot: u32): void {
	const sample = sampleIn(slot);
	const handle = sample.handle;
	if (handle == 0) return;
	sample.handle = 0;
	releaseHandle(handle);
}

/** Counts one more slot or voice that reads the handle's region. */
export function retainHandle(handle: u32): void {
	const uses = usesAddress(handle);
	store<u32>(uses, load<u32>(uses) + 1);
}

/** Counts one slot or voice less, and retires the handle with the last of them. */
export function releaseHandle(handle: u32): void {
	const uses = usesAddress(handle);
	const remaining = load<u32>(uses) - 1;
	store<u32>(uses, remaining);
	if (remaining == 0) retireHandle(handle);
}

/** Retires a handle that neither a slot nor a voice has taken; a number that is no handle is ignored. */
export function retireUnused(handle: u32): void {
	if (handle < 1 || handle > <u32>MAX_HANDLES) return;
	if (load<u32>(usesAddress(handle)) == 0) retireHandle(handle);
}

function usesAddress(handle: u32): usize {
	return HANDLE_USES + (handle - 1) * sizeof<u32>();
}

/** Tells the control thread that the region is free. The ring has a place for each handle, so it is never full. */
function retireHandle(handle: u32): void {
	const write = load<u32>(RETIREMENT_WRITE);
	store<u32>(RETIREMENT_RING + (write & (MAX_HANDLES - 1)) * sizeof<u32>(), handle);
	atomic.store<u32>(RETIREMENT_WRITE, write + 1); // publishes the handle above
}
