/** Numbered voices that wait for their frame or line: they can be stopped and moved before they begin. */
import {
	AT_FRAME,
	AT_LINE,
	COMMAND_TYPE,
	PLAY_GAIN,
	PLAY_SAMPLE,
	PLAY_VOICE,
	VOICE_PLACES,
} from "../../../engine/src/protocol/commands";
import { sendVoiceEnded } from "./events";

/** Of a waiting voice. */
@unmanaged
class Waiting {
	/** 0 when there is none. */
	number: u32;
	isStopped: bool;
	isMoved: bool;
	unused: u16;
	/** Its gain less 1, once it has been moved. */
	gain: f64;
}

/** Indexed by the voice's number modulo VOICE_PLACES. The control thread skips numbers whose entry is in use. */
const WAITING = memory.data(VOICE_PLACES * 16, 8);

/** No voice waits. */
export function resetWaitingVoices(): void {
	memory.fill(WAITING, 0, VOICE_PLACES * offsetof<Waiting>());
}

/** Remembers the voice of a command that waits. */
export function addWaitingVoice(command: usize): void {
	const number = numberIn(command);
	if (number == 0) return;
	const waiting = placeOf(number);
	waiting.number = number;
	waiting.isStopped = false;
	waiting.isMoved = false;
}

/** Stops a waiting voice, which ends with that. */
export function stopWaitingVoice(number: u32): void {
	const waiting = placeOf(number);
	if (number == 0 || waiting.number != number || waiting.isStopped) return;
	waiting.isStopped = true;
	sendVoiceEnded(number);
}

/** Sets the gain that a waiting voice begins with. @param gain - less 1, as the command has it */
export function moveWaitingVoice(number: u32, gain: f64): void {
	const waiting = placeOf(number);
	if (waiting.number != number) return;
	waiting.isMoved = true;
	waiting.gain = gain;
}

/** Gives a command whose moment has come the gain that was set meanwhile. @returns false when its voice was stopped */
export function takeWaitingVoice(command: usize): bool {
	const number = numberIn(command);
	const waiting = placeOf(number);
	if (number == 0 || waiting.number != number) return true;
	waiting.number = 0;
	if (waiting.isMoved) store<f64>(command, waiting.gain, PLAY_GAIN);
	return !waiting.isStopped;
}

/** Ends the voice of a command that will never be applied. */
export function dropWaitingVoice(command: usize): void {
	const number = numberIn(command);
	if (number != 0 && takeWaitingVoice(command)) sendVoiceEnded(number);
}

function numberIn(command: usize): u32 {
	const type = load<u32>(command, COMMAND_TYPE) & ~(<u32>(AT_FRAME | AT_LINE));
	return type == <u32>PLAY_SAMPLE ? load<u32>(command, PLAY_VOICE) : 0;
}

function placeOf(number: u32): Waiting {
	return changetype<Waiting>(WAITING + (number & <u32>(VOICE_PLACES - 1)) * offsetof<Waiting>());
}
