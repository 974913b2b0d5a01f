/**
 * The event ring: what the audio thread says beside what it is told. Single producer, single consumer. An event that finds no room
 * is counted and not written, because the audio thread never waits.
 */
import {
	EVENT_ARGUMENT,
	EVENT_FRAME_LOW,
	EVENT_SLOT,
	EVENT_TYPE,
	PAD_CHANGED,
	VOICE_ENDED,
} from "../../../engine/src/protocol/kernel-events";
import { EVENT_BYTES, EVENT_READ, EVENT_RING, EVENT_WRITE, EVENTS } from "../../../engine/src/protocol/shared-memory";
import { now } from "./clock";

let write: u32 = 0;
let lost: u32 = 0;

/** Goes on at the position where the ring stands, with nothing lost. */
export function resetEvents(): void {
	write = load<u32>(EVENT_WRITE);
	lost = 0;
}

/** Events that found the ring full. */
export function lostEventCount(): u32 {
	return lost;
}

/** Says that a pad has another state. */
export function sendPadChanged(slot: u32, state: u32): void {
	sendEvent(PAD_CHANGED, slot, state);
}

/** Says that a numbered voice has ended, or never began. */
export function sendVoiceEnded(number: u32): void {
	sendEvent(VOICE_ENDED, 0, number);
}

function sendEvent(type: u32, slot: u32, argument: u32): void {
	if (write - atomic.load<u32>(EVENT_READ) >= <u32>EVENTS) {
		lost++;
		return;
	}
	const event: usize = EVENT_RING + (write & (EVENTS - 1)) * EVENT_BYTES;
	store<u32>(event, type, EVENT_TYPE);
	store<u32>(event, slot, EVENT_SLOT);
	store<u64>(event, now(), EVENT_FRAME_LOW);
	store<u32>(event, argument, EVENT_ARGUMENT);
	atomic.store<u32>(EVENT_WRITE, ++write); // publishes the event above
}
