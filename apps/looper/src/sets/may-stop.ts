import type { Question } from "../app/question.ts";
import type { Instrument } from "../instrument/instrument.ts";

/** What is played and recorded, and who asks. */
interface Asking {
	readonly instrument: {
		readonly presses: Pick<Instrument["presses"], "isQuiet">;
		readonly recording: { readonly recorder: Pick<NonNullable<Instrument["recording"]>["recorder"], "state"> } | null;
	};
	readonly ask: (question: Question) => Promise<boolean>;
}

/** The open set, which may be lost. */
interface OpenSet {
	/** Null where sets are kept. */
	readonly obstacle: string | null;
	/** Whether nothing is on the pads. */
	readonly isEmpty: boolean;
}

/** What another set ends, in sentences; empty when that is nothing. */
export function endingText({ presses, recording }: Asking["instrument"]): string {
	const recorded = recording?.recorder.state?.recorded ?? "take";
	const kept = recorded === "take" ? "" : `The recording for pad ${recorded.pad + 1} ends, and is kept as a take.`;
	return [presses.isQuiet ? "" : "What plays stops.", kept].filter((sentence) => sentence !== "").join(" ");
}

/** Asks before another set ends what plays or is recorded for a pad; does not ask while nothing does. @param consent - label of the button that agrees */
export async function mayStop({ instrument, ask }: Asking, consent: string): Promise<boolean> {
	const text = endingText(instrument);
	return text === "" || (await ask({ text, consent }));
}

/** The same before another set takes the place of one that is not kept. */
export async function mayReplace(
	{ sets, instrument, ask }: Asking & { readonly sets: OpenSet },
	consent: string,
): Promise<boolean> {
	if (sets.obstacle === null || sets.isEmpty) return mayStop({ instrument, ask }, consent);
	const loss = "The set is lost, because sets are not kept here. Export it first to keep it.";
	return ask({ text: `${loss} ${endingText(instrument)}`.trim(), consent });
}

/** Asks before all pads are emptied, unless they are empty. What is recorded for a pad goes on. */
export async function mayEmpty({
	sets,
	instrument: { presses },
	ask,
}: Asking & { readonly sets: Pick<OpenSet, "isEmpty"> }): Promise<boolean> {
	const loss = "The sounds and settings of all pads of all banks are removed. Undo brings them back.";
	const text = `${loss} ${endingText({ presses, recording: null })}`.trim();
	return sets.isEmpty || ask({ text, consent: "Clear all pads" });
}
