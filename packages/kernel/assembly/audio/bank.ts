import {
	LOAD_ADDRESS,
	LOAD_CHANNELS,
	LOAD_EDGE_FRAMES,
	LOAD_FRAMES,
	LOAD_HANDLE,
	LOAD_LOOP_FRAMES,
} from "../../../engine/src/protocol/commands";
import {
	BANK,
	BANK_BYTES,
	HANDLE_USES,
	HANDLE_USES_BYTES,
	MAX_HANDLES,
	RETIREMENT_RING,
	RETIREMENT_WRITE,
	SLOT_ADDRESS,
	SLOT_BYTES,
	SLOT_CHANNELS,
	SLOT_EDGE_FRAMES,
	SLOT_FRAMES,
	SLOT_HANDLE,
	SLOT_LOOP_FRAMES,
} from "../../../engine/src/protocol/layout";

let slots: u32 = 0;

/** Empties every slot and forgets all handles, without retiring them. */
export function emptyBank(slotCount: u32): void {
	slots = slotCount;
	memory.fill(BANK, 0, BANK_BYTES);
	memory.fill(HANDLE_USES, 0, HANDLE_USES_BYTES);
}

/** How many slots there are: a slot is valid below it. */
export function slotLimit(): u32 {
	return slots;
}

/** Address of the slot's command; its SLOT_HANDLE is 0 when the slot is empty. */
export function slotAt(slot: u32): usize {
	return BANK + slot * SLOT_BYTES;
}

/** Puts a sample into the slot and lets the one before it go. @param command - a LOAD_SAMPLE that has been checked */
export function fillSlot(slot: u32, command: usize): void {
	const handle = load<u32>(command, LOAD_HANDLE);
	const frames = load<u32>(command, LOAD_FRAMES);
	const edgeFrames = load<u32>(command, LOAD_EDGE_FRAMES);
	// Held before the old one is let go, because both may be the same.
	holdHandle(handle);
	clearSlot(slot);
	const sample = slotAt(slot);
	store<u32>(sample, handle, SLOT_HANDLE);
	store<u32>(sample, load<u32>(command, LOAD_ADDRESS), SLOT_ADDRESS);
	store<u32>(sample, frames, SLOT_FRAMES);
	store<u32>(sample, load<u32>(command, LOAD_CHANNELS), SLOT_CHANNELS);
	store<u32>(sample, edgeFrames, SLOT_EDGE_FRAMES);
	store<f64>(sample, edgeFrames == 0 ? <f64>frames : load<f64>(command, LOAD_LOOP_FRAMES), SLOT_LOOP_FRAMES);
}

/** Empties the slot; its sounding voices keep their own hold on the sample. */
export function clearSlot(slot: u32): void {
	const command = slotAt(slot);
	const handle = load<u32>(command, SLOT_HANDLE);
	if (handle == 0) return;
	store<u32>(command, 0, SLOT_HANDLE);
	releaseHandle(handle);
}

/** Counts one more slot or voice that reads the handle's region. */
export function holdHandle(handle: u32): void {
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
