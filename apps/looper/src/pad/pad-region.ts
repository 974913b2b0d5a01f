import type { SampleInfo } from "flitzis-looper";
import type { PadSettings } from "../instrument/pad-state.ts";

/** What is known of a sample's file. */
type FileFacts = Pick<SampleInfo, "durationSec" | "source">;

/** The part of a sample that a pad plays, as shares of its length. */
export interface RegionShares {
	readonly start: number;
	readonly end: number;
}

/** All of a sample. */
const wholeSample: RegionShares = { start: 0, end: 1 };

/** The part of the sample that a pad plays. */
export function regionShares(settings: PadSettings, { source: { frames } }: FileFacts): RegionShares {
	if (settings.loopRegion === null) return wholeSample;
	const start = Math.min(1, settings.loopRegion.startFrame / frames);
	const end = Math.min(1, settings.loopRegion.endFrame / frames);
	return start < end ? { start, end } : wholeSample;
}

/** Beats per minute at which what a pad plays is as many beats as it is set to; what the file says where that is not set. */
export function padTempo(settings: PadSettings, facts: FileFacts): number | null {
	const { start, end } = regionShares(settings, facts);
	const seconds = facts.durationSec * (end - start);
	if (settings.lengthBeats > 0 && seconds > 0) return (60 * settings.lengthBeats) / seconds;
	return facts.source.metadata.tempo;
}

/** What of a pad's sound its picture and its progress depend on. */
export interface PlayedSound {
	readonly durationSec: number;
	readonly region: RegionShares;
	readonly isReversed: boolean;
}

/** What a pad plays of a sample, and in which direction. */
export function playedSound(settings: PadSettings, facts: FileFacts): PlayedSound {
	const { durationSec } = facts;
	return { durationSec, region: regionShares(settings, facts), isReversed: settings.isReversed };
}

/**
 * How much of its region a pad has played, 0..1.
 *
 * @param position - of the playhead, as a share of the sample
 */
export function playedShare(position: number, { region: { start, end }, isReversed }: PlayedSound): number {
	const share = Math.min(1, Math.max(0, (position - start) / (end - start)));
	return isReversed ? 1 - share : share;
}
