import type { StatedMusic, TempoRange } from "../protocol/analysis-messages.ts";
import { TONICS } from "../protocol/musical-key.ts";
import type { AnalyzedBeats, AnalyzedTempo, SampleAnalysis } from "../protocol/sample-analysis.ts";
import type { Resampler } from "../resample/resampler.ts";
import { type BeatGrid, findBeatGrid, findLoopGrid } from "./beat-grid.ts";
import { MOST_ONSETS } from "./check-analysis.ts";
import { halvesKeepTempo, keepsTempo } from "./constancy.ts";
import { Features, type RecordingFormat } from "./features.ts";
import { findBar } from "./find-bar.ts";
import { findKey } from "./find-key.ts";
import { type FoundLoop, findLoopTempo } from "./find-loop-tempo.ts";
import { findOnsets, type Onsets } from "./find-onsets.ts";
import { type FoundTempo, findTempo, middleOf, WORST_SCORE } from "./find-tempo.ts";
import type { Novelty } from "./novelty.ts";
import { refineTempo } from "./refine-tempo.ts";
import { alternativesTo, LONGEST_LOOP_SEC, meterOf } from "./retimed.ts";
import { type AnalysisStage, BEAT_GRID, KEY, LOUDNESS, ONSETS, TEMPO } from "./stages.ts";
import { TempoFit } from "./tempo-fit.ts";

/** A recording that is analysed. */
export interface Recording extends RecordingFormat {
	/** @returns interleaved frames, valid until the next call */
	read(firstFrame: number, frames: number): Promise<Float32Array>;
}

/** What an analysis needs besides. */
export interface AnalysisTools {
	readonly range: TempoRange;
	readonly stated: StatedMusic;
	/** The built `loader.wasm`. */
	readonly loaderModule: WebAssembly.Module;
	/** What brings one channel to the rate of the analysis; null for that rate itself. */
	reducer(inputRate: number): Resampler | null;
	/**
	 * Called every few milliseconds of work; the analysis goes on when it settles.
	 *
	 * @param done - share of the whole analysis, 0..1
	 * @throws what ends the analysis
	 */
	pause(stage: AnalysisStage, done: number): Promise<void>;
}

/** Frames read at once: some 10 ms of work. */
const PIECE = 8192;
/** Share of the work at which the recording has been read. */
const READ_SHARE = 0.7;
/** How much speaks for a whole number of beats; of shorter recordings nothing else can be told. */
const LOOP_BONUS = 0.6;
const SHORT_SEC = 4;
/** Tempos as near as that are meant to be one, and as many beats are meant to be a whole number. */
const NEARLY = 0.02;
const WHOLE = 0.06;
/** Files mostly say whole numbers, or two digits behind the point. */
const STATED_DIGITS = 0.006;
const SHORTEST_FOR_KEY_SEC = 0.5;
/** With fewer a recording is one sound. */
const FEWEST_ONSETS = 3;
/** How much weaker than the strongest an onset may be to count. */
const LEAST_SHARE = 6;
/** Those of recordings that are too long to look for them. */
const NO_ONSETS: Onsets = { frames: [], isPercussive: false };

/** Finds tempo, beats, key, loudness and onsets of a recording. Thread: analysis. */
export async function analyze(recording: Recording, tools: AnalysisTools): Promise<SampleAnalysis> {
	const { sampleRate, frames } = recording;
	const features = new Features(tools.loaderModule, recording, tools.reducer(sampleRate));
	for (let first = 0; first < frames; first += PIECE) {
		features.push(await recording.read(first, Math.min(PIECE, frames - first)));
		await tools.pause(ONSETS, (READ_SHARE * first) / frames);
	}
	const { novelty, chroma, loudness } = features.flush();
	await tools.pause(TEMPO, READ_SHARE);
	const seconds = frames / sampleRate;
	const rhythm = await findRhythm({ novelty, chroma, seconds }, tools);
	await tools.pause(KEY, 0.85);
	const key = seconds < SHORTEST_FOR_KEY_SEC ? null : findKey(chroma);
	await tools.pause(LOUDNESS, 0.9);
	const isLoop = rhythm?.beats.lengthBeats != null;
	const { mono } = features;
	const onsets = mono.length === 0 ? NO_ONSETS : findOnsets(tools.loaderModule, mono, { sampleRate, isLoop });
	return {
		tempo: rhythm?.tempo ?? null,
		beats: rhythm?.beats ?? null,
		key: key === null ? null : { ...key, tonic: TONICS[key.tonic]!, origin: "detected" },
		loudness,
		onsetsSec: onsets.frames.slice(0, MOST_ONSETS).map((frame) => frame / sampleRate),
		isPercussive: onsets.isPercussive,
	};
}

