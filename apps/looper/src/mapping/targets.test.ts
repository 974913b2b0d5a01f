import { expect, test } from "vitest";
import { parseTarget } from "./parse-target.ts";
import { targetTitle } from "./target-titles.ts";
import { formatTarget, isValueTarget, type Target } from "./targets.ts";

const examples: readonly (readonly [string, string])[] = [
	["press place 3", "Play pad 3"],
	["press pad 40", "Play pad B 8"],
	["stop selected", "Stop the selected pad"],
	["select place 32", "Select pad 32"],
	["roll 1/4 selected", "Roll of 1/4 beat on the selected pad"],
	["roll 4 pad 256", "Roll of 4 beats on pad H 32"],
	["set gainDecibels selected", "Gain of the selected pad"],
	["set eqLowDecibels pad 1", "EQ low of pad A 1"],
	["switch loop place 9", "Loop of pad 9"],
	["switch isMuted pad 2", "Mute of pad A 2"],
	["scale-beats 2 selected", "Twice as many beats for the selected pad"],
	["scale-beats 1/2 place 3", "Half as many beats for pad 3"],
	["scale-beats 3/2 selected", "3/2 as many beats for the selected pad"],
	["beats one selected", "This is the one of the selected pad"],
	["set lengthBeats place 1", "Beats of pad 1"],
	["set loopStartFrame selected", "Loop start of the selected pad"],
	["set loopEndFrame pad 33", "Loop end of pad B 1"],
	["next launchMode place 2", "Next launch mode of pad 2"],
	["next sync selected", "Next sync of the selected pad"],
	["next launchQuantum selected", "Next launch quantum of the selected pad"],
	["next stopQuantum pad 1", "Next stop quantum of pad A 1"],
	["next transport.quantum", "Next quantum"],
	["set transport.tempo", "Tempo"],
	["switch master.isLimiterOn", "Limiter"],
	["bank H", "Show bank H"],
	["stop-all", "Stop everything"],
	["tap-tempo", "Tap the tempo"],
	["start-stop", "Start or stop the transport"],
	["record", "Start or end a recording"],
	["keep-last", "Keep the last minute"],
];

test.each(examples)("%s is read, written again and called %s", (text, title) => {
	const target = parseTarget(text) as Target;
	expect(formatTarget(target)).toBe(text);
	expect(targetTitle(target)).toBe(title);
});

test("only values need a knob", () => {
	const values = examples.map(([text]) => text).filter((text) => isValueTarget(parseTarget(text) as Target));
	expect(values).toEqual(examples.map(([text]) => text).filter((text) => text.startsWith("set ")));
});

test.each([
	["press place 0", "the number of the place must be 1 to 32"],
	["press place 33", "the number of the place must be 1 to 32"],
	["press pad 257", "the number of the pad must be 1 to 256"],
	["press pad 1e2", "the number of the pad must be 1 to 256"],
	["press place", "the number of the place must be 1 to 32"],
	["press", `it must name a pad by "place" and a number, by "pad" and a number, or as "selected"`],
	["press selected 3", `it must name a pad by "place" and a number, by "pad" and a number, or as "selected"`],
	["bank I", "the bank must be A, B, C, D, E, F, G or H"],
	["roll 1/3 selected", "a roll is 1/32, 1/16, 1/8, 1/4, 1/2, 1, 2 or 4 beats long"],
	["roll toString selected", "a roll is 1/32, 1/16, 1/8, 1/4, 1/2, 1, 2 or 4 beats long"],
	["scale-beats 3 selected", "beats are scaled by 1/2, 2/3, 3/2 or 2"],
	["scale-beats 2", `it must name a pad by "place" and a number, by "pad" and a number, or as "selected"`],
	["stop-all now", `nothing may follow "stop-all"`],
	[
		"play pad 3",
		"it must begin with press, stop, select, roll, scale-beats, beats, set, switch, next, bank, stop-all, tap-tempo, start-stop, record or keep-last",
	],
])("%j is refused: %s", (text, reason) => {
	expect(parseTarget(text)).toBe(reason);
});

test("a value, switch or choice that does not exist is refused", () => {
	expect(parseTarget("set volume selected")).toMatch(/^a value that can be set is gainDecibels, /);
	expect(parseTarget("set transport.tempo selected")).toMatch(/^a value that can be set is /);
	expect(parseTarget("switch transport.tempo")).toMatch(/^a switch is loop, isMuted, /);
	expect(parseTarget("next gainDecibels selected")).toMatch(/^a choice is launchMode, sync, .* or transport\.quantum$/);
	expect(parseTarget("next transport.quantum selected")).toMatch(/^a choice is /);
});
