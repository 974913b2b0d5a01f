import type { LooperError } from "../errors.ts";
import type { SampleAnalysis } from "../protocol/sample-analysis.ts";
import type { AnalyzerInput, SampleAnalyzer } from "../protocol/sample-analyzer.ts";
import type { Scheduler } from "../scheduler.ts";
import { analyzerFailed, timedOut } from "./analysis-failures.ts";
import { checkPartialAnalysis } from "./check-analysis.ts";
import { checkOwnAnswer } from "./check-own-answer.ts";
import { retimed } from "./retimed.ts";

/** Models may have to be fetched first. */
const PATIENCE_MS = 300_000;
/** Share by which the beats of an answer may miss its tempo. */
const TEMPO_ERROR = 0.01;
const WHOLE = 1e-6;

/** What limits a question. */
interface AnalyzerTerms extends Pick<Scheduler, "after"> {
	/** Aborts the input's signal. */
	readonly abort: (error: LooperError) => void;
}

/**
 * Asks an application's analyzer, whose answer may be anything, and puts it over the built-in one.
 *
 * @throws LooperError `analysis-failed` when it throws, or naming what is wrong in its answer; the signal's reason, `timed-out` after five
 * minutes.
 */
export async function askAnalyzer(
	analyzer: SampleAnalyzer,
	input: AnalyzerInput,
	{ after, abort }: AnalyzerTerms,
): Promise<SampleAnalysis> {
	const { signal, analysis, durationSec } = input;
	const aborted = new Promise<never>((_, reject) => {
		signal.addEventListener("abort", () => reject(signal.reason));
	});
	const stopWaiting = after(PATIENCE_MS, () => abort(timedOut(PATIENCE_MS / 1000)));
	try {
		const answer: unknown = await Promise.race([Promise.resolve().then(() => analyzer(input)), aborted]);
		const own = checkPartialAnalysis(answer, durationSec);
		const filled = filledIn(analysis, own);
		checkOwnAnswer(own, durationSec);
		return filled;
	} catch (error) {
		if (signal.aborted) throw signal.reason;
		throw analyzerFailed(error instanceof Error ? error.message : String(error), error);
	} finally {
		stopWaiting();
	}
}

/** The built-in answer with the fields of another one. @throws RangeError when its beats are not those of its tempo */
function filledIn(analysis: SampleAnalysis, own: Partial<SampleAnalysis>): SampleAnalysis {
	const filled = { ...analysis, ...own };
	const { tempo, beats } = filled;
	if (own.beats === undefined && own.tempo !== undefined) return { ...filled, beats: beatsAt(analysis, own.tempo) };
	if ((tempo === null) !== (beats === null))
		throw new RangeError(
			`${tempo === null ? "tempo" : "beats"} is null, but ${tempo === null ? "beats" : "tempo"} is not.`,
		);
	if (tempo === null || beats === null || Math.abs((beats.periodSec * tempo.bpm) / 60 - 1) <= TEMPO_ERROR)
		return filled;
	throw new RangeError(
		`beats.periodSec is ${beats.periodSec}, ${60 / beats.periodSec} beats per minute, but tempo.bpm is ${tempo.bpm}.`,
	);
}

function beatsAt(analysis: SampleAnalysis, tempo: SampleAnalysis["tempo"]): SampleAnalysis["beats"] {
	if (tempo === null) return null;
	const lengthBeats = ((analysis.beats?.lengthBeats ?? Number.NaN) * tempo.bpm) / (analysis.tempo?.bpm ?? Number.NaN);
	const whole = Math.round(lengthBeats);
	const isLoop = whole > 0 && Math.abs(whole - lengthBeats) < WHOLE;
	return retimed(analysis, { ...tempo, lengthBeats: isLoop ? whole : null }).beats;
}
