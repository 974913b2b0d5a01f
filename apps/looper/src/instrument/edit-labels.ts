import type { PadSettings } from "./pad-state.ts";

/** What a performer calls the settings of a pad, those first that a change of two is called by. */
const names: Readonly<Record<keyof PadSettings, string>> = {
	gainDecibels: "Gain",
	loop: "Loop",
	launchMode: "Launch mode",
	pan: "Pan",
	isMuted: "Mute",
	loopRegion: "Loop region",
	seamFadeSec: "Loop fade",
	speed: "Speed",
	semitones: "Pitch",
	cents: "Fine pitch",
	isReversed: "Reverse",
	sync: "Sync",
	lengthBeats: "Beats",
	slicing: "Slices",
	launchQuantum: "Launch quantum",
	stopQuantum: "Stop quantum",
	retrigger: "Retrigger",
	legato: "Legato",
	chokeGroup: "Choke group",
	isTriggerMuted: "Trigger mute",
	isSoloed: "Solo",
	isCued: "Cue",
	eq: "Equalizer",
};

/**
 * What a change of settings is called in the history: "Gain of pad 3", "Loop and launch mode of 2 pads".
 *
 * @param pads - counted from 0
 */
export function settingsLabel(pads: readonly number[], changed: readonly (keyof PadSettings)[]): string {
	const called = Object.entries(names).flatMap(([setting, name]) =>
		changed.some((one) => one === setting) ? [name] : [],
	);
	const [first = "Settings", second] = called;
	const what = called.length > 2 ? "Settings" : second === undefined ? first : `${first} and ${second.toLowerCase()}`;
	return `${what} of ${pads.length === 1 ? `pad ${pads[0]! + 1}` : `${pads.length} pads`}`;
}
