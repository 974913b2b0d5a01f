import {
	PAD_CHOKE_GROUP,
	PAD_LEGATO,
	PAD_LOOP,
	PAD_RETRIGGER,
	TRANSPORT_EXCLUSIVE,
} from "../../../engine/src/protocol/parameters";
import { MAX_SLOTS } from "../../../engine/src/protocol/shared-memory";
import { now } from "./clock";
import { loopOf, startFitted } from "./pad-playhead";
import { masterParameter, padParameter } from "./parameter-values";
import { anchorAt, traversedAt } from "./playhead";
import { nextBusyPad } from "./strip";
import { framesOfSeconds } from "./transport";
import { releaseTime, Voice } from "./voice";
import { padLoopOf, stopVoicesOf } from "./voices";

/** The pads that choke each other: 1..MAX_CHOKE_GROUP, 0 = all, NO_CHOKE = none. */
export const NO_CHOKE: u32 = u32.MAX_VALUE;

/** A late loop fades in over so many seconds. */
const LATE_FADE_SECONDS: f64 = 0.002;

/** By pad: the phase that a launch on this frame takes over, in beats and in output frames; a frame that has passed when there is none. */
const LEGATO = memory.data(MAX_SLOTS * 32, 8);
const LEGATO_BYTES: u32 = 32;

/** Forgets every phase. */
export function resetStartPad(): void {
	memory.fill(LEGATO, 0, MAX_SLOTS * LEGATO_BYTES);
}

/**
 * Starts a pad's loop, or plays its sample once.
 *
 * @param lateFrames - frames ago that it should have started: a loop begins as far in
 */
export function startPad(slot: u32, velocity: f32, lateFrames: u32): void {
	if (padParameter(slot, PAD_RETRIGGER) == 0) stopVoicesOf(slot, true);
	const at = startFitted(slot, velocity, padParameter(slot, PAD_LOOP) != 0);
	if (at == 0) return;
	const voice = changetype<Voice>(at);
	if (!voice.isLooping) return;
	if (takesOver(slot)) {
		takeOver(voice);
	} else if (lateFrames > 0) {
		anchorAt(voice, now(), <f64>lateFrames * voice.rate);
		voice.fadeInFrames = <u32>framesOfSeconds(LATE_FADE_SECONDS);
	}
}

/** Keeps the phase of the loop that a launch of the pad is about to choke. */
function keepPhase(slot: u32, choked: u32): void {
	const at = padLoopOf(choked);
	if (at == 0) return;
	const playing = loopOf(changetype<Voice>(at));
	const traversed = traversedAt(playing, now());
	const phase = LEGATO + slot * LEGATO_BYTES;
	store<f64>(phase, (traversed / playing.length) * playing.beats);
	store<f64>(phase, traversed / playing.rate, 8);
	store<u64>(phase, now() + 1, 16);
}

function takesOver(slot: u32): bool {
	return padParameter(slot, PAD_LEGATO) != 0 && load<u64>(LEGATO + slot * LEGATO_BYTES, 16) == now() + 1;
}

/** Goes on at the phase that was kept, modulo the loop's own length: its beat where both follow the tempo, else the time. */
function takeOver(voice: Voice): void {
	const phase = LEGATO + voice.slot * LEGATO_BYTES;
	const beats = load<f64>(phase);
	const isBeat = beats != 0 && voice.beats != 0;
	const traversed = isBeat ? (beats / voice.beats) * voice.length : load<f64>(phase, 8) * voice.rate;
	anchorAt(voice, now(), traversed);
	if (traversed != 0) voice.fadeInFrames = releaseTime();
}

/** The pads that a pad chokes, and is choked by. */
export function chokeGroup(slot: u32): u32 {
	if (masterParameter(TRANSPORT_EXCLUSIVE) != 0) return 0;
	const group = <u32>padParameter(slot, PAD_CHOKE_GROUP);
	return group == 0 ? NO_CHOKE : group;
}

/** Stops what presses have started on the other pads of the group. Their queued starts stay. */
export function choke(slot: u32): void {
	const group = chokeGroup(slot);
	if (group == NO_CHOKE) return;
	for (let other = nextBusyPad(0); other < <u32>MAX_SLOTS; other = nextBusyPad(other + 1)) {
		if (other == slot || chokeGroup(other) != group) continue;
		keepPhase(slot, other);
		stopVoicesOf(other, true);
	}
}
