import { type BlockPlan, designLowPass, type LowPass, planBlocks } from "./block-plan.ts";
import { greatestCommonDivisor } from "./ratio.ts";

/** The method for one ratio of sample rates. */
export interface ResamplePlan {
	readonly lowPass: LowPass;
	readonly blocks: BlockPlan;
	/** Filtered frames per output frame, as a fraction; null if the filtered frames are the output. */
	readonly step: Fraction | null;
	/** Input frames on either side that contribute to an output frame. */
	readonly reach: number;
}

interface Fraction {
	readonly numerator: number;
	readonly denominator: number;
}

/** Cost per interpolated frame, in the unit of BlockPlan.cost. */
const INTERPOLATION_COST = 16;
/** Largest ratio of two rates; keeps a block's output within some MiB. */
const MAX_RATIO = 512;
/** How far compensating for the interpolation kernel extends the filter, in filtered frames. */
const COMPENSATION_REACH = 24;
/** Filtered frames on either side that contribute to an interpolated frame. */
const KERNEL_REACH = 5;

/**
 * Plans the cheapest conversion from one sample rate to another.
 *
 * @param inputRate - frames per second, an integer >= 1
 * @param outputRate - frames per second, an integer >= 1
 * @returns null if the ratio of the rates is too large
 */
export function planResampling(inputRate: number, outputRate: number): ResamplePlan | null {
	if (Math.max(inputRate / outputRate, outputRate / inputRate) > MAX_RATIO) return null;
	const lowPass = designLowPass(Math.min(1, outputRate / inputRate) / 2);
	const ratio = inLowestTerms(outputRate, inputRate);
	const direct = planBlocks(ratio.numerator, ratio.denominator, lowPass.halfTaps);
	const { up, down } = oversampling(inputRate, outputRate);
	const blocks = planBlocks(up, down, lowPass.halfTaps + Math.ceil((COMPENSATION_REACH * down) / up));
	const directPlan = direct && { lowPass, blocks: direct, step: null, reach: lowPass.halfTaps };
	if (blocks === null) return directPlan;
	const interpolatedCost = blocks.cost + (INTERPOLATION_COST * outputRate) / inputRate;
	if (direct !== null && direct.cost <= interpolatedCost) return directPlan;
	const reach = lowPass.halfTaps + Math.ceil(((COMPENSATION_REACH + KERNEL_REACH) * down) / up);
	return { lowPass, blocks, step: inLowestTerms(inputRate * up, outputRate * down), reach };
}

/** The ratio by which the block filter raises the rate, to between two and four times the lower one. */
function oversampling(inputRate: number, outputRate: number): { up: number; down: number } {
	const lower = Math.min(inputRate, outputRate);
	if (inputRate < 2 * lower) return { up: 2, down: 1 };
	let down = 1;
	while (inputRate >= 4 * lower * down) down *= 2;
	return { up: 1, down };
}

function inLowestTerms(numerator: number, denominator: number): Fraction {
	const divisor = greatestCommonDivisor(numerator, denominator);
	return { numerator: numerator / divisor, denominator: denominator / divisor };
}
