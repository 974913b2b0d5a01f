import {
	type EqualizerBands,
	type LoaderEvent,
	type LoopRegion,
	type PadScalars,
	padDefaults,
	type SampleAnalysis,
	type SampleSource,
} from "flitzis-looper";
import { failureText } from "./failure-text.ts";

/** A sound to put on a pad. */
export interface PadSource {
	readonly source: SampleSource;
	readonly title: string;
	/** Part of the demo set, which the performer's own files may replace. */
	readonly isDemo: boolean;
	/** The pad's colour as "#rrggbb"; null takes the colour of its row. */
	readonly color: string | null;
	/** The settings that the pad gets with it; without them it keeps its own. */
	readonly settings?: PadSettings;
	/** Whether it becomes a loop in time where its file says that it is one and the performer has not set the pad otherwise. */
	readonly followsFile?: boolean;
}

/** What the next press plays. */
export interface PadSample {
	readonly source: SampleSource;
	readonly title: string;
	readonly isDemo: boolean;
	readonly color: string | null;
	readonly durationSec: number;
	readonly warnings: readonly string[];
	/** As `PadSource.followsFile`, for what is found in the sample later. */
	readonly followsFile: boolean;
}

/** A load in flight, or one that failed. */
export type PadLoad = { readonly requestId: number; readonly wanted: PadSource } & (
	| { readonly phase: "waiting" }
	| { readonly phase: "loading"; readonly stage: string; readonly percent: number }
	| { readonly phase: "failed"; readonly reason: string }
);

/** Parameters that `eq` and `loopRegion` set. */
type GroupedName = "eqLowDecibels" | "eqMidDecibels" | "eqHighDecibels" | "loopStartFrame" | "loopEndFrame";

/** How a pad's sample is cut where its loop follows the tempo by slices. */
export interface PadSlicing {
	/** Where the slices begin to sound, in seconds from the sample's start, ascending. */
	readonly onsetsSec: readonly number[];
	/** How weak an onset may be to be found, 0..1. */
	readonly sensitivity: number;
	/** What bridges the gaps at slower tempos: the slices' tails go round, or fade out. */
	readonly tail: "loop" | "cut";
}

/** What the engine takes of slices. */
export const mostSlices = 128;
export const longestSlicedSec = 60;
/** How weak an onset may be at first. */
export const usualSensitivity = 0.5;

/** A pad's parameters in the engine, which stay when the sample is replaced, and its slices, which do not. */
export interface PadSettings extends Readonly<Omit<PadScalars, GroupedName>> {
	readonly eq: EqualizerBands;
	/** In frames of the source file; null = the whole sample. */
	readonly loopRegion: LoopRegion | null;
	/** Null = not cut yet. */
	readonly slicing: PadSlicing | null;
}

/** A pad: what it plays, and its load, which replaces the sample only when it succeeds. */
export interface PadState {
	readonly sample: PadSample | null;
	readonly load: PadLoad | null;
	readonly settings: PadSettings;
	/** What has been found in the sample; null until then. */
	readonly analysis: SampleAnalysis | null;
}

/** What can happen to a pad. */
export type PadChange =
	| { readonly type: "load-requested"; readonly requestId: number; readonly wanted: PadSource }
	| { readonly type: "loader-event"; readonly event: LoaderEvent }
	| { readonly type: "load-dismissed" }
	| { readonly type: "settings-changed"; readonly settings: Partial<PadSettings> }
	| ({ readonly type: "relabelled" } & Pick<PadSample, "title" | "isDemo" | "color">)
	| { readonly type: "analyzed"; readonly analysis: SampleAnalysis }
	| { readonly type: "emptied" };

/** The settings of a pad that loops, or of one that plays its sample once. */
export function loopSettings(isLooping: boolean): Pick<PadSettings, "launchMode" | "loop"> {
	return { launchMode: isLooping ? "toggle" : "trigger", loop: isLooping };
}

/** Whether a pad follows the tempo: only a loop does, and only when its length in beats is known. */
export function followsTempo({ loop, sync, lengthBeats }: Pick<PadSettings, "loop" | "sync" | "lengthBeats">): boolean {
	return loop && sync !== "off" && lengthBeats > 0;
}

/** What the settings of a pad are at first. */
const defaultSettings: PadSettings = groupedSettings(padDefaults);