/** What the tempo of a recording is told from. */
interface Rhythm {
	readonly novelty: Novelty;
	readonly chroma: Float32Array;
	readonly seconds: number;
}

/** The tempo and the beats of a recording; null when it has none. */
async function findRhythm(
	rhythm: Rhythm,
	tools: AnalysisTools,
): Promise<{ readonly tempo: AnalyzedTempo; readonly beats: AnalyzedBeats } | null> {
	const { novelty, chroma } = rhythm;
	const stated = statedTempo(rhythm, tools.stated);
	const found = stated ?? (await detectTempo(rhythm, tools));
	if (found === null) return null;
	await tools.pause(BEAT_GRID, 0.8);
	const isLoop = found.beats !== null;
	const grid = isLoop ? findLoopGrid(novelty, found.bpm) : findBeatGrid(novelty, found.bpm);
	const bar = isLoop ? { beatsPerBar: meterOf(found.beats), firstDownbeat: 0 } : findBar(novelty, chroma, grid);
	const origin = stated === null ? "detected" : "file";
	const isConstant = isLoop || (halvesKeepTempo(novelty, grid.periodSec) && keepsTempo(novelty, grid));
	return {
		tempo: {
			bpm: 60 / grid.periodSec,
			alternatives: alternativesTo(60 / grid.periodSec),
			confidence: found.confidence,
			origin,
			isConstant,
		},
		beats: describeBeats(grid, bar, found.beats),
	};
}

/** A tempo, and how many beats the recording is if it is a loop. */
interface Tempo {
	readonly bpm: number;
	readonly confidence: number;
	readonly beats: number | null;
}

/** What the file says, to more digits than files say; null when it says nothing. */
function statedTempo({ novelty, seconds }: Rhythm, { bpm, beats }: StatedMusic): Tempo | null {
	const mayLoop = seconds <= LONGEST_LOOP_SEC;
	if (beats !== null) return { bpm: (60 * beats) / seconds, confidence: 1, beats: mayLoop ? beats : null };
	if (bpm === null) return null;
	const whole = Math.round((bpm * seconds) / 60);
	const exact = (60 * whole) / seconds;
	if (whole > 0 && mayLoop && Math.abs(exact / bpm - 1) < STATED_DIGITS)
		return { bpm: exact, confidence: 1, beats: whole };
	const refined = countOnsets(novelty) < FEWEST_ONSETS ? bpm : refineTempo(new TempoFit(middleOf(novelty)), bpm);
	return { bpm: Math.abs(refined / bpm - 1) < STATED_DIGITS ? refined : bpm, confidence: 1, beats: null };
}

async function detectTempo({ novelty, seconds }: Rhythm, tools: AnalysisTools): Promise<Tempo | null> {
	const { range } = tools;
	if (countOnsets(novelty) < FEWEST_ONSETS) return null;
	const free = await findTempo(novelty, range, () => tools.pause(TEMPO, READ_SHARE));
	const loop = findLoopTempo(novelty, seconds, range);
	const isLoop = loop !== null && loop.score > WORST_SCORE && halvesKeepTempo(novelty, 60 / loop.bpm);
	if (isLoop && (free === null || isAsGood(loop, free, seconds))) return loop;
	return free === null || free.score < WORST_SCORE ? null : { ...free, beats: null };
}

/** Onsets that are not much weaker than the strongest. */
function countOnsets({ values }: Novelty): number {
	const least = values.reduce((highest, value) => Math.max(highest, value), 0) / LEAST_SHARE;
	let count = 0;
	for (let at = 1; at + 1 < values.length; at++) {
		const value = values[at]!;
		if (value > least && value > values[at - 1]! && value >= values[at + 1]!) count += 1;
	}
	return count;
}

/** Whether a tempo by which the recording is a whole number of beats is the one it would have without that, or as likely. */
function isAsGood(loop: FoundLoop, free: FoundTempo, seconds: number): boolean {
	if (seconds < SHORT_SEC) return true;
	const beats = (free.bpm * seconds) / 60;
	// Nearly the same tempo says how many beats it really is.
	if (Math.abs(beats / loop.beats - 1) < NEARLY) return Math.abs(beats - loop.beats) < WHOLE;
	return loop.score > free.score - LOOP_BONUS;
}

function describeBeats(
	{ firstBeatSec, periodSec }: BeatGrid,
	{ beatsPerBar, firstDownbeat }: { readonly beatsPerBar: number; readonly firstDownbeat: number },
	lengthBeats: number | null,
): AnalyzedBeats {
	const firstDownbeatSec = firstBeatSec + firstDownbeat * periodSec;
	return { firstBeatSec, periodSec, beatsPerBar, firstDownbeatSec, lengthBeats };
}
