import type { GaplessNote } from "../gapless-note.ts";
import type { PacketPlace, Recording } from "../platform/packet-stream.ts";

const WHOLE: Recording = { start: 0, frames: Number.POSITIVE_INFINITY };

/**
 * The part of an ADTS file that the iTunes gapless note in its tags marks as the recording; ADTS itself has no field for the
 * encoder delay. The note is trusted only if delay, padding and length add up to the frames of the file.
 *
 * @param packets - all packets of the file, read only if there is a note
 */
export function adtsRecording(note: GaplessNote | null, packets: () => Iterable<PacketPlace>): Recording {
	if (note === null) return WHOLE;
	let frames = 0;
	for (const packet of packets()) frames += packet.frames;
	const isWhole = note.before + note.frames + note.after === frames;
	return isWhole ? { start: note.before, frames: note.frames } : WHOLE;
}
