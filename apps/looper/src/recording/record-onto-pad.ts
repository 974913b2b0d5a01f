import type { Instrument } from "../instrument/instrument.ts";
import type { ReadableBlob } from "../sets/readable-blob.ts";
import { recordedTitle } from "./pad-recording-choices.ts";
import { putRecording, wholeBeats } from "./put-recording.ts";
import type { PadRecording } from "./recording-types.ts";
import { type MakeBlob, readable } from "./take-wav.ts";

/** A sound that is to be recorded for a pad. */
export interface WantedSound extends PadRecording {
	/** What its title begins with. */
	readonly title: string;
}

/**
 * Records a sound and puts it on its pad. When another set is opened meanwhile, the sound ends there and is kept as a take.
 *
 * @returns whether that has been done; the performer is told when it failed
 */
export async function recordOntoPad(instrument: Instrument, wanted: WantedSound, makeBlob: MakeBlob): Promise<boolean> {
	const { pad, bars } = wanted;
	const { tempo } = instrument.settings.settings;
	const { recorder, takes } = instrument.recording!;
	let isLeft = false;
	const unfollow = instrument.pads.leaving.add(() => {
		isLeft = true;
		recorder.breakOffOnPad();
	});
	const take = await recorder.recordOnPad(wanted);
	unfollow();
	if (take === null) return false;
	if (isLeft) {
		const { name } = await takes.add(take, null);
		instrument.notices.tell("info", `The recording for pad ${pad + 1} ended with its set. It is kept as “${name}”.`);
		return true;
	}
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
