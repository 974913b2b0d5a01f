import type { Instrument } from "../instrument/instrument.ts";

/** What keys of a headset or a keyboard ask for, as Media Session names it. */
export type MediaKey = "play" | "pause" | "stop";

type Parts = Pick<Instrument, "sound" | "transport" | "presses">;

/**
 * Does what a performer expects of a media key. "Pause" and "stop" are the panic button, as Escape, and like it stop the
 * transport when nothing sounds: a headset also sends them when it is unplugged. "Play" brings the sound back and starts the transport.
 */
export function pressMediaKey(key: MediaKey, { sound, transport, presses }: Parts): void {
	if (key !== "play") {
		presses.perform({ type: "stop-all" });
		return;
	}
	sound.resume();
	transport.start();
}
