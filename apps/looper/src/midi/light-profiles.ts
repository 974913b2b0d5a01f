/** What a pad's light shows. */
export type PadLight = "empty" | "ready" | "queued" | "playing";

/** How a kind of controller is lit. */
export interface LightProfile {
	readonly title: string;
	/** The notes of its pads, as many as a bank has places, from the top left. */
	readonly padNotes: readonly number[];
	/** Whether the instrument itself has to let a queued pad blink. */
	readonly isBlinking: boolean;
	/**
	 * The message that shows a light.
	 *
	 * @param note - the pad's note
	 * @param channel - 1..16, on which the pad sends
	 * @param isBlinkOn - whether a light that the instrument itself lets blink is on at the moment
	 */
	readonly message: (light: PadLight, note: number, channel: number, isBlinkOn: boolean) => readonly number[];
}

const noteOn = 0x90;

/** Notes of four rows of eight pads. @param first - of the top left; @param step - to the row below */
function rows(first: number, step: number): readonly number[] {
	return Array.from({ length: 32 }, (_, place) => first + step * Math.floor(place / 8) + (place % 8));
}

/**
 * Launchpad Mini and Launchpad X in their programmer mode: the channel says how a colour shines, the velocity which.
 *
 * Source: Novation, "Launchpad X Programmer's Reference Manual" (2019), "Colouring the surface".
 */
const launchpad: LightProfile = {
	title: "Launchpad Mini, Launchpad X",
	padNotes: rows(81, -10),
	isBlinking: false,
	message(light, note) {
		const steady = noteOn;
		const flashing = noteOn + 1;
		const [dark, grey, yellow, green] = [0, 1, 13, 21];
		if (light === "queued") return [flashing, note, yellow];
		return [steady, note, { empty: dark, ready: grey, playing: green }[light]];
	},
};

/** The first APC mini, whose velocities are 0 dark, 1 green, 2 green and blinking, 5 yellow. */
const apcMini: LightProfile = {
	title: "APC mini",
	padNotes: rows(56, -8),
	isBlinking: false,
	message: (light, note) => [noteOn, note, { empty: 0, ready: 5, queued: 2, playing: 1 }[light]],
};

/** Anything that lights a pad with the note that the pad sends. */
const plain: LightProfile = {
	title: "Note on",
	padNotes: rows(36, 8),
	isBlinking: true,
	message(light, note, channel, isBlinkOn) {
		const isLit = light === "playing" || (light === "queued" && isBlinkOn);
		return [noteOn + channel - 1, note, isLit ? 127 : 0];
	},
};

/** The profiles by the name that mappings have for them. */
export const lightProfiles: Readonly<Record<LightProfileName, LightProfile>> = {
	launchpad,
	"apc-mini": apcMini,
	plain,
};

/** The name of a profile. */
export type LightProfileName = "launchpad" | "apc-mini" | "plain";

export const lightProfileNames = Object.keys(lightProfiles) as readonly LightProfileName[];
