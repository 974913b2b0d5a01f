/**
 * The inner loops of a playhead between frames: 32 taps per frame from interpolation-tables.ts, in f32.
 *
 * Positions lie on a line and are counted in 2^-32 of a frame. One in POSITIONS_APART is computed from the line, those behind it by
 * integer addition, so that each is a function of the frames since the line's first alone and the bits depend neither on the block length
 * nor on where the clock began. The two channels are taken apart first: then four taps weigh four frames of each without being doubled.
 */
import { fullBandTable, HALF_TAPS, lowerTable, ROW_BYTES, upperShare, upperTable } from "./interpolation-tables";
import { FRAME_BYTES } from "./mix";

/** Frames between two whose positions are computed from the line. */
const POSITIONS_APART: u32 = 64;
const FRACTION_BITS: i64 = 32;
const ONE_FRAME: f64 = 4_294_967_296;
/** A fraction's 9 highest bits are its phase, the next 15 how far it lies on the way to the next phase. */
const PHASE_SHIFT: u32 = 23;
const PART_SHIFT: u32 = 8;
const PART_MASK: u32 = 32_767;
const PART: f32 = 1.0 / 32_768.0;

/** The frames that the taps of a call weigh, each channel by itself. */
const PLANES = memory.data(2 * 304 * 4, 16);
const PLANE_BYTES: usize = 1216;

let lineStart: f64 = 0;
let lineStep: f64 = 0;
let lineFrame: u64 = 0;
let fixedStep: i64 = 0;

/** Sets the line of positions for the next calls. @param frame - of the clock, whose position is `start` */
export function setPositions(start: f64, step: f64, frame: u64): void {
	lineStart = start;
	lineStep = step;
	lineFrame = frame;
	fixedStep = <i64>Math.round(step * ONE_FRAME);
}

/** The source frame at or before the position of a frame of the clock. */
export function sourceFrameAt(frame: u64): i32 {
	return <i32>(positionAt(frame, 0) >> FRACTION_BITS);
}

/**
 * Interpolates frames of the line.
 *
 * @param target - interleaved stereo, overwritten, 16-byte aligned
 * @param source - where `sourceFrames` of its frames lie in a row: all that the taps reach
 * @param first - and the frame of the clock that is interpolated first
 * @param lowest - index of the first of the source's frames
 * @param channels - of the source: 1 or 2; a mono source comes out on both sides
 */
export function interpolate(
	target: usize,
	source: usize,
	lowest: i32,
	sourceFrames: u32,
	first: u64,
	frames: u32,
	channels: u32,
): void {
	if (channels == 2) takeApart(source, sourceFrames);
	const planes = channels == 2 ? PLANES : source;
	while (frames > 0) {
		const run = min(frames, POSITIONS_APART - (<u32>(first - lineFrame) & (POSITIONS_APART - 1)));
		const position = positionAt(first, lowest + HALF_TAPS - 1);
		if (channels == 1) interpolateMono(target, planes, position, run);
		else if (upperShare() == 0) interpolateStereo(target, position, run);
		else interpolateBetweenTables(target, position, run);
		first += run;
		frames -= run;
		target += run * FRAME_BYTES;
	}
}

/** Interpolates one frame with the full band. @param source - address of the frame of index 0; @param target - of as many channels */
export function interpolateOne(target: usize, source: usize, place: f64, channels: u32): void {
	const whole = floor(place);
	const position = <i64>((place - whole) * ONE_FRAME);
	const row = fullBandTable() + rowOf(position);
	const first = <i32>whole - HALF_TAPS + 1;
	if (channels == 2) {
		takeApart(source + first * FRAME_BYTES, 2 * HALF_TAPS);
		v128.store64_lane(target, stereoFrame(PLANES, row, partOf(position)), 0);
	} else {
		store<f32>(target, monoFrame(source + first * sizeof<f32>(), row, partOf(position)));
	}
}

/** The position of a frame of the clock, counted from a frame of the source. */
function positionAt(frame: u64, origin: i32): i64 {
	const passed = frame - lineFrame;
	const steps = <u32>passed & (POSITIONS_APART - 1);
	const place = lineStart + <f64>(passed - steps) * lineStep - <f64>origin;
	return <i64>floor(place * ONE_FRAME) + <i64>steps * fixedStep;
}

