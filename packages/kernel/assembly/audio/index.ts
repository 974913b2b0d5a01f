/**
 * The kernel: everything that runs on the audio thread.
 *
 * The engine memory is imported and never grown here. What threads share is laid out by `shared-memory.ts`; the kernel's own
 * state lies behind it, as static data beside the code that uses it.
 */
import {
	ENGINE_CLOSED,
	HEADER,
	HEADER_ENGINE_STATE,
	HEADER_FADE_FRAMES,
	HEADER_OVERFLOW,
	HEADER_SLOTS,
	HEADER_VOICES,
	MAX_BLOCK_FRAMES,
	MAX_FADE_FRAMES,
	MAX_SLOTS,
	MAX_VOICES,
} from "../../../engine/src/protocol/shared-memory";
import { resetCommands } from "./apply";
import { advanceClock, resetClock } from "./clock";
import { resetMasterGain } from "./gain";
import { resetJournal } from "./journal";
import { measureBlock, resetMeter } from "./meter";
import { deinterleave, FRAME_BYTES, finishMix, MIX } from "./mix";
import { renewReplayBudget, resetReplay } from "./replay";
import { drainRings, resetRings, takeCommands } from "./ring";
import { emptyBank } from "./samples";
import { applyDueCommands, framesUntilDue, resetTimed } from "./schedule";
import { noteSilence } from "./silence";
import { publishStatus } from "./status";
import { beginMixWithTail, resetTail } from "./tail";
import { mixVoices, resetVoices } from "./voices";

export { setClock } from "./clock";

/** One past the last byte of the static data, for the test that holds it to its place. */
export function staticDataEnd(): usize {
	return __heap_base;
}

/** Reads the header and forgets every sample, voice, waiting command and count. Call it once, before the first block. */
export function initialize(): void {
	const fadeFrames = headerWord(HEADER_FADE_FRAMES, MAX_FADE_FRAMES);
	emptyBank(headerWord(HEADER_SLOTS, MAX_SLOTS));
	resetVoices(headerWord(HEADER_VOICES, MAX_VOICES), load<u32>(HEADER, HEADER_OVERFLOW));
	resetTail(fadeFrames);
	resetMasterGain(fadeFrames);
	resetCommands();
	resetTimed();
	resetRings();
	resetReplay();
	resetJournal();
	resetMeter();
	resetClock();
}

/**
 * Applies the waiting commands and renders the next block into OUTPUT, in runs from one due command to the next.
 *
 * @param wantedFrames - 0..MAX_BLOCK_FRAMES; of a longer block only that many are rendered, 0 only applies commands
 * @returns 0 once the engine is closed, else 1
 */
export function renderBlock(wantedFrames: u32): i32 {
	const frames = min<u32>(wantedFrames, MAX_BLOCK_FRAMES);
	renewReplayBudget();
	// What waited for this frame arrived before what the rings hold now.
	applyDueCommands();
	drainRings();
	for (let rendered: u32 = 0; rendered < frames; ) {
		const run = framesUntilDue(frames - rendered);
		renderRun(MIX + rendered * FRAME_BYTES, run);
		rendered += run;
		// What is due behind the last frame belongs to the next block.
		if (rendered < frames) applyDueCommands();
	}
	finishMix(frames);
	measureBlock(frames);
	deinterleave(frames);
	noteSilence();
	publishStatus(frames);
	return atomic.load<u32>(HEADER, HEADER_ENGINE_STATE) == ENGINE_CLOSED ? 0 : 1;
}

/**
 * Applies waiting commands at the next frame, as the start of the next block would: renders nothing, and neither the clock nor the
 * status block moves. For an engine without a device, whose control thread runs the kernel.
 *
 * @returns how many commands were read from the rings, MAX_COMMANDS_PER_BLOCK at most
 */
export function applyCommands(): u32 {
	renewReplayBudget();
	applyDueCommands();
	return takeCommands();
}

function renderRun(target: usize, frames: u32): void {
	beginMixWithTail(target, frames);
	mixVoices(target, frames);
	advanceClock(frames);
}

/** A count from the header, held within 1..maximum. */
function headerWord(offset: usize, maximum: u32): u32 {
	return min(max(load<u32>(<usize>HEADER + offset), 1), maximum);
}
