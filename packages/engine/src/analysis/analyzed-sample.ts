import type { PublishedSample } from "../playback/sample-publisher.ts";
import type { PlacedRecording, StatedMusic } from "../protocol/analysis-messages.ts";
import { GUARD_FRAMES } from "../protocol/shared-memory.ts";
import type { RunningEngine } from "../running-engine.ts";
import type { NamedRecording } from "./with-name.ts";

const SAMPLE_BYTES = 4;

/** A sample that is to be analysed. */
export interface AnalyzedSample {
	/** Names the frames, and what their file says, in ASCII: the same have the same analysis. */
	readonly key: string;
	/** First byte of its region, which is held until the end. */
	readonly regionAddress: number;
	readonly recording: PlacedRecording;
	readonly stated: StatedMusic;
	/** What does not depend on the frames. */
	readonly named: NamedRecording;
}

/** What an analysis needs to know of a published sample. */
export function analyzedSample(
	{ command, info }: PublishedSample,
	{ publisher, device }: Pick<RunningEngine, "publisher" | "device">,
): AnalyzedSample {
	const { address, frames, channels, handle } = command;
	const { contentHash = "", pcmChecksum = "" } = publisher.sampleOf(handle) ?? {};
	const { sampleRate } = device;
	const { isOneShot, key = null, ...metadata } = info.source.metadata;
	// Files give single sounds a tempo, too; it is not theirs.
	const { tempo, beats } = isOneShot === true ? { tempo: null, beats: null } : metadata;
	return {
		key: `${contentHash} ${pcmChecksum} ${frames} ${sampleRate} ${tempo} ${beats}`,
		regionAddress: address - GUARD_FRAMES * channels * SAMPLE_BYTES,
		recording: { address, frames, channels: channels === 2 ? 2 : 1, sampleRate, peak: info.peak },
		stated: { bpm: tempo, beats },
		named: { name: info.source.name, durationSec: info.durationSec, statedKey: key },
	};
}
