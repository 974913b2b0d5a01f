import type { GridEdit } from "../analysis/grid-edits.ts";
import { bankNames } from "../instrument/banks.ts";
import type { PadChoiceName, SharedChoiceName } from "./choices.ts";
import { type PadReference, placeCount } from "./pad-reference.ts";
import type { PadParameterName, PadSwitchName, SharedParameterName, SharedSwitchName } from "./parameters.ts";
import type { PlainAction, Target } from "./targets.ts";

/** What the performer calls what can be mapped. */
const titles: Readonly<
	Record<
		| PadParameterName
		| PadSwitchName
		| PadChoiceName
		| SharedParameterName
		| SharedSwitchName
		| SharedChoiceName
		| PlainAction,
		string
	>
> = {
	gainDecibels: "Gain",
	pan: "Pan",
	speed: "Speed",
	semitones: "Semitones",
	cents: "Cents",
	seamFadeSec: "Seam fade",
	lengthBeats: "Beats",
	loopStartFrame: "Loop start",
	loopEndFrame: "Loop end",
	eqLowDecibels: "EQ low",
	eqMidDecibels: "EQ mid",
	eqHighDecibels: "EQ high",
	loop: "Loop",
	isMuted: "Mute",
	isReversed: "Reverse",
	isTriggerMuted: "Trigger mute",
	isSoloed: "Solo",
	isCued: "Cue",
	legato: "Legato",
	launchMode: "launch mode",
	sync: "sync",
	launchQuantum: "launch quantum",
	stopQuantum: "stop quantum",
	"master.gainDecibels": "Master gain",
	"master.limiterCeilingDecibels": "Limiter ceiling",
	"transport.tempo": "Tempo",
	"transport.lateWindowSec": "Late window",
	"transport.metronomeGainDecibels": "Metronome gain",
	"master.isLimiterOn": "Limiter",
	"transport.isExclusive": "Exclusive mode",
	"transport.isMetronomeOn": "Metronome",
	"transport.quantum": "quantum",
	"stop-all": "Stop everything",
	"tap-tempo": "Tap the tempo",
	"start-stop": "Start or stop the transport",
	record: "Start or end a recording",
	"keep-last": "Keep the last minute",
};

const factorTitles: Readonly<Record<string, string>> = { "1/2": "Half", "2": "Twice" };

const gridTitles: Readonly<Record<GridEdit, string>> = {
	tap: "Tap the beats",
	earlier: "Half a beat earlier: the beats",
	later: "Half a beat later: the beats",
	one: "This is the one",
	match: "Match the tempo",
};

/** A target as the performer reads it: "Play pad 3", "Gain of the selected pad"; a pad of one bank is "pad B 3". */
export function targetTitle(target: Target): string {
	switch (target.type) {
		case "press":
			return `Play ${padTitle(target.pad)}`;
		case "stop":
			return `Stop ${padTitle(target.pad)}`;
		case "select":
			return `Select ${padTitle(target.pad)}`;
		case "roll":
			return `Roll of ${target.length} ${target.length === "1" || target.length.includes("/") ? "beat" : "beats"} on ${padTitle(target.pad)}`;
		case "scale-beats":
			return `${factorTitles[target.factor] ?? target.factor} as many beats for ${padTitle(target.pad)}`;
		case "beats":
			return `${gridTitles[target.edit]} of ${padTitle(target.pad)}`;
		case "set-pad":
		case "switch-pad":
			return `${titles[target.parameter]} of ${padTitle(target.pad)}`;
		case "next-of-pad":
			return `Next ${titles[target.parameter]} of ${padTitle(target.pad)}`;
		case "set":
		case "switch":
			return titles[target.parameter];
		case "next":
			return `Next ${titles[target.parameter]}`;
		case "bank":
			return `Show bank ${bankNames[target.bank]}`;
		case "stop-all":
		case "tap-tempo":
		case "start-stop":
		case "record":
		case "keep-last":
			return titles[target.type];
	}
}

function padTitle(reference: PadReference): string {
	switch (reference.kind) {
		case "pad":
			return `pad ${bankNames[Math.floor(reference.pad / placeCount)]} ${(reference.pad % placeCount) + 1}`;
		case "place":
			return `pad ${reference.place + 1}`;
		case "selected":
			return "the selected pad";
	}
}
