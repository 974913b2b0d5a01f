/** Restoring commands: a replay brings the kernel into the state that a recording began with. */
import {
	COMMAND_SLOT,
	RESTORE_ADDRESS,
	RESTORE_EDGE_FRAMES,
	RESTORE_FORM,
	RESTORE_FRAMES,
	RESTORE_GAIN_POSITION,
	RESTORE_GAIN_START,
	RESTORE_GAIN_TARGET,
	RESTORE_HANDLE,
	RESTORE_LOOP_FRAMES,
	RESTORE_POSITION,
	RESTORE_ROUND,
	RESTORE_TAIL_FRAMES,
	RESTORE_TAIL_SAMPLES,
	RESTORE_VELOCITY,
} from "../../../engine/src/protocol/commands";
import {
	VOICE_ADDRESS,
	VOICE_CHANNELS,
	VOICE_EDGE_FRAMES,
	VOICE_FLAGS,
	VOICE_FRAMES,
	VOICE_HANDLE,
	VOICE_LOOP_FRAMES,
	VOICE_LOOPING,
	VOICE_POSITION,
	VOICE_ROUND,
	VOICE_SLOT,
	VOICE_STARTED,
	VOICE_VELOCITY,
} from "../../../engine/src/protocol/layout";
import { roundStart } from "../../../engine/src/protocol/seam";
import { slotLimit } from "./bank";
import { restoreMasterGain } from "./gain";
import { clearPending } from "./pending";
import { isLoopLength, isRegion, isRound } from "./region";
import { fadeLength, silenceTail, tailFrame } from "./tail";
import { addVoice, dropAllVoices } from "./voices";

const EXPONENT_BITS: u32 = 0x7f80_0000;
const MANTISSA_BITS: u32 = 0x007f_ffff;

/** Silences everything at once, and forgets what waits for its frame. The slots keep their samples. */
export function restoreNothing(): void {
	dropAllVoices();
	silenceTail();
	clearPending();
}

/** Adds a voice in the midst of its sample. @returns false, with nothing changed, when an argument is out of range */
export function restoreVoice(command: usize): bool {
	const slot = load<u32>(command, COMMAND_SLOT);
	const handle = load<u32>(command, RESTORE_HANDLE);
	const address = load<u32>(command, RESTORE_ADDRESS);
	const frames = load<u32>(command, RESTORE_FRAMES);
	const form = load<u32>(command, RESTORE_FORM);
	const position = load<u32>(command, RESTORE_POSITION);
	const velocity = load<f32>(command, RESTORE_VELOCITY);
	const edgeFrames = load<u32>(command, RESTORE_EDGE_FRAMES);
	const loopFrames = edgeFrames == 0 ? <f64>frames : load<f64>(command, RESTORE_LOOP_FRAMES);
	const round = load<f64>(command, RESTORE_ROUND);
	const channels = form & 0xff;
	const flags = form >> 8;

	const inRange = velocity >= 0 && velocity <= 1; // false for NaN
	if (slot >= slotLimit() || !inRange || (flags & ~(VOICE_LOOPING | VOICE_STARTED)) != 0) return false;
	if (!isRegion(handle, address, frames, channels, edgeFrames) || !isLoopLength(loopFrames, frames)) return false;
	if (!isRound(round, loopFrames) || !isInRound(position, frames, flags, loopFrames, round)) return false;
	const voice = addVoice(handle);
	if (voice == 0) return false;
	store<u32>(voice, handle, VOICE_HANDLE);
	store<u32>(voice, address, VOICE_ADDRESS);
	store<u32>(voice, frames, VOICE_FRAMES);
	store<u32>(voice, channels, VOICE_CHANNELS);
	store<u32>(voice, edgeFrames, VOICE_EDGE_FRAMES);
	store<f64>(voice, loopFrames, VOICE_LOOP_FRAMES);
	store<u32>(voice, slot, VOICE_SLOT);
	store<u32>(voice, position, VOICE_POSITION);
	store<f32>(voice, velocity, VOICE_VELOCITY);
	store<u32>(voice, flags, VOICE_FLAGS);
	store<f64>(voice, round, VOICE_ROUND);
	return true;
}

/** Whether a voice can stand there; a round of a very short loop may have no frame at all. */
function isInRound(position: u32, frames: u32, flags: u32, loopFrames: f64, round: f64): bool {
	if (!(flags & VOICE_LOOPING)) return position < frames;
	return position == 0 || <f64>position < roundStart(loopFrames, round + 1) - roundStart(loopFrames, round);
}

/** Puts frames into the fade tail. @returns false, with nothing changed, when one is no sound or lies outside the tail */
export function restoreTail(command: usize): bool {
	const first = load<u32>(command, COMMAND_SLOT);
	if (first >= fadeLength()) return false;
	const frames = min(fadeLength() - first, RESTORE_TAIL_FRAMES);
	for (let sample: u32 = 0; sample < frames * 2; sample++) {
		if (!isSound(load<u32>(command + sample * sizeof<u32>(), RESTORE_TAIL_SAMPLES))) return false;
	}
	for (let frame: u32 = 0; frame < frames; frame++) {
		store<u64>(tailFrame(first + frame), load<u64>(command + frame * sizeof<u64>(), RESTORE_TAIL_SAMPLES));
	}
	return true;
}

/** Sets the master gain in the midst of its ramp. @returns false, with nothing changed, when it is no gain */
export function restoreGain(command: usize): bool {
	return restoreMasterGain(
		load<f32>(command, RESTORE_GAIN_TARGET),
		load<f64>(command, RESTORE_GAIN_START),
		load<u32>(command, RESTORE_GAIN_POSITION),
	);
}

/** Whether an f32 is neither NaN, which no mix contains, nor subnormal, which some audio threads flush to zero. */
function isSound(bits: u32): bool {
	const exponent = bits & EXPONENT_BITS;
	const mantissa = bits & MANTISSA_BITS;
	return mantissa == 0 || (exponent != 0 && exponent != EXPONENT_BITS);
}
