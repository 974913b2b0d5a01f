/**
 * The kernel: everything that runs on the audio thread.
 *
 * It owns no memory but its globals; the engine memory is imported, laid out by `layout.ts` and never grown here.
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
} from "../../../engine/src/protocol/layout";
import { emptyBank } from "./bank";
import { resetMasterGain } from "./gain";
import { measureBlock, resetMeter } from "./meter";
import { deinterleave, finishMix } from "./mix";
import { drainRings, resetRings } from "./ring";
import { advanceClock, publishStatus, resetStatus } from "./status";
import { beginMixWithTail, resetTail } from "./tail";
import { mixVoices, resetVoices } from "./voices";

export { setClock } from "./status";

/** Reads the header and forgets every sample, voice and count. Call it once, before the first block. */
export function initialize(): void {
	const fadeFrames = headerWord(HEADER_FADE_FRAMES, MAX_FADE_FRAMES);
	emptyBank(headerWord(HEADER_SLOTS, MAX_SLOTS));
	resetVoices(headerWord(HEADER_VOICES, MAX_VOICES), load<u32>(HEADER, HEADER_OVERFLOW));
	resetTail(fadeFrames);
	resetMasterGain(fadeFrames);
	resetRings();
	resetMeter();
	resetStatus();
}

/**
 * Applies the waiting records and renders the next block into OUTPUT.
 *
 * @param wantedFrames - 1..MAX_BLOCK_FRAMES; of a longer block only that many are rendered
 * @returns 0 once the engine is closed, else 1
 */
export function renderBlock(wantedFrames: u32): i32 {
	const frames = min<u32>(wantedFrames, MAX_BLOCK_FRAMES);
	drainRings();
	beginMixWithTail(frames);
	mixVoices(frames);
	finishMix(frames);
	measureBlock(frames);
	deinterleave(frames);
	advanceClock(frames);
	publishStatus(frames);
	return atomic.load<u32>(HEADER, HEADER_ENGINE_STATE) == ENGINE_CLOSED ? 0 : 1;
}

/** A count from the header, held within 1..maximum. */
function headerWord(offset: usize, maximum: u32): u32 {
	return min(max(load<u32>(<usize>HEADER + offset), 1), maximum);
}
