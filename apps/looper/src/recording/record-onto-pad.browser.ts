import type { Instrument } from "../instrument/instrument.ts";
import { makeBlob } from "./make-blob.browser.ts";
import { recordedTitle } from "./pad-recording-choices.ts";
import { putRecording, wholeBeats } from "./put-recording.ts";
import type { PadRecording } from "./recording-types.ts";
import { readable } from "./take-wav.ts";

/** A sound that is to be recorded for a pad. */
export interface WantedSound extends PadRecording {
	/** What its title begins with. */
	readonly title: string;
}

/** Records a sound and puts it on its pad. @returns whether that has been done; the performer is told when it failed */
export async function recordOntoPad(instrument: Instrument, wanted: WantedSound): Promise<boolean> {
	const { pad, bars } = wanted;
	const { settings } = instrument.settings;
	const take = await instrument.recording!.recorder.recordOnPad(wanted);
	if (take === null) return false;
	const { frames, sampleRate } = take;
	const lengthBeats =
		bars === null
			? null
			: bars === "open"
				? wholeBeats(frames, sampleRate, settings.tempo)
				: bars * settings.beatsPerBar;
	const title = recordedTitle(wanted.title, new Date());
	await putRecording(instrument, pad, { title, file: readable(await take.blob()), lengthBeats }, makeBlob);
	await take.discard();
	return true;
}
