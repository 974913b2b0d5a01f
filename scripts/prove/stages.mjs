/**
 * One proof.
 *
 * @typedef {object} Stage
 * @property {string} name
 * @property {string} claim one sentence: what it shows when it succeeds
 * @property {readonly string[]} command
 * @property {RegExp} [progress] lines that tell how it goes and are not kept
 */

/** @param {string[]} files @returns {string[]} */
const vitest = (...files) => ["npx", "vitest", "run", ...files];

/** Every proof, the short ones first. @type {readonly Stage[]} */
export const stages = [
	{
		name: "allocation",
		claim: "a million calls of the built worklet's process amid commands of every kind collect no garbage",
		command: vitest("packages/engine/test/audio-thread-allocation.test.ts", "packages/kernel/test/module.test.ts"),
	},
	{
		name: "messages",
		claim:
			"of ten million messages from three threads none is lost, doubled or out of order, and exactly the refused ones are reported",
		command: ["npm", "run", "messages", "--", "--count", "10000000", "--seed", "1"],
	},
	{
		name: "loader-model",
		claim: "any interleaving of loads, replaces, cancels, unloads, failures and crashes ends as it should",
		command: vitest("packages/engine/test/loader-model.test.ts"),
	},
	{
		name: "fuzz",
		claim: "10,000 damaged files of every format: none hangs, crashes or silences the engine",
		command: ["npm", "run", "fuzz", "--", "--count", "10000", "--seed", "1"],
	},
	{
		name: "stress-1000",
		claim: "1,000 real files load in Chromium while 32 voices play, without an underrun",
		command: ["npm", "run", "stress", "--", "--files", "1000"],
	},
	{
		name: "stress-5000",
		claim: "5,000 real files load in Chromium while 32 voices play, without an underrun",
		command: ["npm", "run", "stress", "--", "--files", "5000"],
	},
	{
		name: "soak",
		claim:
			"half an hour of 32 voices, random commands and endless loading in Chromium: no underrun, nothing lost, memory flat",
		command: ["npm", "run", "soak", "--", "--minutes", "30", "--seed", "1", "--sounds", "all"],
		progress: /· underruns \d/,
	},
];
