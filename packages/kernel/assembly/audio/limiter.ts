/**
 * The limiter: the gain that a frame needs is held for a window of 73 frames, comes back exponentially, and is averaged over 73
 * frames. So it moves without a corner, and every gain of the mean suffices for the frame that sounds, 72 frames late.
 *
 * Gains are whole numbers: their running sum is exact, and they reach unity again.
 */
import { MASTER_LIMITER_CEILING, parameterDefault } from "../../../engine/src/protocol/parameters";
import { flooredSample, gainFromDecibels } from "./gain";
import { FRAME_BYTES } from "./mix";
import { isSilent, isSteady, jumpTo, moveTo, Ramp, takeGain } from "./ramp";

const LOOK_AHEAD: u32 = 72;
const WINDOW: u32 = 73;
const RELEASE_SECONDS: f64 = 0.1;
const UNITY: u32 = 0x4000_0000;
const SUM_AT_UNITY: u64 = 0x12_4000_0000;
/** Mask of a frame's place in what is kept. */
const KEPT: u32 = 127;
const LEAST_GAIN_DECIBELS: f64 = -200;

/** Stereo frames, the u32 gain that each needs, and the one that was held when it came. */
const FRAMES = memory.data(128 * 8, 16);
const NEEDED = memory.data(128 * 4, 16);
const HELD = memory.data(128 * 4, 16);
/** The limiter's part in the cross-fade with what does not pass it. */
const blend = changetype<Ramp>(memory.data(40, 8));
let ceiling: f64 = 1;
/** The part of what a gain lacks that comes back in a frame, times 2^32. */
let returning: u64 = 0;

/** The number of the next frame. */
let at: u32 = 0;
/** Frames to come before the cross-fade begins: those that fill the delay. */
let warmUp: u32 = 0;
/** The lowest gain of the window, and the frame that needs it. */
let lowest: u32 = 0;
let lowestAt: u32 = 0;
let held: u32 = 0;
let sum: u64 = 0;
/** The lowest sum since it was asked for. */
let lowestSum: u64 = 0;
/** Silent frames that came last. */
let silentFrames: u32 = 0;

/** Switches the limiter off. */
export function resetLimiter(sampleRate: u32): void {
	const share: f64 = 1 - Math.exp(-1 / (RELEASE_SECONDS * <f64>sampleRate));
	returning = <u64>(share * 4_294_967_296);
	jumpTo(blend, 0, 0);
	lowestSum = SUM_AT_UNITY;
	setCeiling(gainFromDecibels(parameterDefault(MASTER_LIMITER_CEILING)));
	forget();
}

/** Switches the limiter. @param isSounding - whether something sounds, so that it cross-fades */
export function switchLimiter(isOn: bool, isSounding: bool): void {
	const target: f32 = isOn ? 1 : 0;
	if (blend.left == target) return;
	if (isSounding || !isLimiterAtRest()) {
		if (isSilent(blend)) warmUp = LOOK_AHEAD;
		moveTo(blend, target, target);
	} else {
		jumpTo(blend, target, target);
		forget();
	}
}

/** Sets what no sample passes that comes from now on. */
export function setCeiling(gain: f32): void {
	ceiling = gain;
}

/** Whether nothing is in the limiter, and it does not move. */
export function isLimiterAtRest(): bool {
	return isSilent(blend) || (isSteady(blend) && silentFrames >= LOOK_AHEAD && sum == SUM_AT_UNITY);
}

/** By how many decibels the gain was reduced at most since the last call. */
export function takeGainReduction(): f32 {
	if (lowestSum == SUM_AT_UNITY) return 0;
	const decibels = 20 * Math.log10(<f64>lowestSum / <f64>SUM_AT_UNITY);
	lowestSum = SUM_AT_UNITY;
	return <f32>-max(decibels, LEAST_GAIN_DECIBELS);
}

/** Limits the frames of a bus. */
export function limit(bus: usize, frames: u32): void {
	const end = bus + frames * FRAME_BYTES;
	for (; bus < end && !isSilent(blend); bus += FRAME_BYTES) limitFrame(bus);
}

function limitFrame(frame: usize): void {
	const left = finite(load<f32>(frame));
	const right = finite(load<f32>(frame, 4));
	takeFrame(left, right);
	if (warmUp > 0) {
		warmUp--;
		return;
	}
	const share = takeGain(blend);
	const delayed = FRAMES + ((at - 1 - LOOK_AHEAD) & KEPT) * FRAME_BYTES;
	store<f32>(frame, mixed(left, limited(load<f32>(delayed)), share));
	store<f32>(frame, mixed(right, limited(load<f32>(delayed, 4)), share), 4);
	lowestSum = min(lowestSum, sum);
	if (isSilent(blend)) forget();
}

/** Takes a frame in, and moves the gain on. */
function takeFrame(left: f32, right: f32): void {
	const kept = at & KEPT;
	store<f32>(FRAMES + kept * FRAME_BYTES, left);
	store<f32>(FRAMES + kept * FRAME_BYTES, right, 4);
	const peak = <f64>max(abs(left), abs(right));
	silentFrames = peak == 0 ? min(silentFrames + 1, LOOK_AHEAD) : 0;
	const needed = peak > ceiling ? <u32>((<f64>UNITY * ceiling) / peak) : UNITY;
	store<u32>(NEEDED + kept * sizeof<u32>(), needed);
	if (needed <= lowest) {
		lowest = needed;
		lowestAt = at;
	} else if (at - lowestAt == WINDOW) {
		findLowest();
	}
	const lacking = UNITY - held;
	if (lacking > 0) held += <u32>((<u64>lacking * returning) >> 32) + 1;
	held = min(held, lowest);
	sum = sum + held - load<u32>(HELD + ((at - WINDOW) & KEPT) * sizeof<u32>());
	store<u32>(HELD + kept * sizeof<u32>(), held);
	at++;
}

/** Finds the lowest gain of the window again; of equal ones the newest. */
function findLowest(): void {
	lowest = UNITY;
	for (let frame = at - LOOK_AHEAD; frame != at + 1; frame++) {
		const needed = load<u32>(NEEDED + (frame & KEPT) * sizeof<u32>());
		if (needed > lowest) continue;
		lowest = needed;
		lowestAt = frame;
	}
}

/** At unity it keeps every bit. A product that is above the ceiling by less than f64 resolves is rounded to it. */
function limited(sample: f32): f32 {
	if (sum == SUM_AT_UNITY) return sample;
	return <f32>((<f64>flooredSample(sample) * <f64>sum) / <f64>SUM_AT_UNITY);
}

function mixed(direct: f32, delayed: f32, share: f64): f32 {
	if (share == 1) return delayed;
	return <f32>(<f64>flooredSample(direct) * (1 - share) + <f64>flooredSample(delayed) * share);
}

/** NaN, which is what infinities add up to, counts as the largest number: it is silenced. */
function finite(sample: f32): f32 {
	if (sample != sample) return f32.MAX_VALUE;
	return max(min(sample, f32.MAX_VALUE), -f32.MAX_VALUE);
}

function forget(): void {
	memory.fill(FRAMES, 0, 128 * FRAME_BYTES);
	for (let kept: u32 = 0; kept <= KEPT; kept++) {
		store<u32>(NEEDED + kept * sizeof<u32>(), UNITY);
		store<u32>(HELD + kept * sizeof<u32>(), UNITY);
	}
	at = 0;
	warmUp = 0;
	lowest = UNITY;
	lowestAt = 0;
	held = UNITY;
	sum = SUM_AT_UNITY;
	silentFrames = LOOK_AHEAD;
}
