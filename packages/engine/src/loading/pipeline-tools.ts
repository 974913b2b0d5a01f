import type { PcmCache } from "../cache/pcm-cache.ts";
import type { DecoderFiles } from "../decode/decoder.ts";
import type { PlatformAudio } from "../decode/platform/platform-audio.ts";
import type { Resampler } from "../resample/resampler.ts";
import type { Cancellation } from "../source/cancellation.ts";
import type { SourcePlatform } from "../source/source-platform.ts";
import type { PcmCleaner } from "./pcm-cleaner.ts";
import type { PcmTarget } from "./pcm-target.ts";
import type { ProgressReporter } from "./progress-reporter.ts";
import type { RegionSource } from "./region-writer.ts";

/** What the pipeline works with. */
export interface PipelineTools {
	readonly pcm: PcmTarget;
	readonly loaderModule: WebAssembly.Module;
	readonly cleaner: PcmCleaner;
	readonly regions: RegionSource;
	readonly progress: ProgressReporter;
	readonly cancellation: Cancellation;
	readonly sources: SourcePlatform;
	readonly files: DecoderFiles;
	readonly platformAudio: PlatformAudio;
	/** Null when nothing is kept from one run to the next. */
	readonly cache: PcmCache | null;
	/** Asks whether the fingerprint is new; false when a content with it is in memory, or being decoded, so that the hash decides. */
	recognize(fingerprint: string): Promise<boolean>;
	/** Asks whether the content has to be decoded; false when it lies in memory already. */
	identify(contentHash: string, fingerprint: string | null): Promise<boolean>;
	resamplerFor(inputRate: number, outputRate: number, channels: 1 | 2): Resampler;
}
