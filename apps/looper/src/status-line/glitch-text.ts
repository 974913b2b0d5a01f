import type { EngineStats } from "flitzis-looper";

/** Glitches that the performer has put behind them. */
export interface ForgottenGlitches {
	readonly count: number;
	readonly lostFrames: number;
}

/** What the status line says of breaks in the sound. */
export interface GlitchText {
	/** Such as "0" or "3 · 12 s ago". */
	readonly value: string;
	readonly sentence: string;
	/** Whether the last one is so fresh that the performer should look. */
	readonly isAlarming: boolean;
}

/** Nothing forgotten. */
export const noGlitches: ForgottenGlitches = { count: 0, lostFrames: 0 };

const alarmingSeconds = 60;
const justNowSeconds = 3;

/** Puts the breaks in the sound into words. @param forgotten - those that are not told any more */
export function glitchText(stats: EngineStats, forgotten: ForgottenGlitches): GlitchText {
	const { glitches, frame, sampleRate } = stats;
	const count = glitches.count - forgotten.count;
	const last = glitches.latest.at(-1);
	if (count <= 0 || last === undefined) {
		return { value: "0", sentence: "The sound has not broken off.", isAlarming: false };
	}
	const seconds = Math.max(0, frame - last.frame) / sampleRate;
	const lostMilliseconds = Math.max(1, Math.round((1000 * (glitches.lostFrames - forgotten.lostFrames)) / sampleRate));
	const often =
		count === 1
			? `The sound broke off once, for ${lostMilliseconds} ms, ${formatAgo(seconds)}.`
			: `The sound broke off ${count} times, for ${lostMilliseconds} ms in all, the last time ${formatAgo(seconds)}.`;
	return { value: `${count} · ${formatAgo(seconds)}`, sentence: often, isAlarming: seconds < alarmingSeconds };
}

function formatAgo(seconds: number): string {
	if (seconds < justNowSeconds) return "just now";
	if (seconds < 60) return `${Math.floor(seconds)} s ago`;
	const minutes = Math.floor(seconds / 60);
	return minutes < 60 ? `${minutes} min ago` : `${Math.floor(minutes / 60)} h ago`;
}
