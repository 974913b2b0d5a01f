/** Voices of `PLAY_SAMPLE`: at once, or at their frame, whatever the pad's mode; those with a number can be stopped and moved alone. */
import {
	COMMAND_SLOT,
	PLAY_FADE_IN,
	PLAY_FLAGS,
	PLAY_GAIN,
	PLAY_LOOPING,
	PLAY_OFFSET,
	PLAY_PAN,
	PLAY_RATE,
	PLAY_VELOCITY,
	PLAY_VOICE,
	VOICE_FADE_FRAMES,
	VOICE_GAIN,
	VOICE_NUMBER,
} from "../../../engine/src/protocol/commands";
import { MAX_LOOP_FRAME, MAX_RATE, MIN_RATE } from "../../../engine/src/protocol/parameters";
import { now } from "./clock";
import { sendVoiceEnded } from "./events";
import { anchorAt } from "./playhead";
import { Voice } from "./voice";
import { endVoice, setOwnGain, startVoice, voiceNumbered } from "./voices";
import { moveWaitingVoice, stopWaitingVoice } from "./waiting-voices";

/** 24 dB; more would only ever clip. */
const MAX_GAIN: f64 = 15.849;

/** Frames of the longest fade. */
const MAX_FADE: u32 = 16_777_216;

/** Starts a voice. @returns false, with nothing changed, when an argument is out of range */
export function playSample(command: usize): bool {
	const velocity = <f32>load<f64>(command, PLAY_VELOCITY);
	const gain = load<f64>(command, PLAY_GAIN) + 1;
	const pan = <f64>load<f32>(command, PLAY_PAN);
	const offset = load<f64>(command, PLAY_OFFSET);
	const rate = rateOf(command);
	// Each is false for NaN.
	if (!isVelocity(velocity) || !isGain(gain) || !(pan >= -1 && pan <= 1)) return false;
	if (!(offset >= 0 && offset <= MAX_LOOP_FRAME) || !(rate >= MIN_RATE && rate <= MAX_RATE)) return false;

	const isLooping = (load<u32>(command, PLAY_FLAGS) & PLAY_LOOPING) != 0;
	const number = load<u32>(command, PLAY_VOICE);
	const at = startVoice(load<u32>(command, COMMAND_SLOT), velocity, isLooping, false);
	if (at == 0) {
		if (number != 0) sendVoiceEnded(number);
		return true;
	}
	const voice = changetype<Voice>(at);
	voice.number = number;
	voice.rate = rate;
	voice.fadeInFrames = min(load<u32>(command, PLAY_FADE_IN), MAX_FADE);
	anchorAt(voice, now(), min(offset * voice.ratio, <f64>voice.frames));
	voice.pan = <f32>pan;
	if (gain != 1 || pan != 0) setOwnGain(voice, gain);
	return true;
}

/** Releases a numbered voice, or stops it before it begins; one that has ended is ignored. A fade that was asked for is always heard. */
export function stopVoice(command: usize): void {
	const number = load<u32>(command, VOICE_NUMBER);
	const at = voiceNumbered(number);
	if (at == 0) return stopWaitingVoice(number);
	const voice = changetype<Voice>(at);
	const frames = load<u32>(command, VOICE_FADE_FRAMES);
	if (frames != 0) voice.releaseFrames = min(frames, MAX_FADE);
	endVoice(voice, frames != 0);
}

/** Moves the gain of a numbered voice. @returns false, with nothing changed, when it is out of range */
export function setVoiceGain(command: usize): bool {
	const gain = load<f64>(command, VOICE_GAIN);
	if (!isGain(gain)) return false;
	const number = load<u32>(command, VOICE_NUMBER);
	const at = voiceNumbered(number);
	if (at != 0) setOwnGain(changetype<Voice>(at), gain);
	else moveWaitingVoice(number, gain - 1);
	return true;
}

/** False for NaN. */
export function isVelocity(velocity: f32): bool {
	return velocity >= 0 && velocity <= 1;
}

function isGain(gain: f64): bool {
	return gain >= 0 && gain <= MAX_GAIN;
}

/** A command that says nothing of it has rate 1. */
function rateOf(command: usize): f64 {
	const rate = load<f64>(command, PLAY_RATE);
	return rate == 0 ? 1 : rate;
}
