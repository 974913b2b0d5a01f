import type { GaplessNote } from "../gapless-note.ts";
import type { PacketPlace, Recording } from "../platform/packet-stream.ts";

const WHOLE: Recording = { start: 0, frames: Number.POSITIVE_INFINITY };

/**
 * The part of an ADTS file that iTunes' note in its tags calls the recording: ADTS itself does not say how much of it is
 * encoder delay. The note is believed only if delay, padding and length are together what the file's packets hold.
 *
 * @param packets - all of the file's, read only where there is a note
 */
export function adtsRecording(note: GaplessNote | null, packets: () => Iterable<PacketPlace>): Recording {
	if (note === null) return WHOLE;
	let frames = 0;
	for (const packet of packets()) frames += packet.frames;
	const isWhole = note.before + note.frames + note.after === frames;
	return isWhole ? { start: note.before, frames: note.frames } : WHOLE;
}
