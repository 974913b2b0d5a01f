import type { SampleMemory } from "../memory/sample-memory.ts";
import type { DecoderName } from "../protocol/decoder-names.ts";
import type { CacheSettings } from "../protocol/loader-messages.ts";
import type { PcmConnection } from "../threading/threading.ts";

/** What every thread of the pool is started with. */
export interface PoolStart {
	/** Opens a thread's connection for its PCM. */
	readonly connectPcm: () => PcmConnection;
	readonly sampleMemory: SampleMemory;
	readonly loaderModule: WebAssembly.Module;
	readonly engineSampleRate: number;
	readonly preloadDecoders: readonly DecoderName[];
	readonly cache: CacheSettings | null;
}
