import type { Notice } from "../instrument/notices.ts";

const mostNotices = 3;

/** Adds a notice: the newest three remain, each sentence only once. */
export function addNotice(notices: readonly Notice[], added: Notice): readonly Notice[] {
	return [...notices.filter(({ text }) => text !== added.text), added].slice(-mostNotices);
}
