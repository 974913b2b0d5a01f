/**
 * One stage of the verification.
 *
 * @typedef {object} Stage
 * @property {string} name
 * @property {string} claim one sentence: what it verifies
 * @property {readonly string[]} command
 * @property {RegExp} [progress] lines that show its progress and are not kept
 */

/** @param {string[]} files @returns {string[]} */
const vitest = (...files) => ["npx", "vitest", "run", ...files];

/** @param {string[]} files @returns {string[]} */
const playwright = (...files) => ["npx", "playwright", "test", "--config=tests/playwright.config.ts", ...files];

/** Every stage, the short ones first. @type {readonly Stage[]} */
export const stages = [
	{
		name: "allocation",
		claim: "a million calls of the built worklet's process amid commands of every kind collect no garbage",
		command: vitest("packages/engine/test/audio-thread-allocation.test.ts", "packages/kernel/test/module.test.ts"),
	},
	{
		name: "messages",
		claim:
			"of ten million commands from three threads, over shared memory and message ports, none is lost, duplicated or out of order, and exactly the rejected ones are reported",
		command: ["npm", "run", "messages", "--", "--count", "10000000", "--seed", "1"],
	},
	{
		name: "loader-model",
		claim: "any interleaving of loads, replacements, cancellations, unloads, failures and crashes ends as specified",
		command: vitest("packages/engine/test/loader-model.test.ts"),
	},
	{
		name: "analyses",
		claim: "of 1,000 files that are analysed while 32 voices play each has one answer, and the mix has the same bits",
		command: vitest("packages/engine/test/many-analyses.test.ts"),
	},
	{
		name: "click-free",
		claim: "no random performance contains a jump that its samples lack",
		command: vitest(
			"packages/kernel/test/click-free.test.ts",
			"packages/engine/test/click-free.test.ts",
			"packages/engine/test/shut-down-fade.test.ts",
		),
	},
	{
		name: "long-sets",
		claim: "clock, rings and playheads continue across 2^31 and 2^32",
		command: vitest(
			"packages/kernel/test/long-sets.test.ts",
			"packages/kernel/test/longest-sample.test.ts",
			"packages/engine/test/rings-under-threads.test.ts",
		),
	},
	{
		name: "loop-rounds",
		claim:
			"after 1,000 rounds of any length, at any tempo and rate, through 50 changes of tempo, a loop is on its frame",
		command: vitest("packages/kernel/test/loop-rounds.test.ts"),
	},
	{
		name: "bit-exact-node",
		claim: "performances render to the bit by any block length; the golden performance has its digest in Node",
		command: vitest(
			"packages/kernel/test/performance-replay.test.ts",
			"packages/engine/test/performance.test.ts",
			"packages/engine/test/golden.test.ts",
			"packages/engine/test/golden-in-context.test.ts",
		),
	},
	{
		name: "bit-exact-chromium",
		claim: "the command line renders in Node what Chromium's worklet played live, to the bit, over either threading",
		command: playwright("engine/performance.spec.ts"),
	},
	{
		name: "message-threading",
		claim: "every test of whole engines holds over message threading",
		command: ["npx", "vitest", "run", "--project", "messages"],
	},
	{
		name: "browsers",
		claim: "one engine suite passes in Chromium, Firefox and WebKit, over either threading that the browser supports",
		command: playwright(".suite.ts"),
	},
	{
		name: "blocked-main-thread",
		claim: "with the main thread blocked for two seconds the recorded loudspeaker has no gap",
		command: playwright("blocked-main-thread.spec.ts"),
	},
	{
		name: "dropout-counter",
		claim: "a stall of the audio thread of 50 ms is counted within one device buffer",
		command: playwright("dropouts.spec.ts"),
	},
	{
		name: "outputs",
		claim:
			"the sound moves to the chosen device, and back to the default when that is gone; the screen stays on while something sounds; the choice of a larger buffer takes effect",
		command: playwright("app/output.spec.ts", "app/larger-buffer.spec.ts"),
	},
	{
		name: "threading",
		claim:
			"32 loads in flight while 32 voices play cause no underrun, over either threading; a pad plays without a gap while eight long files load",
		command: playwright("threading.spec.ts", "app/loading-under-sound.spec.ts"),
	},
	{
		name: "performer",
		claim:
			"a set of 40 files is played, recorded, exported, wiped, imported and played again: the take is the render of its performance to the bit, and what the loudspeaker recorded is the take without a gap",
		command: playwright("app/performer.spec.ts"),
	},
	{
		name: "reloads",
		claim:
			"20 reloads, six kills of the page and four of the browser at random moments amid edits lose nothing but the last half second of them",
		command: playwright("app/reloads.spec.ts"),
	},
	{
		name: "versions",
		claim:
			"on plain static hosting the instrument isolates its page with one reload, and a new version waits until nothing sounds and it is asked for",
		command: playwright("app/versions.spec.ts"),
	},
	{
		name: "set-fuzz",
		claim: "500 damaged sets: each is refused with its reason, or what is whole of it opens, and none hangs the app",
		command: playwright("app/set-fuzz.spec.ts"),
	},
	{
		name: "accessibility",
		claim: "axe finds nothing in any state of the instrument, and a set is made and played by keyboard alone",
		command: playwright("app/accessibility.spec.ts", "app/keyboard-only.spec.ts"),
	},
	{
		name: "embedding",
		claim:
			"the engine sounds on pages of other origins, under policies and in frames, or says why not; the frameworks' examples leave no engine behind",
		command: playwright("embedding.spec.ts", "examples.spec.ts"),
	},
	{
		name: "documentation",
		claim: "every link of the documentation's site leads somewhere, and its live examples run and sound",
		command: playwright("site.spec.ts"),
	},
	{
		name: "trigger-to-sound",
		claim:
			"from playSample to the first frame at most one block and the context's own latency in the median, over 10,000 triggers",
		command: ["npm", "run", "bench", "--", "trigger-to-sound"],
	},
	{
		name: "corpora",
		claim: "every recording of three packages of drum kits and loops loads, undamaged ones without a warning",
		command: ["npm", "run", "corpora"],
	},
	{
		name: "fixtures",
		claim: "the packed package sounds, or says what is missing, in a project of every kind",
		command: ["npm", "run", "fixtures"],
	},
	{
		name: "cases",
		claim: "files and scripts of past bugs have the expected frames, samples, warnings and errors",
		command: ["npm", "run", "cases"],
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
	{
		name: "soak-messages",
		claim: "the same for five minutes over message threading",
		command: ["npm", "run", "soak", "--", "--minutes", "5", "--seed", "2", "--threading", "messages"],
		progress: /· underruns \d/,
	},
];