function rowOf(position: i64): usize {
	return <usize>((<u32>position >> PHASE_SHIFT) * ROW_BYTES);
}

function partOf(position: i64): f32 {
	return <f32>(<i32>((<u32>position >> PART_SHIFT) & PART_MASK)) * PART;
}

/** Where the taps of a position begin in the channel's frames. */
function offsetOf(position: i64): usize {
	return <usize>(position >> FRACTION_BITS) * sizeof<f32>();
}

/** Writes the left and the right samples of frames to their planes. */
function takeApart(source: usize, frames: u32): void {
	let plane = PLANES;
	const end = PLANES + frames * sizeof<f32>();
	for (; plane + 16 <= end; plane += 16, source += 32) {
		const one = v128.load(source);
		const other = v128.load(source, 16);
		v128.store(plane, v128.shuffle<f32>(one, other, 0, 2, 4, 6));
		v128.store(plane, v128.shuffle<f32>(one, other, 1, 3, 5, 7), PLANE_BYTES);
	}
	for (; plane < end; plane += 4, source += FRAME_BYTES) {
		store<f32>(plane, load<f32>(source));
		store<f32>(plane, load<f32>(source, 4), PLANE_BYTES);
	}
}

/** Interpolates frames of the planes, two at a time: the same sums as of each alone, while both fill the processor. */
function interpolateStereo(target: usize, position: i64, frames: u32): void {
	const table = lowerTable();
	let frame: u32 = 0;
	for (; frame + 2 <= frames; frame += 2, target += 2 * FRAME_BYTES) {
		const next = position + fixedStep;
		v128.store(
			target,
			twoStereoFrames(
				PLANES + offsetOf(position),
				table + rowOf(position),
				partOf(position),
				PLANES + offsetOf(next),
				table + rowOf(next),
				partOf(next),
			),
		);
		position = next + fixedStep;
	}
	if (frame == frames) return;
	const last = stereoFrame(PLANES + offsetOf(position), table + rowOf(position), partOf(position));
	v128.store64_lane(target, last, 0);
}

function twoStereoFrames(planeA: usize, rowA: usize, partA: f32, planeB: usize, rowB: usize, partB: f32): v128 {
	const alongA = f32x4.splat(partA);
	const alongB = f32x4.splat(partB);
	let leftA = f32x4.splat(0);
	let rightA = f32x4.splat(0);
	let leftB = f32x4.splat(0);
	let rightB = f32x4.splat(0);
	for (const end = rowA + ROW_BYTES; rowA < end; rowA += 64, rowB += 64, planeA += 32, planeB += 32) {
		let taps = f32x4.add(v128.load(rowA), f32x4.mul(alongA, v128.load(rowA, 16)));
		leftA = f32x4.add(leftA, f32x4.mul(v128.load(planeA), taps));
		rightA = f32x4.add(rightA, f32x4.mul(v128.load(planeA, PLANE_BYTES), taps));
		taps = f32x4.add(v128.load(rowB), f32x4.mul(alongB, v128.load(rowB, 16)));
		leftB = f32x4.add(leftB, f32x4.mul(v128.load(planeB), taps));
		rightB = f32x4.add(rightB, f32x4.mul(v128.load(planeB, PLANE_BYTES), taps));
		taps = f32x4.add(v128.load(rowA, 32), f32x4.mul(alongA, v128.load(rowA, 48)));
		leftA = f32x4.add(leftA, f32x4.mul(v128.load(planeA, 16), taps));
		rightA = f32x4.add(rightA, f32x4.mul(v128.load(planeA, PLANE_BYTES + 16), taps));
		taps = f32x4.add(v128.load(rowB, 32), f32x4.mul(alongB, v128.load(rowB, 48)));
		leftB = f32x4.add(leftB, f32x4.mul(v128.load(planeB, 16), taps));
		rightB = f32x4.add(rightB, f32x4.mul(v128.load(planeB, PLANE_BYTES + 16), taps));
	}
	const one = halfSums(leftA, rightA);
	const other = halfSums(leftB, rightB);
	return f32x4.add(v128.shuffle<f32>(one, other, 0, 1, 4, 5), v128.shuffle<f32>(one, other, 2, 3, 6, 7));
}

