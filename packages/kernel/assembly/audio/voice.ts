import {
	VOICE_ADDRESS,
	VOICE_CHANNELS,
	VOICE_FLAGS,
	VOICE_FRAMES,
	VOICE_LOOPING,
	VOICE_POSITION,
} from "../../../engine/src/protocol/layout";
import { FRAME_BYTES, mixMono, mixMonoShaped, mixStereo, mixStereoShaped } from "./mix";

/**
 * Adds a voice's next frames to an interleaved target and moves the voice on.
 *
 * @param gain - 0 moves the voice without mixing
 * @param shape - address of a further f32 factor for each frame, or 0
 * @returns false when a voice that does not loop has played its last frame
 */
export function mixVoice(voice: usize, target: usize, frames: u32, gain: f32, shape: usize): bool {
	const length = load<u32>(voice, VOICE_FRAMES);
	let position = load<u32>(voice, VOICE_POSITION);
	while (frames > 0) {
		const run = min(frames, length - position);
		if (gain != 0) mixRun(voice, position, target, run, gain, shape);
		position += run;
		frames -= run;
		target += run * FRAME_BYTES;
		if (shape != 0) shape += run * sizeof<f32>();
		if (position == length) {
			if (!(load<u32>(voice, VOICE_FLAGS) & VOICE_LOOPING)) return false;
			position = 0;
		}
	}
	store<u32>(voice, position, VOICE_POSITION);
	return true;
}

/** Mixes frames that lie in a row, from the voice's frame `position` on. */
function mixRun(voice: usize, position: u32, target: usize, frames: u32, gain: f32, shape: usize): void {
	const channels = load<u32>(voice, VOICE_CHANNELS);
	const source: usize = load<u32>(voice, VOICE_ADDRESS) + position * channels * sizeof<f32>();
	if (channels == 2) {
		if (shape != 0) mixStereoShaped(target, source, frames, gain, shape);
		else mixStereo(target, source, frames, gain);
	} else {
		if (shape != 0) mixMonoShaped(target, source, frames, gain, shape);
		else mixMono(target, source, frames, gain);
	}
}
