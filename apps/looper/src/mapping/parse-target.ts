import { bankNames } from "../instrument/banks.ts";
import { padChoiceNames, sharedChoiceNames } from "./choices.ts";
import { type PadReference, parsePadReference } from "./pad-reference.ts";
import { padParameterNames, padSwitchNames, sharedParameterNames, sharedSwitchNames } from "./parameters.ts";
import { beatFactors, gridEdits, plainActions, rollLengths, type Target } from "./targets.ts";

const verbs = [
	"press",
	"stop",
	"select",
	"roll",
	"scale-beats",
	"beats",
	"set",
	"switch",
	"next",
	"bank",
	...plainActions,
];

/** Reads what `formatTarget` writes. @returns what is wrong, as text, for anything else */
export function parseTarget(text: string): Target | string {
	const [verb = "", ...words] = text.split(" ");
	const action = plainActions.find((name) => name === verb);
	if (action !== undefined) return words.length === 0 ? { type: action } : `nothing may follow "${verb}"`;
	const [name = "", ...rest] = words;
	switch (verb) {
		case "press":
		case "stop":
		case "select":
			return withPad(words, (pad) => ({ type: verb, pad }));
		case "roll":
			if (!rollLengths.has(name)) return `a roll is ${choices([...rollLengths.keys()])} beats long`;
			return withPad(rest, (pad) => ({ type: "roll", pad, length: name }));
		case "scale-beats":
			if (!beatFactors.has(name)) return `beats are scaled by ${choices([...beatFactors.keys()])}`;
			return withPad(rest, (pad) => ({ type: "scale-beats", pad, factor: name }));
		case "beats": {
			const edit = gridEdits.find((other) => other === name);
			if (edit === undefined) return `what is said of beats is ${choices(gridEdits)}`;
			return withPad(rest, (pad) => ({ type: "beats", pad, edit }));
		}
		case "bank": {
			const bank = bankNames.indexOf(words.join(" "));
			return bank < 0 ? `the bank must be ${choices(bankNames)}` : { type: "bank", bank };
		}
		case "set":
			return parseNamed(words, {
				what: "a value that can be set",
				ofPads: [padParameterNames, (parameter, pad) => ({ type: "set-pad", pad, parameter })],
				shared: [sharedParameterNames, (parameter) => ({ type: "set", parameter })],
			});
		case "switch":
			return parseNamed(words, {
				what: "a switch",
				ofPads: [padSwitchNames, (parameter, pad) => ({ type: "switch-pad", pad, parameter })],
				shared: [sharedSwitchNames, (parameter) => ({ type: "switch", parameter })],
			});
		case "next":
			return parseNamed(words, {
				what: "a choice",
				ofPads: [padChoiceNames, (parameter, pad) => ({ type: "next-of-pad", pad, parameter })],
				shared: [sharedChoiceNames, (parameter) => ({ type: "next", parameter })],
			});
		default:
			return `it must begin with ${choices(verbs)}`;
	}
}

/** Reads the name of a pad's parameter and the pad, or the name of one of master or transport. */
function parseNamed<OfPads extends string, Shared extends string>(
	[name, ...rest]: readonly string[],
	known: {
		readonly what: string;
		readonly ofPads: readonly [names: readonly OfPads[], make: (name: OfPads, pad: PadReference) => Target];
		readonly shared: readonly [names: readonly Shared[], make: (name: Shared) => Target];
	},
): Target | string {
	const [padNames, makeOfPad] = known.ofPads;
	const [sharedNames, makeShared] = known.shared;
	const ofPads = padNames.find((other) => other === name);
	if (ofPads !== undefined) return withPad(rest, (pad) => makeOfPad(ofPads, pad));
	const shared = sharedNames.find((other) => other === name);
	if (shared !== undefined && rest.length === 0) return makeShared(shared);
	return `${known.what} is ${choices([...padNames, ...sharedNames])}`;
}

function withPad(words: readonly string[], make: (pad: PadReference) => Target): Target | string {
	const pad = parsePadReference(words);
	return typeof pad === "string" ? pad : make(pad);
}

/** "a, b or c" */
function choices(names: readonly string[]): string {
	return `${names.slice(0, -1).join(", ")} or ${names.at(-1)}`;
}
