import type { Notice } from "../instrument/notices.ts";

const mostNotices = 3;

/** Adds a notice: the newest three remain, each sentence only once. What waits for consent remains longest. */
export function addNotice(notices: readonly Notice[], added: Notice): readonly Notice[] {
	const kept = [...notices.filter(({ text }) => text !== added.text), added];
	if (kept.length <= mostNotices) return kept;
	const first = kept.slice(0, -1).find(({ action }) => action === undefined) ?? kept[0];
	return kept.filter((notice) => notice !== first);
}
