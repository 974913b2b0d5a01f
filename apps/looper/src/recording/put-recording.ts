import type { Instrument } from "../instrument/instrument.ts";
import { messageOf } from "../instrument/notices.ts";
import { loopSettings, type PadSettings } from "../instrument/pad-state.ts";
import type { ReadableBlob } from "../sets/readable-blob.ts";
import type { MakeBlob } from "./take-wav.ts";

/** A recording that is to be put on a pad. */
export interface PutRecording {
	readonly title: string;
	/** Reads it. */
	readonly file: () => Promise<ReadableBlob>;
	/** How many beats it is, when it was recorded from line to line; null otherwise. */
	readonly lengthBeats: number | null;
}

/** Loads a recording onto a pad. The pad gets a copy, so that the take may be deleted. @returns false, and the performer is told, when that failed */
export async function putRecording(
	{ pads, notices }: Pick<Instrument, "pads" | "notices">,
	pad: number,
	{ title, file, lengthBeats }: PutRecording,
	makeBlob: MakeBlob,
): Promise<boolean> {
	let isLeft = false;
	const unfollow = pads.leaving.add(() => {
		isLeft = true;
	});
	try {
		const source = makeBlob([new Uint8Array(await (await file()).arrayBuffer())]);
		if (isLeft) throw new Error("Another set was opened.");
		const settings = settingsOf(pads.states[pad]!.settings, lengthBeats);
		return pads.load(pad, { source, title, isDemo: false, color: null, settings });
	} catch (error) {
		notices.tell("error", `“${title}” is not on the pad: ${messageOf(error)} It is among the takes.`);
		return false;
	} finally {
		unfollow();
	}
}

/** What was recorded from line to line loops in time; anything else plays as the pad is set. The old sound's region goes. */
function settingsOf(settings: PadSettings, lengthBeats: number | null): PadSettings {
	const whole = { ...settings, loopRegion: null, lengthBeats: 0 };
	return lengthBeats === null ? whole : { ...whole, ...loopSettings(true), sync: "repitch", lengthBeats };
}

/** The beats of a recording that lies between two lines. @param tempo - in beats per minute, while it was recorded */
export function wholeBeats(frames: number, sampleRate: number, tempo: number): number {
	return Math.max(1, Math.round((frames / sampleRate / 60) * tempo));
}
