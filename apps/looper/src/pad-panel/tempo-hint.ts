import { followsTempo, type PadSettings } from "../instrument/pad-state.ts";

/** What a pad that is set to follow the tempo lacks, and what to do; null where it follows, and where it is not set to. */
export function tempoHint(settings: Pick<PadSettings, "loop" | "sync" | "lengthBeats">): string | null {
	if (settings.sync === "off" || followsTempo(settings)) return null;
	return settings.loop ? "Say how many beats it is." : "Only a loop follows the tempo.";
}
