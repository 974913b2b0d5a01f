// How much longer does the kernel take to mix 32 pads than to read their samples, and what does each part of a pad cost?
//
// 32 stereo samples of one minute (737 MB), each looped by a pad, in blocks of 128 frames: at rate 1, with meters, with every pad's
// equalizer, with the limiter, at speed 1.03, and with equalizer, meter and speed at once. A bare read takes the same samples in the same
// order, one block of each at a time. Short rounds alternate between them all, and the median of the rounds' ratios is printed.
import * as command from "../../packages/engine/dist/protocol/commands.js";
import * as parameters from "../../packages/engine/dist/protocol/parameters.js";
import * as layout from "../../packages/engine/dist/protocol/shared-memory.js";
import { BLOCK_FRAMES, instantiate, KernelHarness, SAMPLE_RATE } from "../kernel-harness.mjs";

const SAMPLES = 32;
const SAMPLE_FRAMES = 60 * SAMPLE_RATE;
const SAMPLE_BYTES = SAMPLE_FRAMES * 8;
/** Distance of two samples, with the guard frames that the engine leaves between them. */
const STRIDE_BYTES = SAMPLE_BYTES + 2 * layout.GUARD_FRAMES * 8;
/** Where the first sample lies, behind its guard frames. */
const FIRST = layout.PCM_HEAP + layout.GUARD_FRAMES * 8;
const BLOCKS = SAMPLE_FRAMES / BLOCK_FRAMES;
const BLOCK_BYTES = BLOCK_FRAMES * 8;
const ROUNDS_PER_PASS = 10;
const BLOCKS_PER_ROUND = BLOCKS / ROUNDS_PER_PASS;
const ROUNDS = 101;
/** Blocks in which a gain arrives where it moves to, and a cross-fade ends. */
const SETTLING_BLOCKS = 38;
const SPEED = 1.03;

/** Measures work in seconds. @param {() => void} work */
function secondsOf(work) {
	const start = performance.now();
	work();
	return (performance.now() - start) / 1000;
}

/** @param {number[]} values */
function median(values) {
	return values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}

const kernel = new KernelHarness(SAMPLES, SAMPLES * STRIDE_BYTES);
const { words, memory } = kernel;
const { readSamples } =
	/** @type {{ readSamples: (first: number, strideBytes: number, count: number, bytes: number) => number }} */ (
		/** @type {unknown} */ (instantiate(memory, "read-only.wasm"))
	);
let mixedBlocks = 0;

/** Fills the samples with noise and lets every pad loop its own. */
function startPads() {
	const floats = new Float32Array(memory.buffer);
	let state = 1;
	for (let index = layout.PCM_HEAP / 4; index < floats.length; index++) {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
		floats[index] = state / 2 ** 36;
	}
	for (let slot = 0; slot < SAMPLES; slot++) {
		kernel.load(slot, FIRST + slot * STRIDE_BYTES, SAMPLE_FRAMES);
		kernel.set(slot, parameters.PAD_LOOP, 1);
		kernel.act(command.PRESS, slot, 1 - slot / 64);
	}
}

/** @param {number} blocks */
function render(blocks) {
	for (let block = 0; block < blocks; block++) kernel.render();
	mixedBlocks += blocks;
}

/** Sets parameters of all pads, or of the master, and lets them move. @param {readonly (readonly [parameter: number, value: number])[]} settings */
function settle(settings) {
	for (let slot = 0; slot < SAMPLES; slot++) {
		for (const [parameter, value] of settings) {
			kernel.set(slot, parameter, value);
			// Back onto a whole frame, where nothing is interpolated.
			const place = (mixedBlocks * BLOCK_FRAMES) % SAMPLE_FRAMES;
			if (parameter === parameters.PAD_SPEED && value === 1) kernel.act(command.SEEK_PAD, slot, place);
		}
	}
	render(SETTLING_BLOCKS);
}

/** Keeps every pad's meter, as while an activity is open. @param {boolean} isOn */
function keepMeters(isOn) {
	Atomics.store(words, (layout.HEADER + layout.HEADER_METERING) / 4, isOn ? 1 : 0);
}

