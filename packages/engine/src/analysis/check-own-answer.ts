import { checkInteger, checkNumber, mustBe } from "../check-arguments.ts";
import type { AnalyzedBeats, SampleAnalysis } from "../protocol/sample-analysis.ts";

/** Beats per minute of music, in beats of any kind. */
const SLOWEST = 10;
const FASTEST = 1000;
/** Seconds by which a downbeat may miss its beat: answers may have been rounded. */
const GRID_ERROR_SEC = 1e-4;
/** Beats by which a loop may miss its length: codecs add some milliseconds. */
const LENGTH_ERROR = 0.5;

/**
 * Checks what the fields of an application's answer say of each other, each of which is in form.
 *
 * @param durationSec - of the recording
 * @throws RangeError, naming the first field that is wrong
 */
export function checkOwnAnswer({ tempo, beats, onsetsSec = [] }: Partial<SampleAnalysis>, durationSec: number): void {
	if (tempo) checkNumber("tempo.bpm", tempo.bpm, SLOWEST, FASTEST);
	if (beats) checkBeats(beats, durationSec);
	const at = onsetsSec.findIndex((onset, index) => index > 0 && onset <= onsetsSec[index - 1]!);
	if (at >= 0) throw new RangeError(mustBe(`onsetsSec[${at}]`, `above ${onsetsSec[at - 1]}`, onsetsSec[at]));
}

function checkBeats(beats: AnalyzedBeats, durationSec: number): void {
	const { firstBeatSec, periodSec, beatsPerBar, firstDownbeatSec, lengthBeats } = beats;
	checkInteger("beats.beatsPerBar", beatsPerBar, 3, 4);
	if (firstBeatSec >= periodSec)
		throw new RangeError(mustBe("beats.firstBeatSec", `below periodSec, ${periodSec}`, firstBeatSec));
	const beat = Math.round((firstDownbeatSec - firstBeatSec) / periodSec);
	const isOnGrid = Math.abs(firstBeatSec + beat * periodSec - firstDownbeatSec) <= GRID_ERROR_SEC;
	if (!isOnGrid || beat < 0 || beat >= beatsPerBar)
		throw new RangeError(mustBe("beats.firstDownbeatSec", "one of the first bar's beats", firstDownbeatSec));
	if (lengthBeats === null) return;
	const length = durationSec / periodSec;
	if (!Number.isInteger(lengthBeats) || Math.abs(lengthBeats - length) > LENGTH_ERROR)
		throw new RangeError(mustBe("beats.lengthBeats", `null or a whole number near ${length}`, lengthBeats));
}
