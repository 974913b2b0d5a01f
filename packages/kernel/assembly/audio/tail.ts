/**
 * The fade tail: what ended voices still have to sound.
 *
 * An ending voice mixes its whole remainder in at once, so afterwards it holds neither a voice nor a region, however
 * many end together. The buffer is circular; each block takes its frames out and leaves silence behind.
 */
import { MAX_FADE_FRAMES } from "../../../engine/src/protocol/shared-memory";
import { audible, masterGain } from "./gain";
import { FRAME_BYTES } from "./mix";
import { mixVoice, Voice } from "./voice";

const TAIL_FRAMES: u32 = MAX_FADE_FRAMES;
const TAIL = memory.data(MAX_FADE_FRAMES * 8, 16);
/** Factor of each frame of a fade, from 1 down towards 0. */
const FADE_SHAPE = memory.data(MAX_FADE_FRAMES * 4, 16);

let fadeFrames: u32 = 0;
/** Frame of the buffer that sounds next. */
let tailPosition: u32 = 0;
/** Frames from the next one on that may not be silent. */
let soundingFrames: u32 = 0;

/** Silences the tail and sets how long voices fade. */
export function resetTail(frames: u32): void {
	fadeFrames = frames;
	tailPosition = 0;
	soundingFrames = 0;
	memory.fill(TAIL, 0, TAIL_FRAMES * FRAME_BYTES);
	for (let frame: u32 = 0; frame < frames; frame++) {
		store<f32>(FADE_SHAPE + frame * sizeof<f32>(), <f32>(frames - frame) / <f32>frames);
	}
}

/** Whether nothing fades any more. */
export function tailIsSilent(): bool {
	return soundingFrames == 0;
}

/** Mixes the voice's next frames into the tail, fading linearly from full gain to silence. */
export function fadeVoice(voice: Voice): void {
	soundingFrames = fadeFrames;
	const gain = audible(voice.velocity * masterGain());
	const beforeWrap = min(fadeFrames, TAIL_FRAMES - tailPosition);
	const sounds = mixVoice(voice, TAIL + tailPosition * FRAME_BYTES, beforeWrap, gain, FADE_SHAPE);
	if (!sounds) return;
	mixVoice(voice, TAIL, fadeFrames - beforeWrap, gain, FADE_SHAPE + beforeWrap * sizeof<f32>());
}

/** Starts a mix with the tail's next frames. @param target - address in the mix */
export function beginMixWithTail(target: usize, frames: u32): void {
	const beforeWrap = min(frames, TAIL_FRAMES - tailPosition);
	takeTail(target, TAIL + tailPosition * FRAME_BYTES, beforeWrap);
	takeTail(target + beforeWrap * FRAME_BYTES, TAIL, frames - beforeWrap);
	tailPosition = (tailPosition + frames) % TAIL_FRAMES;
	soundingFrames -= min(soundingFrames, frames);
}

function takeTail(target: usize, source: usize, frames: u32): void {
	if (frames == 0) return;
	memory.copy(target, source, frames * FRAME_BYTES);
	memory.fill(source, 0, frames * FRAME_BYTES);
}
