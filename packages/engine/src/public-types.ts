export type { ChopOptions } from "./chop.ts";
export {
	type LoaderErrorCode,
	LooperError,
	type LooperErrorCode,
	type LooperErrorOptions,
	MalformedAudioError,
} from "./errors.ts";
export type { AudioEngineEventMap, AudioEngineListener } from "./event-listeners.ts";
export type { Master } from "./master.ts";
export type { AnalyzeOptions, Pad } from "./pad.ts";
export { formatPerformance } from "./performance/format-performance.ts";
export { parsePerformance } from "./performance/parse-performance.ts";
export type {
	Performance,
	PerformanceCommand,
	PerformanceEngine,
	PerformanceParameter,
	PerformanceSample,
	PerformanceSlices,
	PerformanceSlot,
	PerformanceStart,
} from "./performance/performance.ts";
export type { PerformanceControl } from "./performance/performance-control.ts";
export type { FindSource } from "./performance/performance-player.ts";
export type { RenderPerformanceOptions } from "./performance/render-performance.ts";
export type { ScheduledPerformance, SchedulePerformanceOptions } from "./performance/schedule-performance.ts";
export type {
	EqualizerBands,
	Limiter,
	LoopRegion,
	MasterParameters,
	Metronome,
	PadParameters,
	TransportParameters,
} from "./playback/parameter-groups.ts";
export {
	type LaunchMode,
	type MasterScalars,
	type PadScalars,
	type ParameterRange,
	padDefaults,
	parameterRanges,
	type Quantum,
	type Sync,
	type TransportScalars,
} from "./playback/parameter-table.ts";
export type { Activity } from "./protocol/activity.ts";
export type { TempoRange } from "./protocol/analysis-messages.ts";
export type * from "./protocol/engine-types.ts";
export type {
	LoaderAnalysisErrorEvent,
	LoaderAnalysisEvent,
	LoaderErrorEvent,
	LoaderEvent,
	LoaderProgressEvent,
	LoaderStartedEvent,
	LoaderSuccessEvent,
} from "./protocol/loader-events.ts";
export type { MusicalKey, Tonic } from "./protocol/musical-key.ts";
export type { TakeFormat } from "./protocol/recording-messages.ts";
export type {
	AnalysisOrigin,
	AnalyzedBeats,
	AnalyzedKey,
	AnalyzedLoudness,
	AnalyzedTempo,
	SampleAnalysis,
} from "./protocol/sample-analysis.ts";
export type { AnalyzerInput, SampleAnalyzer } from "./protocol/sample-analyzer.ts";
export type { CuePoint, Meter, SampleLoop, SampleMetadata } from "./protocol/sample-metadata.ts";
export type * from "./protocol/sample-source.ts";
export type { SampleWaveform } from "./protocol/sample-waveform.ts";
export type { Slice, SliceOptions, SliceTail } from "./protocol/slice.ts";
export type { StreamDescriptor, StreamGrant } from "./protocol/stream-descriptor.ts";
export type {
	KeepLastOptions,
	RecordingControl,
	RecordingOptions,
	RecordingSource,
	StopRecordingOptions,
} from "./recording/recording-control.ts";
export { type Take, TakeNotLoadedError } from "./recording/take.ts";
export { TAKE_FOLDER } from "./recording/take-folder.ts";
export { framesFromBeats, framesFromSeconds } from "./time.ts";
export type { Transport } from "./transport.ts";
export { clippedSamples, encodeFrames, type WavFormat } from "./wav/encode-frames.ts";
export { type EncodeWavOptions, encodeWav } from "./wav/encode-wav.ts";
export type { ExportWavOptions } from "./wav/export-wav.ts";
export { type WavForm, wavHeader } from "./wav/wav-header.ts";
