import {
	GUARD_FRAMES,
	VOICE_ADDRESS,
	VOICE_CHANNELS,
	VOICE_EDGE_FRAMES,
	VOICE_FLAGS,
	VOICE_FRAMES,
	VOICE_LOOP_FRAMES,
	VOICE_LOOPING,
	VOICE_POSITION,
	VOICE_ROUND,
} from "../../../engine/src/protocol/layout";
import { headFrames, roundStart, tailFrames } from "../../../engine/src/protocol/seam";
import { FRAME_BYTES, mixMono, mixMonoShaped, mixStereo, mixStereoShaped } from "./mix";

/** The next frames that lie in a row: where the first lies, counted from the sample's frame 0, and the position behind the last. */
let runFrame: u32 = 0;
let runEnd: u32 = 0;

/**
 * Adds a voice's next frames to an interleaved target and moves the voice on.
 *
 * @param gain - 0 moves the voice without mixing
 * @param shape - address of a further f32 factor for each frame, or 0
 * @returns false when a voice that does not loop has played its last frame
 */
export function mixVoice(voice: usize, target: usize, frames: u32, gain: f32, shape: usize): bool {
	const isLooping = (load<u32>(voice, VOICE_FLAGS) & VOICE_LOOPING) != 0;
	const hasEdges = isLooping && load<u32>(voice, VOICE_EDGE_FRAMES) != 0;
	let length = hasEdges ? roundFrames(voice) : load<u32>(voice, VOICE_FRAMES);
	let position = load<u32>(voice, VOICE_POSITION);
	while (frames > 0) {
		runFrame = position;
		runEnd = length;
		if (hasEdges) findRun(voice, position);
		const run = min(frames, runEnd - position);
		if (gain != 0) mixRun(voice, runFrame, target, run, gain, shape);
		position += run;
		frames -= run;
		target += run * FRAME_BYTES;
		if (shape != 0) shape += run * sizeof<f32>();
		if (position == length) {
			if (!isLooping) return false;
			store<f64>(voice, load<f64>(voice, VOICE_ROUND) + 1, VOICE_ROUND);
			if (hasEdges) length = roundFrames(voice);
			position = 0;
		}
	}
	store<u32>(voice, position, VOICE_POSITION);
	return true;
}

/** Frames of the round that a loop is in: those of its sample, or one less or more. */
function roundFrames(voice: usize): u32 {
	const loopFrames = load<f64>(voice, VOICE_LOOP_FRAMES);
	const round = load<f64>(voice, VOICE_ROUND);
	return <u32>(roundStart(loopFrames, round + 1) - roundStart(loopFrames, round));
}

/**
 * Finds the frames that lie in a row from a position of a round on, which is the run until then. The round's ends are read from
 * the edges; only a first round begins as a one-shot does, because before that there is silence.
 */
function findRun(voice: usize, position: u32): void {
	const edgeFrames = load<u32>(voice, VOICE_EDGE_FRAMES);
	const frames = load<u32>(voice, VOICE_FRAMES);
	const head = <u32>headFrames(frames, edgeFrames);
	const tail = frames - <u32>tailFrames(frames, edgeFrames);
	const seam = frames + GUARD_FRAMES;
	if (position >= tail) {
		runFrame = seam + head + position - tail;
	} else if (position < head && load<f64>(voice, VOICE_ROUND) > 0) {
		runFrame = seam + position;
		runEnd = head;
	} else {
		runEnd = tail;
	}
}

/** Mixes frames that lie in a row. @param first - counted from the sample's frame 0 */
function mixRun(voice: usize, first: u32, target: usize, frames: u32, gain: f32, shape: usize): void {
	const channels = load<u32>(voice, VOICE_CHANNELS);
	const source: usize = load<u32>(voice, VOICE_ADDRESS) + first * channels * sizeof<f32>();
	if (channels == 2) {
		if (shape != 0) mixStereoShaped(target, source, frames, gain, shape);
		else mixStereo(target, source, frames, gain);
	} else {
		if (shape != 0) mixMonoShaped(target, source, frames, gain, shape);
		else mixMono(target, source, frames, gain);
	}
}
