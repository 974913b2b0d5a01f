// A process that calls the built worklet's `process` like a browser's audio thread, sends it commands meanwhile, and
// reports the number of garbage collections. Argument: the options as JSON; output: the result as JSON.
import { readFileSync } from "node:fs";
import * as layout from "../../dist/protocol/shared-memory.js";
import { StatusBlock } from "../../dist/rings/status-block.js";
import { SharedThreading } from "../../dist/threading/shared-threading.js";
import { CommandStream } from "./command-stream.mjs";
import { countCollections } from "./count-collections.mjs";
import { PadStream } from "./pad-stream.mjs";
import { createProcessor } from "./worklet-scope.mjs";

/**
 * @typedef {object} ProcessCallsOptions
 * @property {number} calls observed calls
 * @property {number} warmUpCalls calls before them
 * @property {number} seed
 * @property {boolean} isAllocating whether one object per block is allocated, to show that it would be detected
 */
/** @type {ProcessCallsOptions} */
const { calls, warmUpCalls, seed, isAllocating } = JSON.parse(process.argv[2] ?? "{}");

/** Short, because calls are counted, not frames, and filters and interpolation take their time for each. */
const BLOCK_FRAMES = 16;
const VOICES = 32;

const threading = new SharedThreading({
	slots: 32,
	voices: VOICES,
	overflow: layout.OVERFLOW_REPLACE_OLDEST,
	memoryBudget: 2 ** 24,
});
const { memory: engineMemory, sharedMemory } = threading;
engineMemory.setSampleRate(48_000, 240);
engineMemory.setEngineState(layout.ENGINE_RUNNING);
const commands = new CommandStream(threading, seed);
const pads = new PadStream(threading, seed);
const module = new WebAssembly.Module(new Uint8Array(readFileSync(new URL("../../dist/kernel.wasm", import.meta.url))));
const processor = createProcessor({ module, memory: sharedMemory });
const inputs = [[]];
const outputs = [[new Float32Array(BLOCK_FRAMES), new Float32Array(BLOCK_FRAMES)]];

let kept = { block: 0 };
/** Frames rendered so far. */
let frames = 0;
/** Sum over all blocks. */
let voices = 0;
const activeVoicesWord = (layout.STATUS + layout.STATUS_ACTIVE_VOICES) / 4;

/** @param {number} count */
function callProcess(count) {
	for (let block = 0; block < count; block++) {
		commands.sendSome(frames);
		pads.sendSome();
		if (!processor.process(inputs, outputs)) throw new Error("The processor ended.");
		frames += BLOCK_FRAMES;
		voices += engineMemory.words[activeVoicesWord] ?? 0;
		if (isAllocating) kept = { block };
	}
}

const collections = await countCollections(
	() => {
		callProcess(warmUpCalls);
		commands.resetCounts();
		pads.resetCounts();
		voices = 0;
	},
	() => callProcess(calls),
);
const { invalidCommands, lateCommands } = new StatusBlock(engineMemory.buffer).read();
const answer = {
	collections,
	meanVoices: voices / calls,
	sent: { ...pads.counts, ...commands.counts, refused: pads.counts.refused + commands.counts.refused },
	invalidCommands,
	lateCommands,
	journalLost: engineMemory.words[(layout.STATUS + layout.STATUS_JOURNAL_LOST) / 4],
	kept: kept.block,
};
process.stdout.write(JSON.stringify(answer));
