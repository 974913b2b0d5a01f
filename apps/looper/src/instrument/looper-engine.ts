import type {
	Activity,
	EngineStats,
	LoaderEvent,
	LoadOptions,
	Master,
	Pad,
	PerformanceControl,
	SampleInfo,
	SampleSource,
	Transport,
} from "flitzis-looper";

/** What the instrument needs of the engine; `AudioEngine` is one. */
export interface LooperEngine {
	readonly master: Pick<Master, "set">;
	readonly transport: Pick<Transport, "set" | "start" | "stop" | "moveTo" | "nudge"> &
		Readonly<Pick<Transport, "isExclusive">>;
	readonly performance: Pick<PerformanceControl, "frames" | "start" | "stop">;
	run(): Promise<"running" | "suspended">;
	resume(): Promise<void>;
	loadSampleAsync(id: number, source: SampleSource, options?: LoadOptions): number;
	cancelLoad(id: number): void;
	unloadSample(id: number): void;
	pollLoaderEvents(): LoaderEvent | null;
	sampleInfo(id: number): SampleInfo | null;
	pad(
		id: number,
	): Pick<
		Pad,
		| "press"
		| "release"
		| "stop"
		| "set"
		| "pause"
		| "resume"
		| "roll"
		| "endRoll"
		| "waveform"
		| "readFrames"
		| "analyze"
		| "slice"
	>;
	stopSample(id: number): void;
	stopAll(): void;
	createActivity(): Activity;
	readActivity(into: Activity): void;
	stats(): EngineStats;
}
