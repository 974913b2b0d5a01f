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
	HEADER_SAMPLE_RATE,
	HEADER_SLOTS,
	HEADER_VOICES,
	MAX_BLOCK_FRAMES,
	MAX_FADE_FRAMES,
	MAX_SLOTS,
	MAX_VOICES,
	OUTPUT,
} from "../../../engine/src/protocol/shared-memory";
import { resetCommands } from "./apply";
import { captureInput, finishCaptures, resetCaptures } from "./capture";
import { advanceClock, resetClock } from "./clock";
import { setCrossovers } from "./crossover";
import { writeCue } from "./cue";
import { resetEvents } from "./events";
import { fillInterpolationTables } from "./interpolation-tables";
import { resetJournal } from "./journal";
import { resetLimiter } from "./limiter";
import { resetMaster } from "./master";
import { measureOutput, movePadMeters, resetMeters, startMetering } from "./meter";
import { resetMetronome } from "./metronome";
import { deinterleave, FRAME_BYTES, finishMix, MIX } from "./mix";
import { renderRun } from "./mixer";
import { resetPadMoves } from "./pad-moves";
import { resetPadPlayheads } from "./pad-playhead";
import { resetQueue } from "./pad-queue";
import { resetParameters } from "./parameter-values";
import { setRampTime } from "./ramp";
import { renewReplayBudget, resetReplay } from "./replay";
import { drainRings, resetRings, takeCommands } from "./ring";
import { resetQueueRuns, runQueue } from "./run-queue";
import { emptyBank } from "./samples";
import { applyDueCommands, framesUntilDue, resetTimed } from "./schedule";
import { noteSilence, resetSilence } from "./silence";
import { resetSlices } from "./slices";
import { resetSlicing } from "./slicing";
import { resetStartPad } from "./start-pad";
import { publishStatus, resetStatus } from "./status";
import { resetStrips } from "./strip";
import { resetStripGains } from "./strip-gain";
import { resetTransport } from "./transport";
import { setReleaseTime } from "./voice";
import { resetVoices } from "./voices";

export { setClock } from "./clock";

/** Ramps of gains take 10 ms. */
const RAMPS_PER_SECOND: u32 = 100;

/** One past the last byte of the static data, for the test that holds it to its place. */
export function staticDataEnd(): usize {
	return __heap_base;
}

/** Reads the header and forgets every sample, voice, waiting command and count. Call it once, before the first block. */
export function initialize(): void {
	emptyBank(headerWord(HEADER_SLOTS, MAX_SLOTS));
	setReleaseTime(headerWord(HEADER_FADE_FRAMES, MAX_FADE_FRAMES));
	const sampleRate = max<u32>(load<u32>(HEADER, HEADER_SAMPLE_RATE), 1);
	setRampTime(max(sampleRate / RAMPS_PER_SECOND, 1));
	setCrossovers(sampleRate);
	resetStrips(sampleRate);
	resetStripGains();
	resetMaster();
	resetLimiter(sampleRate);
	resetParameters();
	resetPadPlayheads();
	resetPadMoves();
	resetSlices();
	resetSlicing(sampleRate);
	resetStartPad();
	fillInterpolationTables();
	resetTransport();
	resetMetronome();
	resetQueue();
	resetQueueRuns();
	resetVoices(headerWord(HEADER_VOICES, MAX_VOICES), load<u32>(HEADER, HEADER_OVERFLOW));
	resetCommands();
	resetTimed();
	resetRings();
	resetReplay();
	resetJournal();
	resetSilence();
	resetCaptures();
	resetMeters();
	resetEvents();
	resetStatus();
	resetClock();
}

/**
 * Applies the waiting commands and renders the next block into OUTPUT, in runs from one due command or queued action to the next.
 *
 * @param wantedFrames - 0..MAX_BLOCK_FRAMES; of a longer block only that many are rendered, 0 only applies commands
 * @returns 0 once the engine is closed, else 1
 */
export function renderBlock(wantedFrames: u32): i32 {
	const frames = min<u32>(wantedFrames, MAX_BLOCK_FRAMES);
	renewReplayBudget();
	startMetering();
	// What waited for this frame arrived before what the rings hold now.
	applyDueCommands();
	drainRings();
	// What is due behind the last frame belongs to the next block.
	for (let rendered: u32 = 0; rendered < frames; ) {
		applyDueCommands();
		runQueue();
		const run = framesUntilDue(frames - rendered);
		renderRun(MIX + rendered * FRAME_BYTES, rendered, run);
		captureInput(rendered, run);
		finishCaptures(run);
		advanceClock(run);
		rendered += run;
	}
	finishMix(frames);
	measureOutput(MIX, frames);
	movePadMeters(frames);
	deinterleave(MIX, OUTPUT, frames);
	writeCue(frames);
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

/** A count from the header, held within 1..maximum. */
function headerWord(offset: usize, maximum: u32): u32 {
	return min(max(load<u32>(<usize>HEADER + offset), 1), maximum);
}
