import { COMPLEX } from "./complex";
import { interpolateMono, interpolateStereo, movePosition, neededFrom, setStep, startAt } from "./interpolate";
import { fillKernel, KERNEL_PHASES, KERNEL_ROW_BYTES, KERNEL_TAPS } from "./interpolation-kernel";
import { compensateKernel, filterToDoubles, filterToFloats, growTo, prepareFilter } from "./resample-block";

let channels: i32 = 0;
let inputLength: i32 = 0;
/** Frames at either end of a block that overlap its neighbours, as input and as output frames. */
let inputGuard: i32 = 0;
let outputGuard: i32 = 0;
/** Hop of one block, as input and as output frames. */
let inputHop: i32 = 0;
let outputHop: i32 = 0;
let input: usize = 0;
/** Two mono blocks as pairs, before and after. */
let pairs: usize = 0;
let output: usize = 0;
/** The filtered frames for the interpolation, as f64, and their end; 0 = the filtered frames are the output. */
let between: usize = 0;
let betweenEnd: usize = 0;
let kernelTable: usize = 0;

/** Bytes after the output that in-place cleaning may write. */
const CLEANED_BYTES: usize = 16;

/** Filtered frames before an output frame that its interpolation reads. */
const KERNEL_LEAD: i32 = KERNEL_TAPS / 2 - 1;

/**
 * Computes the tables of one ratio of sample rates and lays out the buffers after them.
 *
 * @param channelCount - 1 or 2
 * @param forwardLength - input frames per block
 * @param inverseLength - output frames per block
 * @param forwardGuard - frames of `forwardLength` that only the filter reads, at either end
 * @param inverseGuard - the same as output frames
 * @param cutoff - middle of the filter's transition band, in cycles per input frame
 * @param halfTaps - the filter's taps on either side of the centre tap, at most `forwardGuard`
 * @param beta - shape of the filter's Kaiser window
 */
export function prepareResampler(
	channelCount: i32,
	forwardLength: i32,
	inverseLength: i32,
	forwardGuard: i32,
	inverseGuard: i32,
	cutoff: f64,
	halfTaps: i32,
	beta: f64,
): void {
	channels = channelCount;
	inputLength = forwardLength;
	inputGuard = forwardGuard;
	outputGuard = inverseGuard;
	inputHop = forwardLength - 2 * forwardGuard;
	outputHop = inverseLength - 2 * inverseGuard;
	const start: usize = (__heap_base + 15) & ~15;
	input = prepareFilter(start, forwardLength, inverseLength, cutoff, halfTaps, beta);
	pairs = input + <usize>inputLength * 8;
	output = pairs + <usize>max(inputLength, inverseLength) * 8;
	growTo(output + <usize>inverseLength * 8 + CLEANED_BYTES);
	resetResampler();
}

/**
 * Sets up interpolation between the frames of the block filter, for ratios that its transforms do not support.
 *
 * @param numerator - filtered frames per `denominator` output frames, less than 8 * denominator
 */
export function prepareInterpolation(numerator: i32, denominator: i32): void {
	const frameBytes = <usize>channels * 8;
	const filteredFrames = (3 - channels) * outputHop + 2 * KERNEL_TAPS;
	between = output;
	kernelTable = (between + <usize>filteredFrames * frameBytes + 15) & ~15;
	output = kernelTable + <usize>KERNEL_PHASES * KERNEL_ROW_BYTES;
	const outputFrames = <i32>((<i64>filteredFrames * denominator) / numerator) + 1;
	growTo(output + <usize>(outputFrames * channels) * 4 + CLEANED_BYTES);
	fillKernel(kernelTable);
	compensateKernel();
	setStep(numerator, denominator, frameBytes);
	resetResampler();
}

/** Where the caller writes f32 frames: after the `2 * forwardGuard` kept from the previous block. */
export function resamplerInput(): usize {
	return input;
}

