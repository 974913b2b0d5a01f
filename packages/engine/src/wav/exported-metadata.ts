import type { PadParameters } from "../playback/parameter-groups.ts";
import type { SampleInfo } from "../protocol/engine-types.ts";
import type { SampleMetadata } from "../protocol/sample-metadata.ts";

/** What of a pad is written into its sample's file. */
export type ExportedPad = Pick<PadParameters, "loop" | "loopRegion" | "sync" | "lengthBeats">;

/** A number of beats closer to a whole one than this is that one. */
const BEAT_TOLERANCE = 1e-6;

/**
 * The metadata of a sample at the engine's rate, with what its pad makes of it: the loop, and the tempo that follows from how many beats
 * it is. Everything else is what the source file says.
 */
export function exportedMetadata(info: SampleInfo, pad: ExportedPad, sampleRate: number): SampleMetadata {
	const { metadata, ...source } = info.source;
	const frameOf = (frame: number): number =>
		Math.min(Math.round((frame * sampleRate) / source.sampleRate), info.frames);
	const { startFrame = 0, endFrame = source.frames } = pad.loopRegion ?? {};
	const region = { startFrame: frameOf(startFrame), endFrame: frameOf(endFrame) };
	const isEmpty = region.startFrame >= region.endFrame;
	const loop = isEmpty ? { startFrame: 0, endFrame: info.frames } : region;
	const loopFrames = isEmpty ? source.frames : Math.min(endFrame, source.frames) - startFrame;
	const isLoop = pad.loop || pad.loopRegion !== null;
	return {
		...metadata,
		...(pad.sync !== "off" && pad.lengthBeats > 0 && tempoOf(pad.lengthBeats, loopFrames, source)),
		loops: isLoop ? [{ ...loop, type: "forward" }] : [],
		cuePoints: metadata.cuePoints.map(({ frame, label }) => ({ frame: frameOf(frame), label })),
		isOneShot: !pad.loop,
	};
}

function tempoOf(
	lengthBeats: number,
	loopFrames: number,
	source: Pick<SampleInfo["source"], "sampleRate" | "frames">,
): Pick<SampleMetadata, "tempo" | "beats"> {
	const allBeats = (lengthBeats * source.frames) / loopFrames;
	const beats = Math.round(allBeats);
	return {
		tempo: (60 * lengthBeats * source.sampleRate) / loopFrames,
		beats: Math.abs(allBeats - beats) < BEAT_TOLERANCE ? beats : null,
	};
}
