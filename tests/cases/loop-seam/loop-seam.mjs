// Loops of whole periods, recorded at one rate and played in an engine of another: the sine has to go on over every seam.
// Prints the loops whose figures are wrong, and ends with 1 if there are any. Needs flitzis-looper resolvable.
import { AudioEngine } from "flitzis-looper";

const PEAK = 0.5;
/** Highest error beside the sine, in decibels of its peak. */
const MOST_DECIBELS = -130;
const ROUNDS = 3;
const MANY_ROUNDS = 1_000;

/** @param {Float32Array} samples interleaved @param {number} channels @param {number} sampleRate */
function floatWave(samples, channels, sampleRate) {
	const bytes = Buffer.alloc(44 + samples.byteLength);
	bytes.write("RIFF", 0, "latin1");
	bytes.writeUInt32LE(bytes.length - 8, 4);
	bytes.write("WAVEfmt ", 8, "latin1");
	bytes.writeUInt32LE(16, 16);
	bytes.writeUInt16LE(3, 20);
	bytes.writeUInt16LE(channels, 22);
	bytes.writeUInt32LE(sampleRate, 24);
	bytes.writeUInt32LE(sampleRate * channels * 4, 28);
	bytes.writeUInt16LE(channels * 4, 32);
	bytes.writeUInt16LE(32, 34);
	bytes.write("data", 36, "latin1");
	bytes.writeUInt32LE(samples.byteLength, 40);
	for (const [index, value] of samples.entries()) bytes.writeFloatLE(value, 44 + 4 * index);
	return bytes;
}

/**
 * @typedef {object} Loop
 * @property {number} from recorded rate
 * @property {number} to engine's rate
 * @property {number} frames recorded frames
 * @property {number} periods
 * @property {number} phase of the first frame
 * @property {number} channels
 * @property {number} rounds that are rendered
 */

/** Renders a loop. @param {Loop} loop @returns the largest error beside the sine and the largest step, and the right step. */
async function measure({ from, to, frames, periods, phase, channels, rounds }) {
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
	const heard = engine.renderOffline(Math.round(rounds * length));
	await engine.shutDown();
	const worst = { error: 0, step: 0, rightStep: 0 };
	for (const [index, rendered] of heard.entries()) {
		const channel = channels === 1 ? 0 : index;
		let round = 0;
		let before = 0;
		for (let frame = 0; frame < rendered.length; frame++) {
			while (frame >= Math.round((round + 1) * length)) round++;
			const right = valueAt(((frame - Math.round(round * length)) * from) / to, channel);
			// Before the first round there is silence.
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

/** Recorded rate, engine's rate, recorded frames, periods: whole numbers of output frames, then others. */
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

let wrong = 0;
let loops = 0;
for (const [from = 0, to = 0, frames = 0, periods = 0] of [...whole, ...fractional]) {
	const isWhole = Number.isInteger((frames * to) / from);
	for (const channels of [1, 2]) {
		for (const phase of [0, Math.PI / 2]) {
			const rounds = isWhole ? ROUNDS : MANY_ROUNDS;
			const { error, step, rightStep } = await measure({ from, to, frames, periods, phase, channels, rounds });
			const decibels = 20 * Math.log10(error / PEAK);
			const isRight = decibels <= MOST_DECIBELS && step <= rightStep + 1e-6;
			loops += 1;
			if (isRight) continue;
			wrong += 1;
			const what = `${from} -> ${to} Hz, ${frames} frames, ${channels} ch, phase ${phase.toFixed(2)}, ${rounds} rounds`;
			const figures = `error ${decibels.toFixed(1)} dB of the peak, largest step ${step.toFixed(5)}, right ${rightStep.toFixed(5)}`;
			console.log(`${what}: ${figures}`);
		}
	}
}
console.log(`${loops - wrong} of ${loops} loops go on over their seam`);
process.exitCode = wrong === 0 ? 0 : 1;
