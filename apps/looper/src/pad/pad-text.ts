import { isLoadLive, type PadState } from "../instrument/pad-state.ts";
import { sureKey } from "./key-wheel.ts";
import { padMarks } from "./pad-marks.ts";

/** A duration on a pad: "0.35 s", "12.4 s", "3:05". */
export function formatDuration(seconds: number): string {
	if (seconds < 9.995) return `${seconds.toFixed(2)} s`;
	if (seconds < 59.95) return `${seconds.toFixed(1)} s`;
	const whole = Math.round(seconds);
	return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

/** A length on a pad: "1 beat", "7.5 beats". */
export function formatBeats(beats: number): string {
	const text = String(Number(beats.toFixed(2)));
	return text === "1" ? "1 beat" : `${text} beats`;
}

/** A tempo on a pad: "97.5 BPM". */
export function formatTempo(tempo: number): string {
	return `${Number(tempo.toFixed(1))} BPM`;
}

/** Progress in whole percent; 100 only when complete. @param share - 0..1 */
export function wholePercent(share: number): number {
	return Math.floor(Math.min(1, Math.max(0, share)) * 100);
}

/** The title on the pad's face: that of the sound being loaded, otherwise of the sound it plays. */
export function padTitle(pad: PadState): string {
	return pad.load?.wanted.title ?? pad.sample?.title ?? "";
}

/** The pad's tooltip; null when the face shows everything. */
export function padHint({ sample, load }: PadState): string | null {
	if (load?.phase === "failed") return load.reason;
	if (load !== null) return null;
	if (sample === null) return "Choose audio files, or drop them here";
	return sample.warnings.length === 0 ? null : sample.warnings.join("\n");
}

/** The pad's accessible name. @param key - what is printed on its key, "" where none plays it */
export function padLabel(pad: PadState, index: number, key: string): string {
	const place = `Pad ${index + 1}, ${key === "" ? "no key" : `key ${key}`}`;
	const { sample, load } = pad;
	if (load?.phase === "failed") {
		const kept = sample === null ? "" : `, still playing ${sample.title}`;
		return `${place}: ${load.wanted.title} failed to load${kept}`;
	}
	if (isLoadLive(pad)) return `${place}: ${padTitle(pad)}, loading`;
	if (sample === null) return `${place}: empty, choose audio files`;
	const tone = sureKey(pad.analysis);
	const words = padMarks(pad).map((mark) => mark.words);
	if (tone !== null) words.push(`${tone.tonic} ${tone.mode}`);
	return [`${place}: ${sample.title}`, ...words].join(", ");
}
