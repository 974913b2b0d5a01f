import { isLoadLive, type PadState } from "../instrument/pad-state.ts";

/** A length as a pad shows it: "0.35 s", "12.4 s", "3:05". */
export function formatDuration(seconds: number): string {
	if (seconds < 9.995) return `${seconds.toFixed(2)} s`;
	if (seconds < 59.95) return `${seconds.toFixed(1)} s`;
	const whole = Math.round(seconds);
	return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

/** Progress as an integer that reaches 100 only at the end. @param share - 0..1 */
export function wholePercent(share: number): number {
	return Math.floor(Math.min(1, Math.max(0, share)) * 100);
}

/** What the pad's face names: the sound on its way, else the one it plays. */
export function padTitle(pad: PadState): string {
	return pad.load?.wanted.title ?? pad.sample?.title ?? "";
}

/** What a pad has to say beyond its face; null when that is all. */
export function padHint({ sample, load }: PadState): string | null {
	if (load?.phase === "failed") return load.reason;
	if (load !== null) return null;
	if (sample === null) return "Choose audio files, or drop them here";
	return sample.warnings.length === 0 ? null : sample.warnings.join("\n");
}

/** The pad in one sentence, for those who hear it read. */
export function padLabel(pad: PadState, index: number, key: string): string {
	const place = `Pad ${index + 1}, key ${key}`;
	const { sample, load } = pad;
	if (load?.phase === "failed") {
		const kept = sample === null ? "" : `, still playing ${sample.title}`;
		return `${place}: ${load.wanted.title} failed to load${kept}`;
	}
	if (isLoadLive(pad)) return `${place}: ${padTitle(pad)}, loading`;
	if (sample === null) return `${place}: empty, choose audio files`;
	return `${place}: ${sample.title}${pad.isLooping ? ", loop" : ""}`;
}
