/**
 * The status block, written once per block.
 *
 * Its sequence word is odd while the rest changes, so a reader that sees the same even number before and after its
 * reads has one block's state. A processor may let plain stores overtake an atomic store before them, but no atomic
 * load, and an atomic load never overtakes an atomic store: the load after the odd number holds the plain stores back.
 */
import {
	MAX_SLOTS,
	PAD_IDLE,
	PAD_PEAK,
	PAD_PLAYHEAD,
	PAD_QUEUED_BEAT,
	PAD_RATE_HELD,
	PAD_RMS,
	PAD_STATE,
	PAD_VOICES,
	STATUS,
	STATUS_ACTIVE_VOICES,
	STATUS_ANCHOR_BEAT,
	STATUS_ANCHOR_FRAME_LOW,
	STATUS_BEAT,
	STATUS_BLOCK_FRAMES,
	STATUS_CHOKED_LAUNCHES,
	STATUS_CUT_RELEASES,
	STATUS_DROPPED_VOICES,
	STATUS_EVENTS_LOST,
	STATUS_FRAME_HIGH,
	STATUS_FRAME_LOW,
	STATUS_GAIN_REDUCTION,
	STATUS_INVALID_COMMANDS,
	STATUS_LATE_COMMANDS,
	STATUS_PAD_BYTES,
	STATUS_PADS,
	STATUS_PEAK,
	STATUS_RMS,
	STATUS_SEQUENCE,
	STATUS_TEMPO,
	STATUS_TRANSPORT_RUNNING,
} from "../../../engine/src/protocol/shared-memory";
import { invalidCommandCount } from "./apply";
import { now } from "./clock";
import { lostEventCount, sendPadChanged } from "./events";
import { takeGainReduction } from "./limiter";
import { outputLevel, padLevel } from "./meter";
import { isRateHeld } from "./pad-playhead";
import { padState, queuedBeat } from "./pads";
import { HELD, wrappedPlaceAt } from "./playhead";
import { chokedLaunchCount } from "./run-queue";
import { slotLimit } from "./samples";
import { lateCommandCount } from "./schedule";
import { leavePad, nextShownPad, resetShownPads } from "./shown-pads";
import { isBusy, stripOf } from "./strip";
import { beatAt, isTransportRunning, transportAnchor, transportAnchorFrame, transportTempo } from "./transport";
import { Voice } from "./voice";
import { cutReleaseCount, droppedVoiceCount, voiceCount } from "./voices";

/** Sets every pad to idle. */
export function resetStatus(): void {
	resetShownPads();
	memory.fill(STATUS + STATUS_PADS, 0, MAX_SLOTS * STATUS_PAD_BYTES);
}

/** Publishes the state after the block just rendered. */
export function publishStatus(frames: u32): void {
	const sequence = load<u32>(STATUS, STATUS_SEQUENCE);
	atomic.store<u32>(STATUS, sequence + 1, STATUS_SEQUENCE);
	atomic.load<u32>(STATUS, STATUS_SEQUENCE);
	store<u32>(STATUS, <u32>now(), STATUS_FRAME_LOW);
	store<u32>(STATUS, <u32>(now() >> 32), STATUS_FRAME_HIGH);
	store<u32>(STATUS, frames, STATUS_BLOCK_FRAMES);
	store<u32>(STATUS, voiceCount(), STATUS_ACTIVE_VOICES);
	store<u32>(STATUS, droppedVoiceCount(), STATUS_DROPPED_VOICES);
	store<u32>(STATUS, cutReleaseCount(), STATUS_CUT_RELEASES);
	store<u32>(STATUS, lateCommandCount(), STATUS_LATE_COMMANDS);
	store<u32>(STATUS, invalidCommandCount(), STATUS_INVALID_COMMANDS);
	store<f32>(STATUS, outputLevel().peak, STATUS_PEAK);
	store<f32>(STATUS, sqrt<f32>(outputLevel().meanSquare), STATUS_RMS);
	store<f32>(STATUS, takeGainReduction(), STATUS_GAIN_REDUCTION);
	store<u32>(STATUS, chokedLaunchCount(), STATUS_CHOKED_LAUNCHES);
	writeTransport();
	for (let slot = nextShownPad(0); slot < slotLimit(); slot = nextShownPad(slot + 1)) writePad(slot);
	store<u32>(STATUS, lostEventCount(), STATUS_EVENTS_LOST);
	atomic.store<u32>(STATUS, sequence + 2, STATUS_SEQUENCE);
}

function writeTransport(): void {
	store<u32>(STATUS, isTransportRunning() ? 1 : 0, STATUS_TRANSPORT_RUNNING);
	store<f64>(STATUS, beatAt(now()), STATUS_BEAT);
	store<f64>(STATUS, transportTempo(), STATUS_TEMPO);
	store<f64>(STATUS, transportAnchor(), STATUS_ANCHOR_BEAT);
	store<u64>(STATUS, transportAnchorFrame(), STATUS_ANCHOR_FRAME_LOW);
}

function writePad(slot: u32): void {
	const entry: usize = STATUS + STATUS_PADS + slot * STATUS_PAD_BYTES;
	const level = padLevel(slot);
	store<u32>(entry, stripOf(slot).heldVoices, PAD_VOICES);
	const state = padState(slot);
	if (state != (load<u32>(entry, PAD_STATE) & (PAD_RATE_HELD - 1))) sendPadChanged(slot, state);
	store<u32>(entry, isRateHeld(slot) ? state | PAD_RATE_HELD : state, PAD_STATE);
	store<f64>(entry, playheadOf(slot), PAD_PLAYHEAD);
	store<f64>(entry, queuedBeat(slot), PAD_QUEUED_BEAT);
	store<f32>(entry, level.peak, PAD_PEAK);
	store<f32>(entry, sqrt<f32>(level.meanSquare), PAD_RMS);
	const isAtRest = state == PAD_IDLE && !isBusy(slot) && level.peak == 0 && level.meanSquare == 0;
	if (isAtRest) leavePad(slot);
}

/** The frame that the newest of the pad's voices plays next. */
function playheadOf(slot: u32): f64 {
	for (let at = stripOf(slot).lastVoice; at != 0; ) {
		const voice = changetype<Voice>(at);
		if (voice.released == HELD) return wrappedPlaceAt(voice, now());
		at = voice.previous;
	}
	return 0;
}
