import type { Question } from "../app/confirm-dialog.browser.ts";
import type { Presses } from "../instrument/presses.ts";
import type { Sets } from "./sets.ts";

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

/** The same before another set takes the place of one that is not kept. */
export async function mayReplace(
	{ sets, presses, ask }: Parameters<typeof mayStop>[0] & { readonly sets: Pick<Sets, "obstacle" | "isEmpty"> },
	consent: string,
): Promise<boolean> {
	if (sets.obstacle === null || sets.isEmpty) return mayStop({ presses, ask }, consent);
	const loss = "The set is lost, because sets are not kept here. Export it first to keep it.";
	return ask({ text: presses.isQuiet ? loss : `${loss} What plays stops.`, consent });
}
