/** Silence: the moments from which a performance can be replayed without knowing what came before. */
import {
	AT_FRAME,
	COMMAND_ARGUMENTS,
	COMMAND_FRAME_LOW,
	LOAD_ADDRESS,
	LOAD_CHANNELS,
	LOAD_EDGE_FRAMES,
	LOAD_FRAMES,
	LOAD_HANDLE,
	LOAD_LOOP_FRAMES,
	LOAD_RATIO,
	LOAD_SAMPLE,
	MAX_SLICES,
	PARAMETER_NUMBER,
	PARAMETER_VALUE,
	SET_PARAMETER,
	SET_SLICES,
	SLICES_PER_COMMAND,
	UNLOAD_SAMPLE,
} from "../../../engine/src/protocol/commands";
import { MASTER_PARAMETER, MASTER_PARAMETERS_END, PAD_PARAMETERS } from "../../../engine/src/protocol/parameters";
import { now } from "./clock";
import { beginEntry, hasGap, hasHistory, journalRoom, keepSilence, lostEntryCount, publishEntry } from "./journal";
import { isLimiterAtRest } from "./limiter";
import { isMetronomeBusy } from "./metronome";
import { isAnyPaused } from "./pad-moves";
import { hasQueued } from "./pad-queue";
import { masterParameter, padParameter } from "./parameter-values";
import { hasPending } from "./pending";
import { isReplaying } from "./replay";
import { sampleIn, slotLimit } from "./samples";
import { areSlicesStaged, SLICE_BYTES, sliceArguments, sliceCount } from "./slices";
import { isAnyBusy } from "./strip";

/** Slots that have been restated, since so many entries were lost. */
let restatedSlots: u32 = 0;
let restatedLoss: u32 = 0;

/** Nothing has been restated. */
export function resetSilence(): void {
	restatedSlots = 0;
	restatedLoss = 0;
}

/** Notes in the journal that nothing sounds, moves or waits, once after each change. */
export function noteSilence(): void {
	if (!hasHistory() || !isSilent()) return;
	if (hasGap() && !restate()) return;
	if (journalRoom() > 0) keepSilence();
}

function isSilent(): bool {
	return (
		!isAnyBusy() &&
		isLimiterAtRest() &&
		!hasPending() &&
		!isReplaying() &&
		!hasQueued() &&
		!isAnyPaused() &&
		!areSlicesStaged() &&
		!isMetronomeBusy()
	);
}

/**
 * Writes every slot and parameter, for a reader that has missed entries: slot by slot, as room is found for all of one. What changes
 * meanwhile is in the journal as well.
 *
 * @returns whether all of it is written, and there is room for the silence
 */
function restate(): bool {
	if (restatedLoss != lostEntryCount()) restatedSlots = 0;
	restatedLoss = lostEntryCount();
	for (; restatedSlots < slotLimit(); restatedSlots++) {
		if (journalRoom() < <u32>(1 + PAD_PARAMETERS + MAX_SLICES / SLICES_PER_COMMAND)) return false;
		restateSlot(restatedSlots);
	}
	if (journalRoom() < <u32>(MASTER_PARAMETERS_END - MASTER_PARAMETER + 1)) return false;
	for (let parameter: u32 = MASTER_PARAMETER; parameter < <u32>MASTER_PARAMETERS_END; parameter++) {
		restateParameter(0, parameter, masterParameter(parameter));
	}
	restatedSlots = 0;
	return true;
}

function restateSlot(slot: u32): void {
	restateSample(slot);
	for (let parameter: u32 = 0; parameter < <u32>PAD_PARAMETERS; parameter++) {
		restateParameter(slot, parameter, padParameter(slot, parameter));
	}
	for (let first: u32 = 0; first < sliceCount(slot); first += SLICES_PER_COMMAND) {
		const entry = beginEntry(SET_SLICES | AT_FRAME, slot);
		store<u64>(entry, now(), COMMAND_FRAME_LOW);
		memory.copy(entry + COMMAND_ARGUMENTS, sliceArguments(slot, first), SLICE_BYTES);
		publishEntry();
	}
}

function restateSample(slot: u32): void {
	const sample = sampleIn(slot);
	const entry = beginEntry((sample.handle == 0 ? UNLOAD_SAMPLE : LOAD_SAMPLE) | AT_FRAME, slot);
	store<u64>(entry, now(), COMMAND_FRAME_LOW);
	if (sample.handle != 0) {
		store<u32>(entry, sample.handle, LOAD_HANDLE);
		store<u32>(entry, sample.address, LOAD_ADDRESS);
		store<u32>(entry, sample.frames, LOAD_FRAMES);
		store<u32>(entry, sample.channels, LOAD_CHANNELS);
		store<u32>(entry, sample.edgeFrames, LOAD_EDGE_FRAMES);
		store<f64>(entry, sample.loopFrames, LOAD_LOOP_FRAMES);
		store<f64>(entry, sample.ratio, LOAD_RATIO);
	}
	publishEntry();
}

function restateParameter(slot: u32, parameter: u32, value: f64): void {
	const entry = beginEntry(SET_PARAMETER | AT_FRAME, slot);
	store<u64>(entry, now(), COMMAND_FRAME_LOW);
	store<u32>(entry, parameter, PARAMETER_NUMBER);
	store<f64>(entry, value, PARAMETER_VALUE);
	publishEntry();
}
