// How do loops of drums sound by slices, at tempos other than their own? Each is sliced by the engine, rendered by it, and compared
// with itself, slice by slice; the second round counts. With "moving" the tempo changes every third of a second while it plays.
import { parseArgs } from "node:util";
import { AudioEngine } from "flitzis-looper";
import { drumLoops } from "./score/corpora.mjs";
import { RATE } from "./score/drum-kits.mjs";
import { ensurePackages } from "./score/packages.mjs";
import { Random } from "./score/random.mjs";
import { SliceSheet } from "./score/slice-sheet.mjs";

/** @typedef {import("./score/render-track.mjs").Recording} Recording */
/** @typedef {{ frames: number, ratio: number }} Span a tempo ratio, and how long it lasts */

const RATIOS = [0.5, 0.67, 0.8, 0.92, 1, 1.25, 2];
const MOVING_FRAMES = 14_700;
const COLUMNS = ["attack p5, dB", "dip p5, dB", "below hit p5, dB", "step, dB", "false hits %", "attacks to the bit"];
/** The engine's own range. */
const [SLOWEST, FASTEST] = [20, 400];

/** Spans that last two rounds. @param {number} frames - of the loop @param {number | "moving"} ratio @returns {Span[]} */
function spansOf(frames, ratio) {
	if (ratio !== "moving") return [{ frames: Math.ceil((2 * frames) / ratio), ratio }];
	const random = new Random(frames);
	/** @type {Span[]} */
	const spans = [];
	for (let place = 0; place < 2 * frames; ) {
		const span = { frames: MOVING_FRAMES, ratio: random.between(0.6, 1.4) };
		spans.push(span);
		place += span.frames * span.ratio;
	}
	return spans;
}

/** When the music comes to a place. @param {readonly Span[]} spans @param {number} place */
function frameOf(spans, place) {
	let [frame, passed] = [0, 0];
	for (const span of spans) {
		if (passed + span.frames * span.ratio > place) return Math.round(frame + (place - passed) / span.ratio);
		frame += span.frames;
		passed += span.frames * span.ratio;
	}
	return frame;
}

/**
 * Renders a loop over spans of tempo.
 *
 * @param {AudioEngine} engine - with the loop on its first pad
 * @param {number} bpm - of the loop
 * @param {readonly Span[]} spans
 */
function render(engine, bpm, spans) {
	const heard = new Float32Array(spans.reduce((sum, { frames }) => sum + frames, 0));
	let done = 0;
	for (const { frames, ratio } of spans) {
		engine.transport.tempo = bpm * ratio;
		if (done === 0) engine.pad(0).press(1);
		heard.set(engine.renderOffline(frames)[0], done);
		done += frames;
	}
	engine.stopAll();
	engine.renderOffline(RATE);
	return heard;
}

/** @param {AudioEngine} engine @param {Float32Array} samples */
async function hitsOf(engine, samples) {
	await engine.loadSample(1, { channels: [samples], sampleRate: RATE });
	const { onsetsSec } = await engine.pad(1).analyze();
	return onsetsSec;
}

/**
 * @param {AudioEngine} engine @param {Recording} loop @param {Map<number | "moving", SliceSheet>} sheets
 * @returns {Promise<boolean>} whether the loop would have slices by itself
 */
async function score(engine, { samples, truth }, sheets) {
	await engine.loadSample(0, { channels: [samples], sampleRate: RATE });
	const pad = engine.pad(0);
	if (!(await pad.analyze()).isPercussive) return false;
	pad.set({ loop: true, sync: "slices", lengthBeats: Math.round((samples.length / RATE / 60) * truth.bpm) });
	const slices = await pad.slice();
	const bpm = (60 * (pad.lengthBeats ?? 1) * RATE) / samples.length;
	for (const [ratio, sheet] of sheets) {
		const fastest = ratio === "moving" ? 1.4 : ratio;
		const slowest = ratio === "moving" ? 0.6 : ratio;
		if (bpm * fastest > FASTEST || bpm * slowest < SLOWEST) continue;
		const spans = spansOf(samples.length, ratio);
		const heard = render(engine, bpm, spans);
		const begin = frameOf(spans, samples.length);
		const expected = slices.map(({ onsetFrame }, index) => {
			const onset = Math.round(onsetFrame);
			const next = slices[index + 1] ?? { startFrame: samples.length, onsetFrame: samples.length };
			const frame = frameOf(spans, samples.length + onset);
			const lead = Math.round(next.onsetFrame - next.startFrame);
			return { onset, frame: frame - begin, frames: frameOf(spans, samples.length + next.onsetFrame) - lead - frame };
		});
		const round = heard.subarray(begin);
		const rendering = {
			loop: samples,
			heard: round,
			sampleRate: RATE,
			ratio: ratio === "moving" ? null : ratio,
			expected,
		};
		sheet.add(rendering, await hitsOf(engine, round.slice()));
	}
	return true;
}

const { values } = parseArgs({ options: { count: { type: "string", default: "40" } } });
ensurePackages(["hydrogen-drumkits", "sonic-pi-samples", "ffmpeg"]);
const engine = new AudioEngine({ output: "offline", sampleRate: RATE });
await engine.run();
for (const [name, loops] of Object.entries(drumLoops(Number(values.count)))) {
	/** @type {Map<number | "moving", SliceSheet>} */
	const sheets = new Map([...RATIOS, /** @type {const} */ ("moving")].map((ratio) => [ratio, new SliceSheet()]));
	let taken = 0;
	for (const loop of loops) if (await score(engine, loop, sheets)) taken += 1;
	console.log(`\n${name}: ${taken} of ${loops.length} loops, which would have slices by themselves`);
	console.log(`  tempo   ${COLUMNS.map((column) => column.padStart(20)).join("")}`);
	for (const [ratio, sheet] of sheets)
		console.log(
			`  ${String(ratio).padEnd(8)}${sheet
				.read()
				.map((figure) => figure.padStart(20))
				.join("")}`,
		);
}
await engine.shutDown();