/** Where `resampleBlock` writes f32 frames. */
export function resamplerOutput(): usize {
	return channels == 2 && between == 0 ? output + <usize>outputGuard * 8 : output;
}

/**
 * Starts a new signal, preceded by silence.
 *
 * @returns frames of silence at the start of the input buffer
 */
export function resetResampler(): i32 {
	let lead = inputGuard;
	if (between != 0) {
		// The first output frame also depends on filtered frames before it.
		lead += (KERNEL_LEAD * inputLength) / (outputHop + 2 * outputGuard);
		betweenEnd = between;
		startAt(between);
	}
	memory.fill(input, 0, <usize>(lead * channels) * 4);
	return lead;
}

/** Pairs each frame of one mono block with the same frame of the next. */
function pairBlocks(): void {
	let source = input;
	const distance = <usize>inputHop * 4;
	const end = pairs + <usize>inputLength * 8;
	for (let target = pairs; target < end; target += 32, source += 16) {
		const a = v128.load(source);
		const b = v128.load(source + distance);
		v128.store(target, v128.shuffle<f32>(a, b, 0, 4, 1, 5));
		v128.store(target, v128.shuffle<f32>(a, b, 2, 6, 3, 7), 16);
	}
}

/** Writes the first block of the pairs, then the second; a hop is even. */
function unpairBlocks(): void {
	const distance = <usize>outputHop * 4;
	const end = output + distance;
	let source = pairs + <usize>outputGuard * 8;
	for (let target = output; target < end; target += 8, source += 16) {
		const two = v128.load(source);
		const sorted = v128.shuffle<f32>(two, two, 0, 2, 1, 3);
		v128.store64_lane(target, sorted, 0);
		v128.store64_lane(target + distance, sorted, 1);
	}
}

/** The same for the interpolation. */
function unpairDoubles(source: usize): void {
	const distance = <usize>outputHop * 8;
	const end = betweenEnd + distance;
	for (let target = betweenEnd; target < end; target += 8, source += COMPLEX) {
		const pair = v128.load(source);
		v128.store64_lane(target, pair, 0);
		v128.store64_lane(target + distance, pair, 1);
	}
	betweenEnd = end + distance;
}

/** Interpolates as far as the filtered frames allow. Returns output frames written. */
function interpolate(source: usize): i32 {
	let end: usize;
	if (channels == 1) {
		unpairDoubles(source);
		end = interpolateMono(betweenEnd, output, kernelTable);
	} else {
		const bytes = <usize>outputHop * COMPLEX;
		memory.copy(betweenEnd, source, bytes);
		betweenEnd += bytes;
		end = interpolateStereo(betweenEnd, output, kernelTable);
	}
	const done = neededFrom() - between;
	memory.copy(between, between + done, betweenEnd - between - done);
	betweenEnd -= done;
	movePosition(done);
	return <i32>(end - output) / (4 * channels);
}

/**
 * Resamples one block of stereo, or two of mono, and advances the input past it.
 *
 * Thread: loader. Does not allocate.
 * Source: overlap-save, A. V. Oppenheim and R. W. Schafer, "Discrete-Time Signal Processing" (1989), section 8.7.3.
 *
 * @returns output frames written
 */
export function resampleBlock(): i32 {
	const mono = channels == 1;
	if (mono) pairBlocks();
	const block = mono ? pairs : input;
	let frames = (3 - channels) * outputHop;
	if (between != 0) {
		frames = interpolate(filterToDoubles(block) + <usize>outputGuard * COMPLEX);
	} else if (mono) {
		filterToFloats(pairs, pairs);
		unpairBlocks();
	} else {
		filterToFloats(input, output);
	}
	moveInput();
	return frames;
}

/** Keeps the frames that the next block needs. */
function moveInput(): void {
	const frameBytes = <usize>channels * 4;
	const hops = 3 - channels;
	memory.copy(input, input + <usize>(hops * inputHop) * frameBytes, <usize>(2 * inputGuard) * frameBytes);
}
