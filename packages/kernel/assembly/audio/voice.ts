import { headFrames, roundStart, tailFrames } from "../../../engine/src/protocol/seam";
import { GUARD_FRAMES } from "../../../engine/src/protocol/shared-memory";
import { FRAME_BYTES, mixMono, mixMonoShaped, mixStereo, mixStereoShaped } from "./mix";
import { Sample } from "./samples";

/** One sounding instance of a sample. Its handle is 0 once it has ended. */
@unmanaged
export class Voice extends Sample {
	/** Rounds that a loop has played to their end, a whole number. */
	round: f64;
	/** Frame of the sample, or of the round, that the voice plays next. */
	position: u32;
	velocity: f32;
	slot: u32;
	isLooping: bool;
	/** It has sounded in an earlier frame, so ending it needs a fade. */
	hasSounded: bool;
	unused2: u16;
}

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
export function mixVoice(voice: Voice, target: usize, frames: u32, gain: f32, shape: usize): bool {
	const isLooping = voice.isLooping;
	const hasEdges = isLooping && voice.edgeFrames != 0;
	let length = hasEdges ? roundFrames(voice) : voice.frames;
	let position = voice.position;
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
			voice.round++;
			if (hasEdges) length = roundFrames(voice);
			position = 0;
		}
	}
	voice.position = position;
	return true;
}

/** Frames of the round that a loop is in: those of its sample, or one less or more. */
function roundFrames(voice: Voice): u32 {
	const loopFrames = voice.loopFrames;
	const round = voice.round;
	return <u32>(roundStart(loopFrames, round + 1) - roundStart(loopFrames, round));
}

/**
 * Finds the frames that lie in a row from a position of a round on, which is the run until then. The round's ends are read from
 * the edges; only a first round begins as a one-shot does, because before that there is silence.
 */
function findRun(voice: Voice, position: u32): void {
	const edgeFrames = voice.edgeFrames;
	const frames = voice.frames;
	const head = <u32>headFrames(frames, edgeFrames);
	const tail = frames - <u32>tailFrames(frames, edgeFrames);
	const seam = frames + GUARD_FRAMES;
	if (position >= tail) {
		runFrame = seam + head + position - tail;
	} else if (position < head && voice.round > 0) {
		runFrame = seam + position;
		runEnd = head;
	} else {
		runEnd = tail;
	}
}

/** Mixes frames that lie in a row. @param first - counted from the sample's frame 0 */
function mixRun(voice: Voice, first: u32, target: usize, frames: u32, gain: f32, shape: usize): void {
	const channels = voice.channels;
	const source: usize = voice.address + first * channels * sizeof<f32>();
	if (channels == 2) {
		if (shape != 0) mixStereoShaped(target, source, frames, gain, shape);
		else mixStereo(target, source, frames, gain);
	} else {
		if (shape != 0) mixMonoShaped(target, source, frames, gain, shape);
		else mixMono(target, source, frames, gain);
	}
}