const mix = () => render(BLOCKS_PER_ROUND);

/** Start of the reads of this round: half a sample away from the mix, so that none of it is cached. */
function readStart() {
	const round = Math.floor(mixedBlocks / BLOCKS_PER_ROUND) + ROUNDS_PER_PASS / 2;
	return FIRST + (round % ROUNDS_PER_PASS) * BLOCKS_PER_ROUND * BLOCK_BYTES;
}

function readByBlock() {
	const start = readStart();
	for (let block = 0; block < BLOCKS_PER_ROUND; block++) {
		readSamples(start + block * BLOCK_BYTES, STRIDE_BYTES, SAMPLES, BLOCK_BYTES);
	}
}

/** What is measured: parameters that are set, and set back behind it, whether meters are kept, and what it is called. */
const parts = [
	{ name: "mix", on: [], off: [], hasMeters: false },
	{ name: "with meters", on: [], off: [], hasMeters: true },
	{ name: "with equalizers", on: [[parameters.PAD_EQ_LOW, 3]], off: [[parameters.PAD_EQ_LOW, 0]], hasMeters: false },
	{ name: "at speed 1.03", on: [[parameters.PAD_SPEED, SPEED]], off: [[parameters.PAD_SPEED, 1]], hasMeters: false },
	{
		name: "with all three",
		on: [
			[parameters.PAD_EQ_LOW, 3],
			[parameters.PAD_SPEED, SPEED],
		],
		off: [
			[parameters.PAD_EQ_LOW, 0],
			[parameters.PAD_SPEED, 1],
		],
		hasMeters: true,
	},
	{
		name: "with limiter",
		on: [[parameters.MASTER_LIMITER, 1]],
		off: [[parameters.MASTER_LIMITER, 0]],
		hasMeters: false,
	},
];

/** @param {(typeof parts)[number]} part */
function secondsWith({ on, off, hasMeters }) {
	if (on.length > 0) settle(/** @type {[number, number][]} */ (on));
	keepMeters(hasMeters);
	const seconds = secondsOf(mix);
	keepMeters(false);
	if (off.length > 0) settle(/** @type {[number, number][]} */ (off));
	return seconds;
}

startPads();
for (let round = 0; round < ROUNDS_PER_PASS; round++) {
	readByBlock(); // compiles, and maps the pages
	for (const part of parts) secondsWith(part);
}
/** @type {number[]} */
const reads = [];
/** @type {number[][]} */
const seconds = parts.map(() => []);
for (let round = 0; round < ROUNDS; round++) {
	reads.push(secondsOf(readByBlock));
	for (const [index, part] of parts.entries()) seconds[index]?.push(secondsWith(part));
}
const active = words[(layout.STATUS + layout.STATUS_ACTIVE_VOICES) / 4];
if (active !== SAMPLES) throw new Error(`${active} voices play instead of ${SAMPLES}.`);

const mixes = seconds[0] ?? [];
/** @param {readonly number[]} values @param {readonly number[]} others */
const ratio = (values, others) =>
	median(values.map((value, round) => value / (others[round] ?? Number.NaN))).toFixed(2);
const blockSeconds = BLOCK_FRAMES / SAMPLE_RATE;
console.log(`kernel mix of ${SAMPLES} pads, ${(SAMPLES * SAMPLE_BYTES) / 1e6} MB, median of ${ROUNDS} rounds`);
console.log("                    µs per block   x real time   / read   / mix");
for (const [index, { name }] of [...parts, { name: "bare read" }].entries()) {
	const values = seconds[index] ?? reads;
	const perBlock = median(values) / BLOCKS_PER_ROUND;
	const figures = [
		(perBlock * 1e6).toFixed(1).padStart(12),
		(blockSeconds / perBlock).toFixed(0).padStart(14),
		ratio(values, reads).padStart(9),
		ratio(values, mixes).padStart(8),
	];
	console.log(`  ${name.padEnd(18)}${figures.join("")}`);
}
console.log("Wanted: mix / read 1.4 at most, with meters 1.7, with all three 30 times real time.");
