// Loops of whole periods, recorded at one rate and played at another: the sine must continue across every seam.
import { AudioEngine } from "flitzis-looper";
import { floatWave } from "../../../packages/engine/test/float-wave.mjs";
import { finish, must } from "../offline-script.mjs";

const PEAK = 0.5;
/** Largest deviation from the sine, in decibels of its peak, of loops that are a whole number of output frames. */
const MAX_DECIBELS = -130;
/** The same of a loop of a fractional number of output frames, whose playhead interpolates. */
const MAX_FRACTIONAL_DECIBELS = -110;
const PASSES = 3;
const MANY_PASSES = 1_000;

/**
 * @typedef {object} Loop
 * @property {number} from recorded rate
 * @property {number} to engine rate
 * @property {number} frames recorded frames
 * @property {number} periods
 * @property {number} phase of the first frame
 * @property {number} channels
 * @property {number} passes number of passes to render
 */

/** Renders a loop. @param {Loop} loop @returns its largest error and step, and the largest step of the sine */
async function measure({ from, to, frames, periods, phase, channels, passes }) {
	/** @param {number} moment in recorded frames @param {number} channel */
	const valueAt = (moment, channel) => PEAK * Math.sin((2 * Math.PI * periods * moment) / frames + phase + channel);
	const samples = Float32Array.from({ length: frames * channels }, (_, index) =>
		valueAt(Math.floor(index / channels), index % channels),
	);
	const engine = new AudioEngine({ output: "offline", sampleRate: to, loaderThreads: 1 });
	await engine.run();
	await engine.loadSample(0, floatWave(samples, channels, from));
	engine.playSample(0, 1, { loop: true });
	const length = (frames * to) / from;
	const heard = engine.renderOffline(Math.round(passes * length));
	await engine.shutDown();
	const worst = { error: 0, step: 0, rightStep: 0 };
	for (const [index, rendered] of heard.entries()) {
		const channel = channels === 1 ? 0 : index;
		let before = 0;
		for (let frame = 0; frame < rendered.length; frame++) {
			const right = valueAt((frame * from) / to, channel);
			// Skip the step from silence at the start.
			if (frame > length / 2) {
				worst.error = Math.max(worst.error, Math.abs((rendered[frame] ?? Number.NaN) - right));
				worst.step = Math.max(worst.step, Math.abs((rendered[frame] ?? 0) - (rendered[frame - 1] ?? 0)));
				worst.rightStep = Math.max(worst.rightStep, Math.abs(right - before));
			}
			before = right;
		}
	}
	return worst;
}

/** Recorded rate, engine rate, recorded frames, periods: whole numbers of output frames, then fractional ones. */
const whole = [
	[44_100, 48_000, 4_410, 10],
	[44_100, 48_000, 44_100, 441],
	[44_100, 48_000, 147, 40],
	[48_000, 44_100, 48_000, 1_000],
	[48_000, 44_100, 160, 50],
	[96_000, 48_000, 9_600, 100],
	[96_000, 48_000, 96, 20],
	[192_000, 48_000, 19_200, 100],
	[192_000, 48_000, 64, 5],
	[22_050, 48_000, 22_050, 220],
	[8_000, 48_000, 8_000, 440],
	[8_000, 48_000, 8, 1],
	[48_000, 47_999, 48_000, 1_000],
	[44_100, 47_999, 44_100, 441],
	[48_000, 48_000, 4_800, 100],
];
const fractional = [
	[44_100, 48_000, 1_000, 100],
	[48_000, 44_100, 1_001, 100],
	[96_000, 48_000, 1_001, 100],
	[44_100, 47_999, 500, 50],
];

for (const [from = 0, to = 0, frames = 0, periods = 0] of [...whole, ...fractional]) {
	const isWhole = Number.isInteger((frames * to) / from);
	for (const channels of [1, 2]) {
		for (const phase of [0, Math.PI / 2]) {
			const passes = isWhole ? PASSES : MANY_PASSES;
			const { error, step, rightStep } = await measure({ from, to, frames, periods, phase, channels, passes });
			const decibels = 20 * Math.log10(error / PEAK);
			const isRight = decibels <= (isWhole ? MAX_DECIBELS : MAX_FRACTIONAL_DECIBELS) && step <= rightStep + 1e-6;
			const what = `${from} -> ${to} Hz, ${frames} frames, ${channels} ch, phase ${phase.toFixed(2)}, ${passes} passes`;
			const figures = `error ${decibels.toFixed(1)} dB of the peak, largest step ${step.toFixed(5)} instead of ${rightStep.toFixed(5)}`;
			must(isRight, `${what}: ${figures}`);
		}
	}
}
finish();
