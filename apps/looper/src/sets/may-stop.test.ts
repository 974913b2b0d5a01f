import { expect, test } from "vitest";
import type { Question } from "../app/question.ts";
import { mayEmpty } from "./may-stop.ts";

/** What is asked before all pads are emptied; null when nothing is. */
async function askedToEmpty(isEmpty: boolean, isQuiet: boolean): Promise<Question | null> {
	let asked: Question | null = null;
	const ask = (question: Question): Promise<boolean> => {
		asked = question;
		return Promise.resolve(false);
	};
	expect(await mayEmpty({ sets: { isEmpty }, presses: { isQuiet }, ask })).toBe(isEmpty);
	return asked;
}

test("all pads are emptied only with consent, which says that what plays stops", async () => {
	const loss = "The sounds and settings of all pads of all banks are removed. Undo brings them back.";
	expect(await askedToEmpty(false, true)).toEqual({ text: loss, consent: "Clear all pads" });
	expect(await askedToEmpty(false, false)).toEqual({ text: `${loss} What plays stops.`, consent: "Clear all pads" });
});

test("nothing is asked before empty pads are emptied", async () => {
	expect(await askedToEmpty(true, false)).toBeNull();
});
