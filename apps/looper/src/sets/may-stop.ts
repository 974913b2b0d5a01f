import type { Question } from "../app/question.ts";
import type { Presses } from "../instrument/presses.ts";
import type { Sets } from "./sets.ts";

/** Knows whether something plays, and asks. */
interface Asking {
	readonly presses: Pick<Presses, "isQuiet">;
	readonly ask: (question: Question) => Promise<boolean>;
}

/** What is said of a loss, and of what plays. */
function lossText(loss: string, { isQuiet }: Asking["presses"]): string {
	return isQuiet ? loss : `${loss} What plays stops.`;
}

/** Asks before another set stops what plays; does not ask while nothing does. @param consent - label of the button that agrees */
export async function mayStop({ presses, ask }: Asking, consent: string): Promise<boolean> {
	return presses.isQuiet || (await ask({ text: "What plays stops.", consent }));
}

/** The same before another set takes the place of one that is not kept. */
export async function mayReplace(
	{ sets, presses, ask }: Asking & { readonly sets: Pick<Sets, "obstacle" | "isEmpty"> },
	consent: string,
): Promise<boolean> {
	if (sets.obstacle === null || sets.isEmpty) return mayStop({ presses, ask }, consent);
	const loss = "The set is lost, because sets are not kept here. Export it first to keep it.";
	return ask({ text: lossText(loss, presses), consent });
}

/** Asks before all pads are emptied, unless they are empty. */
export async function mayEmpty({
	sets,
	presses,
	ask,
}: Asking & { readonly sets: Pick<Sets, "isEmpty"> }): Promise<boolean> {
	const loss = "The sounds and settings of all pads of all banks are removed. Undo brings them back.";
	return sets.isEmpty || ask({ text: lossText(loss, presses), consent: "Clear all pads" });
}
