import type { TempoRange } from "./analysis-messages.ts";
import type { DecoderName } from "./decoder-names.ts";
import type { LoaderProgressEvent } from "./loader-events.ts";
import type { OwnedFloats, PlatformAbortSignal, PlatformAudioContext, PlatformUrl } from "./platform-types.ts";
import type { SampleAnalyzer } from "./sample-analyzer.ts";
import type { SampleMetadata } from "./sample-metadata.ts";

/** What happens when a voice is wanted and all are sounding. */
export type VoiceOverflow = "replace-oldest" | "drop-newest";

/**
 * Life of an engine: "idle" until `run`, "suspended" until the platform allows sound, "interrupted" while the platform
 * has taken the loudspeaker away.
 */
export type EngineState = "idle" | "suspended" | "interrupted" | "running" | "closed";

/** Where files that run on other threads are found; each defaults to the one beside this package's entry. */
export interface EngineAssets {
	/** `kernel.wasm`: the audio thread's code. */
	readonly kernel?: string | PlatformUrl;
	/** `kernel-unshared.wasm`: the same code, for message threading. */
	readonly kernelUnshared?: string | PlatformUrl;
	/** `loader.wasm`: the loader threads' inner loops. */
	readonly loaderKernel?: string | PlatformUrl;
	/** Script of a loader thread. */
	readonly loaderThread?: string | PlatformUrl;
	/** Script of the recording thread. */
	readonly recordingThread?: string | PlatformUrl;
	/** Script of the analysis thread. */
	readonly analysisThread?: string | PlatformUrl;
	/** Script of the audio worklet. */
	readonly worklet?: string | PlatformUrl;
	/** `lossless-formats.js`: FLAC, AIFF and CAF, which loader threads import when a file asks for them. */
	readonly losslessFormats?: string | PlatformUrl;
	/** `compressed-formats.js`: MP3, MP4, Ogg Vorbis and the like, which loader threads import when a file asks for them. */
	readonly compressedFormats?: string | PlatformUrl;
	/** `decoder-mp3.js`, `decoder-vorbis.js` and `decoder-opus.js`, which loader threads import when a file asks for them. */
	readonly decoders?: Partial<Readonly<Record<DecoderName, string | PlatformUrl>>>;
	/** The folder of all of these files under their own names, for those that are not given. */
	readonly base?: string | PlatformUrl;
}

/** How decoded samples are kept. */
export interface CacheOptions {
	/** Node only. Default: `flitzis-looper` in the user's directory for caches. */
	readonly directory?: string;
	/** Bytes that they may take, 1 or more; least recently used samples are evicted first. Default 2 GiB. */
	readonly maxBytes?: number;
}

