import type { EngineStats } from "flitzis-looper";

/** Dropouts before the last reset of the count. */
export interface ForgottenDropouts {
	readonly count: number;
	readonly lostFrames: number;
}

/** What the status line says about dropouts. */
export interface DropoutText {
	/** "0", or like "3 · 12 s ago". */
	readonly value: string;
	readonly sentence: string;
	/** Whether the last one is recent enough to need attention. */
	readonly isAlarming: boolean;
}

/** No dropouts. */
export const noDropouts: ForgottenDropouts = { count: 0, lostFrames: 0 };

const silence: DropoutText = { value: "0", sentence: "The sound has not dropped out.", isAlarming: false };
const alarmingSeconds = 60;
const justNowSeconds = 3;

/** Describes the dropouts in words. @param forgotten - dropouts to leave out */
export function dropoutText(stats: EngineStats, forgotten: ForgottenDropouts): DropoutText {
	const { dropouts, frame, sampleRate } = stats;
	const count = dropouts.count - forgotten.count;
	const last = dropouts.latest.at(-1);
	if (count <= 0 || last === undefined) {
		return silence;
	}
	const seconds = Math.max(0, frame - last.frame) / sampleRate;
	const lostMilliseconds = Math.max(1, Math.round((1000 * (dropouts.lostFrames - forgotten.lostFrames)) / sampleRate));
	const sentence =
		count === 1
			? `The sound dropped out once, for ${lostMilliseconds} ms, ${formatAgo(seconds)}.`
			: `The sound dropped out ${count} times, for ${lostMilliseconds} ms in total, most recently ${formatAgo(seconds)}.`;
	return { value: `${count} · ${formatAgo(seconds)}`, sentence, isAlarming: seconds < alarmingSeconds };
}

function formatAgo(seconds: number): string {
	if (seconds < justNowSeconds) return "just now";
	if (seconds < 60) return `${Math.floor(seconds)} s ago`;
	const minutes = Math.floor(seconds / 60);
	return minutes < 60 ? `${minutes} min ago` : `${Math.floor(minutes / 60)} h ago`;
}
