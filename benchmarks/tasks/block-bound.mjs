// How much of a block's duration does the most that can fall due in one block take?
//
// 32 stereo loops at speed 1.03 with equalizers engaged and seams that fade. In the measured block of 128 frames 1,024 commands fall due,
// 32 of which begin or change rolls, while 32 loops are in their seams. Then 500 pairs of a transport's move and nudge, on one frame and on
// every frame of a block, while 4,000 commands wait for lines. The median and the longest of the rounds are printed, as shares of the block.
import * as command from "../../packages/engine/dist/protocol/commands.js";
import * as parameters from "../../packages/engine/dist/protocol/parameters.js";
import * as layout from "../../packages/engine/dist/protocol/shared-memory.js";
import { BLOCK_FRAMES, KernelHarness, SAMPLE_RATE } from "../kernel-harness.mjs";

const PADS = 32;
const BLOCK_MILLISECONDS = (1000 * BLOCK_FRAMES) / SAMPLE_RATE;
const SAMPLE_FRAMES = 96_000;
/** So long that every loop is in its seam at nearly every time. */
const REGION_END = 9_600;
const SEAM_SECONDS = 0.1;
const ROUNDS = 41;
const WAITING = 4_000;
const PAIRS = 500;

const STRIDE_BYTES = (SAMPLE_FRAMES + 2 * layout.GUARD_FRAMES) * 8;
const kernel = new KernelHarness(PADS, PADS * STRIDE_BYTES);
let clock = 0;

/** Renders a block. @returns milliseconds */
function render() {
	const start = performance.now();
	kernel.render();
	const milliseconds = performance.now() - start;
	clock += BLOCK_FRAMES;
	return milliseconds;
}

function startAll() {
	const floats = new Float32Array(kernel.memory.buffer);
	for (let slot = 0; slot < PADS; slot++) {
		const address = layout.PCM_HEAP + slot * STRIDE_BYTES + layout.GUARD_FRAMES * 8;
		for (let index = 0; index < 2 * SAMPLE_FRAMES; index++)
			floats[address / 4 + index] = Math.sin(index * (slot + 1)) / 64;
		kernel.load(slot, address, SAMPLE_FRAMES);
		kernel.set(slot, parameters.PAD_LOOP, 1);
		kernel.set(slot, parameters.PAD_SPEED, 1.03);
		kernel.set(slot, parameters.PAD_EQ_LOW, 3);
		kernel.set(slot, parameters.PAD_LOOP_START, 4_800);
		kernel.set(slot, parameters.PAD_LOOP_END, 4_800 + REGION_END);
		kernel.set(slot, parameters.PAD_SEAM_FADE, SEAM_SECONDS);
		kernel.set(slot, parameters.PAD_SYNC, parameters.SYNC_REPITCH);
		kernel.set(slot, parameters.PAD_LENGTH_BEATS, 0.39);
		kernel.act(command.PRESS, slot, 1);
	}
	for (let block = 0; block < 100; block++) render();
}

/** 1,024 commands on frames spread over the next block: 32 rolls, and moves of speed, gain and bands. */
function sendBlockful() {
	for (let index = 0; index < 1_024; index++) {
		const when = { atFrame: clock + BLOCK_FRAMES + (index % BLOCK_FRAMES) };
		const slot = index % PADS;
		if (index < PADS) kernel.act(command.ROLL_PAD, slot, 1 / 32, when);
		else if (index % 3 === 0) kernel.set(slot, parameters.PAD_SPEED, 1.03 + (index % 7) / 1000, when);
		else if (index % 3 === 1) kernel.set(slot, parameters.PAD_EQ_MID, -(index % 5), when);
		else kernel.set(slot, parameters.PAD_GAIN, -(index % 4), when);
	}
}

/** @param {string} name @param {() => number} round */
function measure(name, round) {
	for (let warmUp = 0; warmUp < 5; warmUp++) round();
	const times = Array.from({ length: ROUNDS }, round).toSorted((a, b) => a - b);
	const share = (/** @type {number} */ index) => ((times[index] ?? Number.NaN) / BLOCK_MILLISECONDS).toFixed(2);
	process.stdout.write(
		`${name}: ${share(ROUNDS >> 1)} of the block's duration, at most ${share(ROUNDS - 1)} (0.50 is wanted)\n`,
	);
}

/** Sends what falls due in the next block, and measures that. @param {() => void} prepare */
function roundOf(prepare) {
	prepare();
	const milliseconds = render();
	for (let slot = 0; slot < PADS; slot++) kernel.act(command.END_ROLL, slot, 0);
	for (let block = 0; block < 20; block++) render();
	return milliseconds;
}

startAll();
measure("32 loops in their seams, nothing due", () => roundOf(() => {}));
measure("1,024 commands on 128 frames, 32 of them rolls", () =>
	roundOf(() => {
		sendBlockful();
		render();
	}),
);
kernel.act(command.START_TRANSPORT, 0, 0);
render();
/** Two commands per pair, none of which waits. */
function sendPairs() {
	for (let pair = 0; pair < PAIRS; pair++) {
		kernel.act(command.MOVE_TRANSPORT, 0, pair % 16);
		kernel.act(command.NUDGE_TRANSPORT, 0, 0.01);
	}
}
measure(`${PAIRS} pairs of move and nudge on one frame`, () => roundOf(sendPairs));
for (let index = 0; index < WAITING; index++) {
	kernel.set(index % PADS, parameters.PAD_GAIN, 0, { atLine: 4_096 - (index % 64), ring: index >> 9 });
	if (index % 500 === 499) render();
}
render();
measure(`the same while ${WAITING} commands wait for lines`, () => roundOf(sendPairs));

/** @param {number} field */
const count = (field) => kernel.words[(layout.STATUS + field) / 4];
const refused = [count(layout.STATUS_INVALID_COMMANDS), count(layout.STATUS_LATE_COMMANDS)];
if (refused.some((number) => number !== 0)) throw new Error(`Commands were invalid or late: ${refused.join(", ")}.`);
const voices = count(layout.STATUS_ACTIVE_VOICES);
if (voices !== PADS) throw new Error(`${voices} voices play instead of ${PADS}.`);
