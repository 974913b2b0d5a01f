import { followsTempo, type PadState } from "../instrument/pad-state.ts";

/** A setting that the pad's face shows. */
export interface PadMark {
	/** Which picture it has. */
	readonly icon:
		| "loop"
		| "gate"
		| "toggle"
		| "repeat"
		| "reverse"
		| "sync"
		| "choke"
		| "solo"
		| "cue"
		| "mute"
		| "lock"
		| "warning";
	/** In the pad's accessible name. */
	readonly words: string;
	/** Beside the picture. */
	readonly text: string;
}

function mark(icon: PadMark["icon"], words: string, text = ""): PadMark {
	return { icon, words, text };
}

/** What of the pad's settings differs from a plain one-shot, and whether its file is damaged. */
export function padMarks({ sample, settings }: PadState): readonly PadMark[] {
	const marks: PadMark[] = [];
	const { launchMode, loop, chokeGroup } = settings;
	if (loop) marks.push(mark("loop", "loop"));
	if (launchMode === "gate") marks.push(mark("gate", "sounds while held"));
	if (launchMode === "repeat") marks.push(mark("repeat", "repeats while held"));
	// A loop that a press starts and the next one stops is the usual one.
	if (launchMode === "toggle" && !loop) marks.push(mark("toggle", "toggles"));
	if (settings.isReversed) marks.push(mark("reverse", "backwards"));
	if (followsTempo(settings)) marks.push(mark("sync", "follows the tempo"));
	if (chokeGroup !== 0) marks.push(mark("choke", `choke group ${chokeGroup}`, String(chokeGroup)));
	if (settings.isSoloed) marks.push(mark("solo", "solo"));
	if (settings.isCued) marks.push(mark("cue", "cue"));
	if (settings.isMuted) marks.push(mark("mute", "muted"));
	if (settings.isTriggerMuted) marks.push(mark("lock", "presses refused"));
	const warnings = sample?.warnings.length ?? 0;
	if (warnings > 0) marks.push(mark("warning", warnings === 1 ? "1 warning" : `${warnings} warnings`));
	return marks;
}
