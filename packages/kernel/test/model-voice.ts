import { SEAM_FRAMES } from "../../engine/src/protocol/seam.ts";
import type { PlacedSample, PlacedSeam } from "./kernel-host.ts";

/** A voice that sounds or is being released. */
export interface Voice {
	readonly sample: PlacedSample;
	readonly slot: number;
	readonly velocity: number;
	readonly isLooping: boolean;
	readonly isPressed: boolean;
	readonly startFrame: number;
	/** Frames from its start over which it fades in. */
	readonly fadeInFrames: number;
	position: number;
	/** Rounds played to their end. */
	round: number;
	/** Frames of its release that have sounded, and how many releases began before it; null while it is not released. */
	release: { frames: number; readonly order: number } | null;
}

/** Whether a voice has a frame to come: one that does not loop may be over. */
export function isAudible({ sample, position, isLooping }: Voice): boolean {
	return isLooping || position < sample.frames;
}

/** A voice's next frame, left and right. Behind the last frame of a sample that does not loop there is silence. */
export function frameOf(voice: Voice): readonly [number, number] {
	const { channels, samples, seam } = voice.sample;
	const edge = seam === undefined ? null : edgeFrameOf(voice, seam);
	const [source, frame] = seam === undefined || edge === null ? [samples, voice.position] : [seam.edges, edge];
	return [source[frame * channels] ?? 0, source[frame * channels + channels - 1] ?? 0];
}

/** Which frame of its sample's edges a loop plays next; null when it plays one of the sample's own. */
function edgeFrameOf({ sample, isLooping, position, round }: Voice, { edgeFrames }: PlacedSeam): number | null {
	const head = Math.min(edgeFrames, Math.floor(sample.frames / 2));
	const tail = sample.frames - Math.min(edgeFrames, Math.ceil(sample.frames / 2));
	if (!isLooping) return null;
	if (position >= tail) return SEAM_FRAMES + head + position - tail;
	return round > 0 && position < head ? SEAM_FRAMES + position : null;
}

/** Moves a voice on by one frame. */
export function advance(voice: Voice): void {
	voice.position++;
	if (!voice.isLooping || voice.position < voice.sample.frames) return;
	voice.position = 0;
	voice.round++;
}
