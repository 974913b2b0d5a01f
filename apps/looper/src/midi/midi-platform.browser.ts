import type { MidiAccess } from "./midi-access.ts";
import type { MidiPlatform } from "./midi-connection.ts";

/** Web MIDI, where the browser has it. */
interface MidiNavigator {
	readonly requestMIDIAccess?: () => Promise<MidiAccess>;
}

/** The browser's Web MIDI. System exclusive messages, for which browsers ask more urgently, are not used. */
export function midiPlatform(): MidiPlatform {
	const browser: unknown = navigator;
	const { requestMIDIAccess } = browser as MidiNavigator;
	return {
		async isGranted() {
			try {
				const { state } = await navigator.permissions.query({ name: "midi" });
				return state === "granted";
			} catch {
				// A browser that does not know the permission asks every time.
				return false;
			}
		},
		request: requestMIDIAccess === undefined ? null : () => requestMIDIAccess.call(navigator),
	};
}
