import type { Notice } from "../instrument/instrument.ts";

const mostNotices = 3;

/** The notices with one more: the newest three, and a sentence that is already there only once. */
export function addNotice(notices: readonly Notice[], added: Notice): readonly Notice[] {
	return [...notices.filter(({ text }) => text !== added.text), added].slice(-mostNotices);
}
