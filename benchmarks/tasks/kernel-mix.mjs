// How much longer does the kernel take to mix 32 voices than it takes to read their samples?
//
// 32 stereo samples of one minute (737 MB), each played by one looping voice at rate 1 in blocks of 128 frames. Both
// sides touch the same samples in the same order, a block of each at a time. Short rounds alternate between them, and
// the median of the rounds' ratios is told. A read of each sample from end to end, the friendliest order for memory, is shown beside.
import { readFileSync } from "node:fs";
import * as command from "../../packages/engine/dist/protocol/commands.js";
import * as layout from "../../packages/engine/dist/protocol/shared-memory.js";

const SAMPLES = 32;
const SAMPLE_RATE = 48_000;
const SAMPLE_FRAMES = 60 * SAMPLE_RATE;
const SAMPLE_BYTES = SAMPLE_FRAMES * 8;
/** From one sample to the next, with the guard frames that the engine leaves between them. */
const STRIDE_BYTES = SAMPLE_BYTES + 2 * layout.GUARD_FRAMES * 8;
const BLOCK_FRAMES = 128;
const BLOCKS = SAMPLE_FRAMES / BLOCK_FRAMES;
const BLOCK_BYTES = BLOCK_FRAMES * 8;
const ROUNDS_PER_PASS = 10;
const BLOCKS_PER_ROUND = BLOCKS / ROUNDS_PER_PASS;
const ROUNDS = 101;

/**
 * @typedef {object} Exports
 * @property {() => void} initialize
 * @property {(frames: number) => number} renderBlock
 * @property {(first: number, strideBytes: number, count: number, bytes: number) => number} readSamples
 */

/**
 * A built module on the memory. Its exports are the ones of the type that it has.
 *
 * @param {WebAssembly.Memory} memory
 * @param {string} name
 * @returns {Exports}
 */
function instantiate(memory, name) {
	const bytes = readFileSync(new URL(`../../packages/kernel/dist/${name}`, import.meta.url));
	const instance = new WebAssembly.Instance(new WebAssembly.Module(bytes), { env: { memory } });
	return /** @type {Exports} */ (/** @type {unknown} */ (instance.exports));
}

/** Seconds that a piece of work takes. @param {() => void} work */
function secondsOf(work) {
	const start = performance.now();
	work();
	return (performance.now() - start) / 1000;
}

/** @param {number[]} values */
function median(values) {
	return values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}

/** Fills the memory with noise and starts one looping voice a sample. @param {WebAssembly.Memory} memory */
function startVoices(memory) {
	const words = new Uint32Array(memory.buffer);
	const floats = new Float32Array(memory.buffer);
	const doubles = new Float64Array(memory.buffer);
	const header = layout.HEADER / 4;
	words[header + layout.HEADER_SLOTS / 4] = SAMPLES;
	words[header + layout.HEADER_VOICES / 4] = SAMPLES;
	words[header + layout.HEADER_SAMPLE_RATE / 4] = SAMPLE_RATE;
	words[header + layout.HEADER_FADE_FRAMES / 4] = 240;
	let state = 1;
	for (let index = layout.PCM_HEAP / 4; index < (layout.PCM_HEAP + SAMPLES * STRIDE_BYTES) / 4; index++) {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
		floats[index] = state / 2 ** 36;
	}
	for (let slot = 0; slot < SAMPLES; slot++) {
		const load = (layout.CONTROL_RING + 2 * slot * layout.COMMAND_BYTES) / 4;
		const address = layout.PCM_HEAP + slot * STRIDE_BYTES;
		words.set([command.LOAD_SAMPLE, slot, 0, 0, slot + 1, address, SAMPLE_FRAMES, 2], load);
		const play = load + layout.COMMAND_BYTES / 4;
		words.set([command.PLAY_SAMPLE, slot], play);
		words[play + command.PLAY_FLAGS / 4] = command.PLAY_LOOPING;
		doubles[play / 2 + command.PLAY_VELOCITY / 8] = 1 - slot / 64;
	}
	words[(layout.RING_POSITIONS + layout.RING_WRITE) / 4] = 2 * SAMPLES;
}

const pages = Math.ceil((layout.PCM_HEAP + SAMPLES * STRIDE_BYTES) / layout.WASM_PAGE_BYTES);
const memory = new WebAssembly.Memory({ initial: pages, maximum: 65_536, shared: true });
const kernel = instantiate(memory, "kernel.wasm");
const { readSamples } = instantiate(memory, "read-only.wasm");
startVoices(memory);
kernel.initialize();

let mixedBlocks = 0;

function mix() {
	for (let block = 0; block < BLOCKS_PER_ROUND; block++) kernel.renderBlock(BLOCK_FRAMES);
	mixedBlocks += BLOCKS_PER_ROUND;
}

/** Where the reads of this round start: half a sample away from the mix, so that nothing is left of it in a cache. */
function readStart() {
	return layout.PCM_HEAP + ((mixedBlocks + BLOCKS / 2) % BLOCKS) * BLOCK_BYTES;
}

function readByBlock() {
	const start = readStart();
	for (let block = 0; block < BLOCKS_PER_ROUND; block++) {
		readSamples(start + block * BLOCK_BYTES, STRIDE_BYTES, SAMPLES, BLOCK_BYTES);
	}
}

function readThrough() {
	readSamples(readStart(), STRIDE_BYTES, SAMPLES, BLOCKS_PER_ROUND * BLOCK_BYTES);
}

const works = { mix, readByBlock, readThrough };
/** @type {Record<keyof typeof works, number[]>} */
const seconds = { mix: [], readByBlock: [], readThrough: [] };
for (let round = 0; round < ROUNDS_PER_PASS; round++) {
	for (const work of Object.values(works)) work(); // compiles, and brings the pages in
}
for (let round = 0; round < ROUNDS; round++) {
	seconds.mix.push(secondsOf(mix));
	seconds.readByBlock.push(secondsOf(readByBlock));
	seconds.readThrough.push(secondsOf(readThrough));
}

const active = new Uint32Array(memory.buffer)[(layout.STATUS + layout.STATUS_ACTIVE_VOICES) / 4];
if (active !== SAMPLES) throw new Error(`${active} voices sound instead of ${SAMPLES}`);

/** @param {number[]} values */
const microsecondsPerBlock = (values) => ((median(values) / BLOCKS_PER_ROUND) * 1e6).toFixed(2);
const ratio = median(seconds.mix.map((value, round) => value / (seconds.readByBlock[round] ?? Number.NaN)));
const realTime = (BLOCKS_PER_ROUND * BLOCK_FRAMES) / SAMPLE_RATE / median(seconds.mix);
console.log(`kernel mix of ${SAMPLES} voices, ${(SAMPLES * SAMPLE_BYTES) / 1e6} MB, median of ${ROUNDS} rounds`);
console.log(`  mix               ${microsecondsPerBlock(seconds.mix)} us a block, ${realTime.toFixed(0)} x real time`);
console.log(`  read, same order  ${microsecondsPerBlock(seconds.readByBlock)} us a block`);
console.log(`  read, end to end  ${microsecondsPerBlock(seconds.readThrough)} us a block`);
console.log(`  mix / read        ${ratio.toFixed(2)} (at most 1.7 is wanted)`);
