import { expect, test } from "vitest";
import type { Question } from "../app/question.ts";
import { mayEmpty, mayStop } from "./may-stop.ts";

/** What is asked before all pads are emptied; null when nothing is. */
async function askedToEmpty(isEmpty: boolean, isQuiet: boolean): Promise<Question | null> {
	let asked: Question | null = null;
	const ask = (question: Question): Promise<boolean> => {
		asked = question;
		return Promise.resolve(false);
	};
	expect(await mayEmpty({ sets: { isEmpty }, instrument: { presses: { isQuiet }, recording: null }, ask })).toBe(
		isEmpty,
	);
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

test("another set asks before it ends what plays or is recorded for a pad, but not before it leaves a take alone", async () => {
	const asked: string[] = [];
	const ask = ({ text }: Question): Promise<boolean> => {
		asked.push(text);
		return Promise.resolve(true);
	};
	const recording = (recorded: "take" | { readonly pad: number }) =>
		({ recorder: { state: { recorded, phase: "running" } } }) as const;
	const [quiet, loud] = [{ isQuiet: true }, { isQuiet: false }];
	await mayStop({ instrument: { presses: quiet, recording: recording("take") }, ask }, "Open the set");
	expect(asked).toEqual([]);
	await mayStop({ instrument: { presses: quiet, recording: recording({ pad: 2 }) }, ask }, "Open the set");
	await mayStop({ instrument: { presses: loud, recording: recording({ pad: 2 }) }, ask }, "Open the set");
	const kept = "The recording for pad 3 ends, and is kept as a take.";
	expect(asked).toEqual([kept, `What plays stops. ${kept}`]);
});
