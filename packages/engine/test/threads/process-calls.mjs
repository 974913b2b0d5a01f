// A process that calls the built worklet's `process` as a browser's audio thread does, sends it commands meanwhile, and
// tells how often the garbage collector ran. Argument: the options as JSON; output: the answer as JSON.
import { readFileSync } from "node:fs";
import { EngineMemory } from "../../dist/memory/engine-memory.js";
import * as layout from "../../dist/protocol/shared-memory.js";
import { StatusBlock } from "../../dist/rings/status-block.js";
import { CommandStream } from "./command-stream.mjs";
import { countCollections } from "./count-collections.mjs";
import { createProcessor } from "./worklet-scope.mjs";

/**
 * @typedef {object} ProcessCallsOptions
 * @property {number} calls that are watched
 * @property {number} warmUpCalls before them
 * @property {number} seed
 * @property {boolean} isAllocating whether one object per block is allocated, to show that it would be seen
 */
/** @type {ProcessCallsOptions} */
const { calls, warmUpCalls, seed, isAllocating } = JSON.parse(process.argv[2] ?? "{}");

const BLOCK_FRAMES = 128;
const VOICES = 32;

const engineMemory = new EngineMemory({
	slots: 32,
	voices: VOICES,
	overflow: layout.OVERFLOW_REPLACE_OLDEST,
	memoryBudget: 2 ** 24,
});
engineMemory.setSampleRate(48_000, 240);
engineMemory.setEngineState(layout.ENGINE_RUNNING);
const commands = new CommandStream(engineMemory, seed);
const module = new WebAssembly.Module(new Uint8Array(readFileSync(new URL("../../dist/kernel.wasm", import.meta.url))));
const processor = createProcessor({ module, memory: engineMemory.memory });
const inputs = [[]];
const outputs = [[new Float32Array(BLOCK_FRAMES), new Float32Array(BLOCK_FRAMES)]];

let kept = { block: 0 };
/** Rendered so far. */
let frames = 0;
/** Sum over the blocks. */
let voices = 0;
const activeVoicesWord = (layout.STATUS + layout.STATUS_ACTIVE_VOICES) / 4;

/** @param {number} count */
function callProcess(count) {
	for (let block = 0; block < count; block++) {
		commands.sendSome(frames);
		if (!processor.process(inputs, outputs)) throw new Error("the processor ended");
		frames += BLOCK_FRAMES;
		voices += engineMemory.words[activeVoicesWord] ?? 0;
		if (isAllocating) kept = { block };
	}
}

const collections = await countCollections(
	() => {
		callProcess(warmUpCalls);
		commands.resetCounts();
		voices = 0;
	},
	() => callProcess(calls),
);
const { invalidCommands, lateCommands } = new StatusBlock(engineMemory.buffer).read();
const answer = {
	collections,
	meanVoices: voices / calls,
	sent: commands.counts,
	invalidCommands,
	lateCommands,
	journalLost: engineMemory.words[(layout.STATUS + layout.STATUS_JOURNAL_LOST) / 4],
	kept: kept.block,
};
process.stdout.write(JSON.stringify(answer));
