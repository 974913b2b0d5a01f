import type {
	EngineStats,
	LoaderEvent,
	LoadOptions,
	PerformanceControl,
	PlayOptions,
	SampleSource,
	SlotActivity,
} from "flitzis-looper";

/** What the instrument needs of the engine; `AudioEngine` is one. */
export interface LooperEngine {
	masterGainDecibels: number;
	run(): Promise<"running" | "suspended">;
	resume(): Promise<void>;
	loadSampleAsync(id: number, source: SampleSource, options?: LoadOptions): number;
	cancelLoad(id: number): void;
	unloadSample(id: number): void;
	pollLoaderEvents(): LoaderEvent | null;
	playSample(id: number, velocity: number, options?: PlayOptions): void;
	stopSample(id: number): void;
	stopAll(): void;
	slotActivity(id: number): SlotActivity;
	stats(): EngineStats;
	readonly performance: Pick<PerformanceControl, "frames" | "start" | "stop">;
}
