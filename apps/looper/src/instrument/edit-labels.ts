import type { PadSettings } from "./pad-state.ts";

/** What a performer calls the settings of a pad. Settings that are set together share a name. */
const names: Readonly<Record<string, string>> = {
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

/** What a change of settings is called in the history: "Gain of pad 3". @param pad - counted from 0 */
export function settingsLabel(pad: number, settings: Partial<PadSettings>): string {
	const changed = new Set(Object.keys(settings).map((name) => names[name] ?? "Settings"));
	// The loop switch also sets what a press does.
	if (changed.has("Loop")) changed.delete("Launch mode");
	const [name = "Settings"] = changed;
	return `${changed.size === 1 ? name : "Settings"} of pad ${pad + 1}`;
}
