// A process that calls the built worklet's `process` as a browser's audio thread does, sends it commands meanwhile, and
// tells how often the garbage collector ran. Argument: the options as JSON; output: the answer as JSON.
import { readFileSync } from "node:fs";
import { PerformanceObserver, performance } from "node:perf_hooks";
import { setTimeout } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { EngineMemory } from "../../dist/memory/engine-memory.js";
import * as layout from "../../dist/protocol/layout.js";
import { StatusBlock } from "../../dist/rings/status-block.js";
import { CommandStream } from "./command-stream.mjs";

/**
 * @typedef {object} ProcessCallsOptions
 * @property {number} calls that are watched
 * @property {number} warmUpCalls before them
 * @property {number} seed
 * @property {boolean} isAllocating whether one object a block is allocated, to show that it would be seen
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

/** What the worklet's global scope offers. */
class AudioWorkletProcessor {
	port = new MessageChannel().port1;
}
/** @typedef {{ process(inputs: Float32Array[][], outputs: Float32Array[][]): boolean }} Processor */
/** @type {(new (options: object) => Processor)[]} */
const registered = [];
const registerProcessor = (/** @type {string} */ _name, /** @type {new () => Processor} */ type) =>
	registered.push(type);
Object.assign(globalThis, { AudioWorkletProcessor, registerProcessor });
await import("../../dist/kernel-processor.js");
const [Processor] = registered;
if (Processor === undefined) throw new Error("the worklet registered no processor");
const module = new WebAssembly.Module(new Uint8Array(readFileSync(new URL("../../dist/kernel.wasm", import.meta.url))));
const processor = new Processor({ processorOptions: { module, memory: engineMemory.memory } });
const inputs = [[]];
const outputs = [[new Float32Array(BLOCK_FRAMES), new Float32Array(BLOCK_FRAMES)]];

let kept = { block: 0 };
/** Rendered so far. */
let frames = 0;
const activeVoicesWord = (layout.STATUS + layout.STATUS_ACTIVE_VOICES) / 4;

/** @param {number} count @returns {number} sum of the voices that sounded */
function callProcess(count) {
	let voices = 0;
	const firstFrame = frames;
	for (let block = 0; block < count; block++) {
		commands.sendSome(firstFrame + block * BLOCK_FRAMES);
		if (!processor.process(inputs, outputs)) throw new Error("the processor ended");
		voices += engineMemory.words[activeVoicesWord] ?? 0;
		if (isAllocating) kept = { block };
	}
	frames += count * BLOCK_FRAMES;
	return voices;
}

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc");
/** @type {number[]} */
const collectionTimes = [];
const observer = new PerformanceObserver((list) => {
	for (const { startTime } of list.getEntries()) collectionTimes.push(startTime);
});
observer.observe({ entryTypes: ["gc"] });

commands.startRecording();
callProcess(warmUpCalls);
collectGarbage();
await setTimeout(0);
commands.resetCounts();
const start = performance.now();
const voices = callProcess(calls);
const end = performance.now();
// One that is known to have happened, so that an observer that hears nothing is noticed.
collectGarbage();
while (!collectionTimes.some((time) => time >= end)) await setTimeout(1);
observer.disconnect();

const { invalidRecords, lateRecords } = new StatusBlock(engineMemory.buffer).read();
const answer = {
	collections: collectionTimes.filter((time) => time >= start && time < end).length,
	meanVoices: voices / calls,
	sent: commands.counts,
	invalidRecords,
	lateRecords,
	journalLost: engineMemory.words[(layout.STATUS + layout.STATUS_JOURNAL_LOST) / 4],
	seconds: (end - start) / 1000,
	kept: kept.block,
};
process.stdout.write(JSON.stringify(answer));