/** How an engine is made. */
export interface AudioEngineOptions {
	/** Slots of the sample bank, 1..256. Default 32. */
	readonly sampleSlots?: number;
	/** Voices that can sound at once, 1..256. Default 32. */
	readonly voices?: number;
	/** Default "replace-oldest". */
	readonly voiceOverflow?: VoiceOverflow;
	/** Loader threads, 1..16. Default: processor cores - 1, within 1..6, or 2..6 with output "offline". */
	readonly loaderThreads?: number;
	/** Starts all loader threads in `run` instead of each when it is first needed: the first samples arrive earlier. Default false. */
	readonly startLoaderThreads?: boolean;
	/**
	 * When samples are analysed: "always", after every load that has events, which tell of it, or "onDemand", by `pad.analyze`.
	 * Default "onDemand".
	 */
	readonly analysis?: "always" | "onDemand";
	/** Beats per minute among which analyses prefer tempos, 40..240, `to` being at least twice `from`, within a fiftieth. Default 88 to 175. */
	readonly tempoRange?: TempoRange;
	/** An analyzer of the application's own, which is asked after the built-in one. Default none. */
	readonly analyzer?: SampleAnalyzer;
	/**
	 * Bytes of PCM that all samples together may take, up to 3 GiB. Default 1 GiB. What arrives from a server or a pipe is
	 * read up to four times that, or 16 MiB if that is more.
	 */
	readonly memoryBudget?: number;
	/** "offline" has no device: the caller pulls blocks with `renderOffline`. Default "device". */
	readonly output?: "device" | "offline";
	/** A context to play in, instead of one of the engine's own. It is never closed by the engine. */
	readonly audioContext?: PlatformAudioContext;
	/**
	 * Plays the cue bus on outputs 3 and 4 where the device has four or more; a context of the caller's gets a node of four channels.
	 * Default false.
	 */
	readonly cueOutput?: boolean;
	/**
	 * Id of the device to play on, as `enumerateDevices` tells it; "" is the platform's default. Where it is not there, or the platform
	 * lets nobody choose, the default plays, and `engine.outputDevice` tells so. Default "".
	 */
	readonly outputDevice?: string;
	/** Frames per second, 8,000..192,000: of the offline output (default 48,000) or asked of the device. */
	readonly sampleRate?: number;
	/** Frames per block of the offline output, 1..2,048. Default 128. */
	readonly blockFrames?: number;
	/**
	 * Seconds over which stopped, stolen and unloaded voices fade out, 0.0005..1.024, at most 8,192 frames. Starts never fade; gains
	 * move over 10 ms, whatever this is. Default 0.005.
	 */
	readonly fadeSeconds?: number;
	/** As in Web Audio. Default "interactive". */
	readonly latencyHint?: "interactive" | "balanced" | "playback" | number;
	/**
	 * Keeps decoded samples, and what analyses have detected, from one run to the next: in the origin's private file system in browsers, in
	 * a directory in Node. Default false.
	 */
	readonly cache?: boolean | CacheOptions;
	/**
	 * Decoders that loader threads import when they start, with the engine's compressed formats, instead of with the first file that asks
	 * for them. Default none.
	 */
	readonly preloadDecoders?: readonly DecoderName[];
	/** Seconds of the master that are kept to be saved after the fact with `recording.keepLast`, 0..600. Default 0. */
	readonly skipBackSeconds?: number;
	/**
	 * How threads exchange samples and commands: over memory that they share, or over message ports. "auto" shares where the
	 * platform allows it: browsers ask for a cross-origin isolated page. Default "auto".
	 */
	readonly threading?: "auto" | "shared" | "messages";
	readonly assets?: EngineAssets;
}

/** What `renderOffline` renders. */
export interface RenderOptions<Cue extends boolean> {
	/** The cue bus as well. Default false. */
	readonly cue?: Cue;
}

/** Left and right, and those of the cue bus. */
export type Rendered<Cue extends boolean> = Cue extends true
	? [OwnedFloats, OwnedFloats, OwnedFloats, OwnedFloats]
	: [OwnedFloats, OwnedFloats];

/** How one sample is loaded. */
export interface LoadOptions {
	/** "high" goes before every waiting "normal" request. Default "normal". */
	readonly priority?: "normal" | "high";
	/** Ends the request in `cancelled`. */
	readonly signal?: PlatformAbortSignal;
	/** Damage is an error instead of a warning. Default false. */
	readonly strict?: boolean;
	/** Takes bytes and raw PCM over instead of copying them; their buffers are detached. Default false. */
	readonly transfer?: boolean;
	/** Removes encoder delay and padding, so that loops are gapless. Default true. */
	readonly trimEncoderDelay?: boolean;
}

/** How one sample is loaded when a promise answers instead of events. */
export interface AwaitedLoadOptions extends LoadOptions {
	/** Called with each report of progress, of the same values as the events. */
	readonly onProgress?: (progress: Pick<LoaderProgressEvent, "percent" | "stage">) => void;
}

/** When something takes effect; without either field in the next block. */
export interface TimingOptions {
	/** The frame of the engine's clock (`stats().frame`) that it starts with, 0..2^53 - 1. */
	readonly atFrame?: number;
	/** The next line of so many beats, 1/32..4096; it follows the tempo. While the transport stands still, in the next block. */
	readonly atLine?: number;
}

/** How one voice is played. */
export interface PlayOptions extends TimingOptions {
	/**
	 * Starts again at its end until it is stopped, and is heard through its seam. Default false.
	 */
	readonly loop?: boolean;
	/** A factor beside the velocity, 0..15.8. Default 1. */
	readonly gain?: number;
	/** Balance, -1..1. Default 0. */
	readonly pan?: number;
	/** Speed and pitch, 0.25..4. Default 1. */
	readonly rate?: number;
	/** The frame of the source file that it starts with, 0 or more. Default 0. */
	readonly offset?: number;
	/** Seconds over which it fades in, 0..60. Default 0. */
	readonly fadeIn?: number;
}

