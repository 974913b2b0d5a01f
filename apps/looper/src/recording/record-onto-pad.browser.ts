import type { Instrument } from "../instrument/instrument.ts";
import type { ReadableBlob } from "../sets/readable-blob.ts";
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
	const { tempo } = instrument.settings.settings;
	const { recorder, takes } = instrument.recording!;
	const take = await recorder.recordOnPad(wanted);
	if (take === null) return false;
	const { frames, sampleRate, failure } = take;
	// One that was stopped early has as many beats as came of it; one that was cut off is no loop.
	const lengthBeats = bars === null || failure !== null ? null : wholeBeats(frames, sampleRate, tempo);
	const title = recordedTitle(wanted.title, new Date());
	const file = async (): Promise<ReadableBlob> => readable(await take.blob());
	if (await putRecording(instrument, pad, { title, file, lengthBeats }, makeBlob)) {
		// The pad has a copy; one that stays on the disk is found among the takes.
		await take.discard().catch(() => {});
		return true;
	}
	await takes.add(take, null);
	return false;
}
