import { saveFile } from "../app/save-file.browser.ts";
import type { Instrument } from "../instrument/instrument.ts";
import { messageOf } from "../instrument/notices.ts";
import type { KeptTake } from "./kept-take.ts";
import { makeBlob } from "./make-blob.browser.ts";
import { putRecording } from "./put-recording.ts";
import type { TakePlayer } from "./take-player.browser.ts";
import type { SavedTake } from "./takes.ts";

/** Plays a take, or stops the one that plays. */
export async function playTake({ id, format }: KeptTake, player: TakePlayer, instrument: Instrument): Promise<void> {
	if (player.playing === id) {
		player.stop();
		return;
	}
	const saved = await instrument.recording?.takes.wav(id, format);
	if (saved == null) return;
	try {
		await player.play(id, saved.file);
	} catch (error) {
		instrument.notices.tell("error", `The take cannot be played here. ${messageOf(error)} Save it instead.`);
	}
}

/** Renames a take. The field shows the name that the take has, also when it cannot have the new one. */
export async function renameTake({ id }: KeptTake, field: HTMLInputElement, instrument: Instrument): Promise<void> {
	const takes = instrument.recording?.takes;
	await takes?.rename(id, field.value);
	field.value = takes?.list.find((take) => take.id === id)?.name ?? "";
}

/** Has the browser save what is read of a take. */
export async function saveTake(reading: Promise<SavedTake | null>): Promise<void> {
	const saved = await reading;
	if (saved !== null) saveFile(saved.fileName, saved.file);
}

/** Loads a take onto a pad. */
export async function putTake({ id, name, format }: KeptTake, pad: number, instrument: Instrument): Promise<void> {
	const saved = await instrument.recording?.takes.wav(id, format);
	if (saved == null) return;
	await putRecording(instrument, pad, { title: name, file: async () => saved.file, lengthBeats: null }, makeBlob);
}
