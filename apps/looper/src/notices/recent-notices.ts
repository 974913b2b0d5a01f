import type { Notice } from "../instrument/notices.ts";

const mostNotices = 3;

/** Whether a notice stays until something is done. */
export function waits({ action, isLasting }: Notice): boolean {
	return action !== undefined || isLasting === true;
}

/** Adds a notice: the newest three remain, each sentence only once. What waits remains longest. */
export function addNotice(notices: readonly Notice[], added: Notice): readonly Notice[] {
	const kept = [...notices.filter(({ text }) => text !== added.text), added];
	if (kept.length <= mostNotices) return kept;
	const first = kept.slice(0, -1).find((notice) => !waits(notice)) ?? kept[0];
	return kept.filter((notice) => notice !== first);
}