/** How one voice is stopped. */
export interface StopVoiceOptions extends TimingOptions {
	/** Seconds over which it fades out, 0.0005..60. Default: the engine's `fadeSeconds`. */
	readonly fade?: number;
}

/** One voice of `playSample`. Once it has ended its methods do nothing. Thread: control. */
export interface Voice {
	/** Fades it out, in the next block or from the moment of the options on; one that has not begun is heard only with a `fade`. @throws RangeError; LooperError `ring-full`. */
	stop(options?: StopVoiceOptions): void;
	/** Moves its gain, a factor of 0..15.8, within 10 ms. @throws RangeError; LooperError `ring-full`. */
	setGain(gain: number, options?: TimingOptions): void;
	/** Settles when it has ended, its fade included, or never began: the slot was empty, or it was refused. */
	readonly ended: Promise<void>;
}

/** What the slot's next trigger will play. */
export interface SampleInfo {
	/** Frames at the engine's rate. */
	readonly frames: number;
	readonly channels: 1 | 2;
	readonly durationSec: number;
	/** Highest absolute sample, nominally 0..1. */
	readonly peak: number;
	readonly warnings: readonly string[];
	/** The file as it was recorded. */
	readonly source: {
		readonly name: string;
		readonly format: string;
		readonly sampleRate: number;
		readonly channels: number;
		readonly frames: number;
		/** What it says of its own music: loops, places, tempo. */
		readonly metadata: SampleMetadata;
	};
}

/** A pad has another state. */
export interface PadEvent {
	readonly id: number;
	/**
	 * "playing" while something sounds that a press has started, "stopping" when that stops on a line, "queued" while a pad that does not
	 * sound waits for its line.
	 */
	readonly state: "idle" | "playing" | "queued" | "stopping" | "paused";
	/** The end of the block in which it changed, in frames of the engine's clock. */
	readonly frame: number;
}

/** A break in the sound, or several within two seconds. */
export interface Dropout {
	/** Where the engine's frame clock stood just before; mostly within 50 ms. */
	readonly frame: number;
	/** Frames that the device did not get in time. */
	readonly lostFrames: number;
}

/** The breaks in the sound since `run`; none offline. */
export interface DropoutReport {
	readonly count: number;
	/** Of all of them together. */
	readonly lostFrames: number;
	/** The last 64, oldest first. */
	readonly latest: readonly Dropout[];
}

/** A snapshot of the engine. */
export interface EngineStats {
	readonly state: EngineState;
	readonly sampleRate: number;
	/** Frames of the newest block. */
	readonly blockFrames: number;
	/** Frames rendered since `run`, exact to 2^53. */
	readonly frame: number;
	/** Seconds from a block to the listener; in Firefox, which may hang when it is asked, what the device adds is assumed. */
	readonly outputLatencySec: number;
	readonly activeVoices: number;
	/** Voices stolen or refused because all were sounding. */
	readonly droppedVoices: number;
	/** Fades that ended at once, because more voices were fading than there are voices and slots. */
	readonly cutReleases: number;
	/** Launches that lost to a later press of their choke group on the same frame. */
	readonly chokedLaunches: number;
	/** Commands whose `atFrame` had passed when the audio thread read them; they took effect at once. */
	readonly lateCommands: number;
	/** Times the device ran dry; null where the host does not tell. */
	readonly underruns: number | null;
	/** Breaks in the sound, as the control thread's clock tells; seen within about a second. */
	readonly dropouts: DropoutReport;
	/** Terminal events that nobody polled and that were evicted. */
	readonly lostEvents: number;
	/** Loads that took their sample from the cache. */
	readonly cacheHits: number;
	/** Times the cache could not do what was asked of it: a damaged entry, a refusal of the platform. */
	readonly cacheFailures: number;
	/** Highest absolute output sample, falling by 30 dB per second. */
	readonly peak: number;
	/** Bytes of PCM held by samples, loads in flight included. */
	readonly pcmBytes: number;
	/** Bytes of the whole engine memory. */
	readonly memoryBytes: number;
	readonly threading: "shared" | "messages";
}
