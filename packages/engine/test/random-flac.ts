import { seededRandom } from "./fixtures.ts";
import {
	codedChannels,
	type FlacBlock,
	type FlacWriterOptions,
	type ResidualCoding,
	residualsOf,
	type StereoCoding,
	type SubframeCoding,
	signedBits,
} from "./flac-writer.ts";

/** A file for `writeFlac`. */
export interface RandomFlac {
	readonly blocks: readonly FlacBlock[];
	readonly options: FlacWriterOptions;
}

/** Returns integers 0..count-1. */
type Choose = (count: number) => number;

const stereoCodings: readonly StereoCoding[] = ["independent", "left-side", "side-right", "mid-side"];
const sampleRates = [8_000, 22_050, 44_100, 48_000, 96_000, 192_000, 176_000, 35_467, 134_560, 700_001];
const fixedOrders: readonly (readonly number[])[] = [[], [1], [2, -1], [3, -3, 1], [4, -6, 4, -1]];
const MAX_RESIDUAL = 2 ** 31 - 1;
const UNARY_LIMIT = 300;

/** A signal of a random kind, at any level up to full scale, perhaps with low bits that are always 0. */
function randomChannel(frames: number, bits: number, choose: Choose): number[] {
	const full = 2 ** (bits - 1);
	const step = 2 ** (choose(3) === 0 ? choose(Math.min(bits, 8)) : 0);
	const level = full / 2 ** choose(bits);
	const kind = choose(4);
	const period = 8 + choose(200);
	return Array.from({ length: frames }, (_, frame) => {
		const noise = (choose(2 ** 24) / 2 ** 23 - 1) * level;
		const tone = Math.sin((2 * Math.PI * frame) / period) * level;
		const square = frame % period < period / 2 ? full - 1 : -full;
		const value = [level, noise, tone + noise / 64, square][kind]!;
		return Math.max(-full, Math.min(full - step, Math.floor(value / step) * step));
	});
}

function randomResidual(frames: number, order: number, choose: Choose): ResidualCoding {
	const orders = [0, 1, 2, 3, 4, 5, 6, 7, 8].filter((o) => frames % 2 ** o === 0 && frames / 2 ** o > order);
	const parameterBits = choose(2) === 0 ? 4 : 5;
	const most = 2 ** parameterBits - 2;
	const parameter = (residuals: readonly number[]): number | "escape" => {
		const peak = residuals.reduce((highest, value) => Math.max(highest, Math.abs(value)), 0);
		const canEscape = residuals.every((value) => signedBits(value) <= 31);
		if (canEscape && choose(8) === 0) return "escape";
		const mean = residuals.reduce((sum, value) => sum + Math.abs(value), 0) / Math.max(1, residuals.length);
		const best = Math.floor(Math.log2(mean + 1)) + choose(3) - 1;
		const least = Math.ceil(Math.log2((2 * peak + 2) / UNARY_LIMIT));
		const chosen = Math.max(0, least, best);
		if (chosen <= most) return chosen;
		return canEscape ? "escape" : most;
	};
	return { parameterBits, partitionOrder: orders[choose(orders.length)] ?? 0, parameter };
}

function randomPredictor(choose: Choose): { coefficients: number[]; precision: number; shift: number } {
	const precision = 2 + choose(14);
	const shift = Math.max(0, precision - 2 - choose(3));
	const order = 1 + choose(choose(3) === 0 ? 32 : 8);
	const half = 2 ** (precision - 1);
	const coefficients = Array.from({ length: order }, (_, tap) => {
		const scale = tap === 0 ? half : half / (2 * tap + 2);
		return Math.max(-half, Math.min(half - 1, Math.round((choose(2000) / 1000 - 1) * scale)));
	});
	return { coefficients, precision, shift };
}

function randomCoding(samples: readonly number[], choose: Choose): SubframeCoding {
	let wastedBits = choose(4) === 0 ? 0 : 16;
	while (wastedBits > 0 && samples.some((sample) => sample % 2 ** wastedBits !== 0)) wastedBits--;
	if (samples.every((sample) => sample === 0)) wastedBits = 0;
	const coded = samples.map((sample) => sample / 2 ** wastedBits);
	if (coded.every((sample) => sample === coded[0]) && choose(2) === 0) return { type: "constant", wastedBits };
	const predictor = randomPredictor(choose);
	const order = choose(5);
	const isFixed = choose(3) === 0;
	const coefficients = isFixed ? fixedOrders[order]! : predictor.coefficients;
	const residuals = residualsOf(coded, coefficients, isFixed ? 0 : predictor.shift);
	const canPredict =
		coefficients.length <= samples.length && residuals.every((value) => Math.abs(value) <= MAX_RESIDUAL);
	if (!canPredict || choose(8) === 0) return { type: "verbatim", wastedBits };
	const residual = randomResidual(samples.length, coefficients.length, choose);
	if (residual.parameterBits === 4 && residuals.some((value) => Math.abs(value) > 2 ** 20)) {
		return { type: "verbatim", wastedBits };
	}
	return isFixed
		? { type: "fixed", order, wastedBits, residual }
		: { type: "linear", ...predictor, wastedBits, residual };
}

/** A random file; over many seeds every coding tool of the format is used. */
export function randomFlac(seed: number): RandomFlac {
	const random = seededRandom(seed);
	const choose: Choose = (count) => Math.floor(random() * count);
	const bits = choose(4) === 0 ? 32 : 4 + choose(29);
	const channelCount = 1 + choose(2);
	const isVariable = choose(2) === 0;
	const fixedFrames = 16 + choose(1200);
	const blockCount = 1 + choose(6);
	const blocks = Array.from({ length: blockCount }, (_, index) => {
		const isLast = index === blockCount - 1;
		const size = isVariable ? [16, 192, 256, 1024, 16 + choose(1500)][choose(5)]! : fixedFrames;
		const frames = isLast && choose(2) === 0 ? 1 + choose(size) : size;
		const left = randomChannel(frames, bits, choose);
		const right = choose(3) === 0 ? left.map((sample) => -1 - sample) : randomChannel(frames, bits, choose);
		const block = {
			channels: [left, right].slice(0, channelCount),
			...(channelCount === 2 ? { stereo: stereoCodings[choose(4)]! } : {}),
			codings: [],
		};
		return { ...block, codings: codedChannels(block, bits).map(({ samples }) => randomCoding(samples, choose)) };
	});
	const sampleRate = sampleRates[choose(sampleRates.length)]!;
	return { blocks, options: { sampleRate, bits, isVariable } };
}