/** A pad without sample and load. */
export const emptyPad: PadState = { sample: null, load: null, settings: defaultSettings, analysis: null };

function groupedSettings(scalars: Readonly<PadScalars>): PadSettings {
	const { eqLowDecibels, eqMidDecibels, eqHighDecibels, loopStartFrame, loopEndFrame, ...settings } = scalars;
	return {
		...settings,
		eq: { lowDecibels: eqLowDecibels, midDecibels: eqMidDecibels, highDecibels: eqHighDecibels },
		loopRegion: loopStartFrame < loopEndFrame ? { startFrame: loopStartFrame, endFrame: loopEndFrame } : null,
		slicing: null,
	};
}

/** The pad after the change; the same object when nothing changes. */
export function changePad(pad: PadState, change: PadChange): PadState {
	if (change.type === "emptied") return emptyPad;
	if (change.type === "relabelled") return relabelled(pad, change);
	if (change.type === "analyzed") return { ...pad, analysis: change.analysis };
	if (change.type === "loader-event") return followLoad(pad, change.event);
	if (change.type === "load-requested") {
		return { ...pad, load: { phase: "waiting", requestId: change.requestId, wanted: change.wanted } };
	}
	if (change.type === "load-dismissed") return pad.load === null ? pad : { ...pad, load: null };
	const settings = { ...pad.settings, ...change.settings };
	return { ...pad, settings, load: withSettings(pad.load, change.settings) };
}

/** The same sound under another title. What its file says is not followed: its settings come with it. */
function relabelled(pad: PadState, { title, isDemo, color }: Pick<PadSample, "title" | "isDemo" | "color">): PadState {
	const { sample } = pad;
	if (sample === null) return pad;
	const isSame = sample.title === title && sample.isDemo === isDemo && sample.color === color;
	return isSame ? pad : { ...pad, sample: { ...sample, title, isDemo, color, followsFile: false } };
}

/** The load whose sound brings settings with it brings those that were changed meanwhile. */
function withSettings(load: PadLoad | null, changed: Partial<PadSettings>): PadLoad | null {
	if (load?.wanted.settings === undefined) return load;
	return { ...load, wanted: { ...load.wanted, settings: { ...load.wanted.settings, ...changed } } };
}

function followLoad(pad: PadState, event: LoaderEvent): PadState {
	const { load } = pad;
	// A load that was replaced or dismissed still ends in an event.
	if (load === null || load.requestId !== event.requestId) return pad;
	const { requestId, wanted } = load;
	switch (event.type) {
		case "started":
			return { ...pad, load: { requestId, wanted, phase: "loading", stage: "Loading", percent: 0 } };
		case "progress":
			return { ...pad, load: { requestId, wanted, phase: "loading", stage: event.stage, percent: event.percent } };
		case "success": {
			const { source, title, isDemo, color, followsFile = false } = wanted;
			const { durationSec, warnings } = event;
			const sample = { source, title, isDemo, color, durationSec, warnings, followsFile };
			return { sample, load: null, settings: wanted.settings ?? { ...pad.settings, slicing: null }, analysis: null };
		}
		case "error":
			if (event.code === "cancelled") return { ...pad, load: null };
			return { ...pad, load: { requestId, wanted, phase: "failed", reason: failureText(event) } };
		case "analysis":
		case "analysis-error":
			return pad;
	}
}

/** Whether a load of the pad is in flight. */
export function isLoadLive(pad: PadState): boolean {
	return pad.load !== null && pad.load.phase !== "failed";
}

/** What a pad holds, or will as soon as its load succeeds; null when that is nothing. */
export function heldSource({ sample, load }: PadState): PadSource | null {
	if (load !== null && load.phase !== "failed") return load.wanted;
	if (sample === null) return null;
	const { source, title, isDemo, color } = sample;
	return { source, title, isDemo, color };
}

/** Who a pad belongs to: nobody, the demo set, or the performer. */
export function padOwner(pad: PadState): "nobody" | "demo" | "performer" {
	const held = [pad.sample, isLoadLive(pad) ? pad.load?.wanted : null].filter((part) => part != null);
	if (held.length === 0) return "nobody";
	return held.every((part) => part.isDemo) ? "demo" : "performer";
}
