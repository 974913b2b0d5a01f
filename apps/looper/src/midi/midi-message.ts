/** A message of the MIDI 1.0 protocol that means something to the instrument. Channels are 1..16. */
export type MidiMessage =
	| { readonly type: "note-on"; readonly channel: number; readonly note: number; readonly velocity: number }
	| { readonly type: "note-off"; readonly channel: number; readonly note: number }
	| { readonly type: "controller"; readonly channel: number; readonly controller: number; readonly value: number }
	| { readonly type: "all-notes-off"; readonly channel: number }
	/** A position in sixteenths from the beginning of the song. */
	| { readonly type: "song-position"; readonly sixteenths: number }
	| { readonly type: "clock" | "start" | "continue" | "stop" };

/** Controllers 120 and 123..127 end the notes of their channel; 121 and 122 mean nothing here. */
const firstModeController = 120;
const silencingModes: readonly number[] = [120, 123, 124, 125, 126, 127];

const realTimeMessages: ReadonlyMap<number, MidiMessage> = new Map([
	[0xf8, { type: "clock" }],
	[0xfa, { type: "start" }],
	[0xfb, { type: "continue" }],
	[0xfc, { type: "stop" }],
]);

/**
 * Reads one message.
 *
 * Source: MIDI 1.0 Detailed Specification (1996), "MIDI Messages".
 *
 * @param data - the bytes of one whole message, as Web MIDI delivers them
 * @returns null for messages without meaning here, and for bytes that are none
 */
export function decodeMidi(data: ArrayLike<number>): MidiMessage | null {
	const { 0: status = 0, 1: first = 0, 2: second = 0, length } = data;
	const realTime = realTimeMessages.get(status);
	if (realTime !== undefined) return realTime;
	if (length !== 3 || first > 127 || second > 127) return null;
	if (status === 0xf2) return { type: "song-position", sixteenths: first + 128 * second };
	const channel = (status & 0x0f) + 1;
	switch (status & 0xf0) {
		case 0x90:
			// Running status lets keyboards send a release as a press without velocity.
			if (second === 0) return { type: "note-off", channel, note: first };
			return { type: "note-on", channel, note: first, velocity: second / 127 };
		case 0x80:
			return { type: "note-off", channel, note: first };
		case 0xb0:
			if (first < firstModeController) return { type: "controller", channel, controller: first, value: second };
			return silencingModes.includes(first) ? { type: "all-notes-off", channel } : null;
		default:
			return null;
	}
}