/** One frame, in the first two lanes. */
function stereoFrame(plane: usize, row: usize, part: f32): v128 {
	const along = f32x4.splat(part);
	let left = f32x4.splat(0);
	let right = f32x4.splat(0);
	for (const end = row + ROW_BYTES; row < end; row += 32, plane += 16) {
		const taps = f32x4.add(v128.load(row), f32x4.mul(along, v128.load(row, 16)));
		left = f32x4.add(left, f32x4.mul(v128.load(plane), taps));
		right = f32x4.add(right, f32x4.mul(v128.load(plane, PLANE_BYTES), taps));
	}
	return sumsOf(left, right);
}

/** Interpolates frames of the planes between two tables. */
function interpolateBetweenTables(target: usize, position: i64, frames: u32): void {
	const apart = upperTable() - lowerTable();
	const share = f32x4.splat(upperShare());
	for (let frame: u32 = 0; frame < frames; frame++, target += FRAME_BYTES, position += fixedStep) {
		let row = lowerTable() + rowOf(position);
		let plane = PLANES + offsetOf(position);
		const along = f32x4.splat(partOf(position));
		let left = f32x4.splat(0);
		let right = f32x4.splat(0);
		for (const end = row + ROW_BYTES; row < end; row += 32, plane += 16) {
			const taps = tapsBetween(row, row + apart, along, share);
			left = f32x4.add(left, f32x4.mul(v128.load(plane), taps));
			right = f32x4.add(right, f32x4.mul(v128.load(plane, PLANE_BYTES), taps));
		}
		v128.store64_lane(target, sumsOf(left, right), 0);
	}
}

function interpolateMono(target: usize, source: usize, position: i64, frames: u32): void {
	const isBetween = upperShare() != 0;
	for (let frame: u32 = 0; frame < frames; frame++, target += FRAME_BYTES, position += fixedStep) {
		const row = lowerTable() + rowOf(position);
		const from = source + offsetOf(position);
		const sample = isBetween ? monoFrameBetween(from, row, partOf(position)) : monoFrame(from, row, partOf(position));
		store<f32>(target, sample);
		store<f32>(target, sample, 4);
	}
}

function monoFrame(source: usize, row: usize, part: f32): f32 {
	const along = f32x4.splat(part);
	let sums = f32x4.splat(0);
	for (const end = row + ROW_BYTES; row < end; row += 32, source += 16) {
		const taps = f32x4.add(v128.load(row), f32x4.mul(along, v128.load(row, 16)));
		sums = f32x4.add(sums, f32x4.mul(v128.load(source), taps));
	}
	return f32x4.extract_lane(sumsOf(sums, sums), 0);
}

function monoFrameBetween(source: usize, row: usize, part: f32): f32 {
	const along = f32x4.splat(part);
	const share = f32x4.splat(upperShare());
	const apart = upperTable() - lowerTable();
	let sums = f32x4.splat(0);
	for (const end = row + ROW_BYTES; row < end; row += 32, source += 16) {
		sums = f32x4.add(sums, f32x4.mul(v128.load(source), tapsBetween(row, row + apart, along, share)));
	}
	return f32x4.extract_lane(sumsOf(sums, sums), 0);
}

/** Four taps between two phases and between two tables. */
function tapsBetween(lower: usize, upper: usize, along: v128, share: v128): v128 {
	const one = f32x4.add(v128.load(lower), f32x4.mul(along, v128.load(lower, 16)));
	const other = f32x4.add(v128.load(upper), f32x4.mul(along, v128.load(upper, 16)));
	return f32x4.add(one, f32x4.mul(share, f32x4.sub(other, one)));
}

/** Left and right, left and right: the sums of two lanes each. */
function halfSums(left: v128, right: v128): v128 {
	return f32x4.add(v128.shuffle<f32>(left, right, 0, 4, 1, 5), v128.shuffle<f32>(left, right, 2, 6, 3, 7));
}

/** The sums of all lanes, left and right, in the first two lanes. */
function sumsOf(left: v128, right: v128): v128 {
	const halves = halfSums(left, right);
	return f32x4.add(halves, v128.shuffle<f32>(halves, halves, 2, 3, 0, 1));
}
