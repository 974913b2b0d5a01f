import type { Question } from "../app/confirm-dialog.browser.ts";
import type { Presses } from "../instrument/presses.ts";

/** Asks before another set stops what plays; does not ask while nothing does. @param consent - label of the button that agrees */
export async function mayStop(
	{
		presses,
		ask,
	}: { readonly presses: Pick<Presses, "isQuiet">; readonly ask: (question: Question) => Promise<boolean> },
	consent: string,
): Promise<boolean> {
	return presses.isQuiet || (await ask({ text: "What plays stops.", consent }));
}
