import type { MusicalKey } from "../protocol/musical-key.ts";
import type { AnalysisOrigin, AnalyzedKey, SampleAnalysis } from "../protocol/sample-analysis.ts";
import { keyNameOf } from "./name-key.ts";
import { type NamedTempo, tempoNamesOf } from "./name-tempo.ts";
import { LONGEST_LOOP_SEC, type NewTempo, retimed } from "./retimed.ts";

/** What is known of a recording without listening to it. */
export interface NamedRecording {
	/** The source as its caller named it. */
	readonly name: string;
	readonly durationSec: number;
	/** The key that its tags say. */
	readonly statedKey: MusicalKey | null;
}

/** Ratios of tempos that mean the same beat, the plainest first. */
const FACTORS = [1, 2, 1 / 2, 3 / 2, 2 / 3, 4 / 3, 3 / 4] as const;
/** Share of a tempo by which detection may miss it. */
const DETECTION_ERROR = 0.001;
/** Of longer recordings a tempo makes a whole number of bars by chance. */
const MOST_FITTED_BEATS = 128;
/** The parts of a beat by which a loop may miss a whole number of beats: codecs add some milliseconds. */
const LEAST_TOLERANCE = 0.03;
const MOST_TOLERANCE = 0.2;
/** Shorter recordings fit any number that stands alone. */
const FEWEST_BEATS_ALONE = 4;

/** An analysis with what the file's tags and its name say: a file comes before its name, and its name before the detector. */
export function withName(detected: SampleAnalysis, recording: NamedRecording): SampleAnalysis {
	const tempo = detected.tempo?.origin === "file" ? null : tempoByName(detected, recording);
	return { ...detected, ...(tempo === null ? {} : retimed(detected, tempo)), key: keyOf(detected.key, recording) };
}

function tempoByName(detected: SampleAnalysis, { name, durationSec }: NamedRecording): NewTempo | null {
	for (const named of tempoNamesOf(name)) {
		const tempo =
			borneOut(detected, named) ??
			(detected.tempo === null || named.isMarked ? fittedTempo(named, durationSec) : null) ??
			(named.isMarked ? { bpm: named.bpm, lengthBeats: null } : null);
		if (tempo !== null) return { ...tempo, confidence: 1, origin: "name" };
	}
	return null;
}

/** The detected tempo, which has more digits, at a plain ratio to the name's; null if there is none. */
function borneOut({ tempo, beats }: SampleAnalysis, named: NamedTempo): Pick<NewTempo, "bpm" | "lengthBeats"> | null {
	if (tempo === null) return null;
	const nearness = named.rounding / named.bpm + DETECTION_ERROR;
	const factor = FACTORS.find((ratio) => Math.abs(named.bpm / (tempo.bpm * ratio) - 1) <= nearness);
	if (factor === undefined) return null;
	const lengthBeats = (beats?.lengthBeats ?? Number.NaN) * factor;
	const whole = Math.round(lengthBeats);
	return { bpm: tempo.bpm * factor, lengthBeats: whole > 0 && Math.abs(whole - lengthBeats) < 1e-6 ? whole : null };
}

/** The tempo near the name's that makes the recording a loop of one to four, six, or a multiple of four beats; null if none does. */
function fittedTempo(
	{ bpm, rounding, isMarked }: NamedTempo,
	durationSec: number,
): Pick<NewTempo, "bpm" | "lengthBeats"> | null {
	const beats = (bpm * durationSec) / 60;
	const whole = Math.round(beats);
	const isUsual = (whole <= 4 || whole === 6 || whole % 4 === 0) && whole <= MOST_FITTED_BEATS;
	if (durationSec > LONGEST_LOOP_SEC || !isUsual || whole < (isMarked ? 1 : FEWEST_BEATS_ALONE)) return null;
	const tolerance = Math.min(MOST_TOLERANCE, Math.max(LEAST_TOLERANCE, (whole * rounding) / bpm));
	return Math.abs(beats - whole) <= tolerance ? { bpm: (60 * whole) / durationSec, lengthBeats: whole } : null;
}

function keyOf(detected: AnalyzedKey | null, { name, statedKey }: NamedRecording): AnalyzedKey | null {
	const tuningCents = detected?.tuningCents ?? 0;
	const said = (key: MusicalKey, origin: AnalysisOrigin): AnalyzedKey => ({
		...key,
		confidence: 1,
		origin,
		tuningCents,
	});
	if (statedKey !== null) return said(statedKey, "file");
	const named = keyNameOf(name);
	return named === null ? detected : said(named, "name");
}
