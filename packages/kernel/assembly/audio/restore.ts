/** Restoring records: a replay brings the kernel into the state that a recording began with. */
import {
	RECORD_SLOT,
	RESTORE_ADDRESS,
	RESTORE_FORM,
	RESTORE_FRAMES,
	RESTORE_GAIN_POSITION,
	RESTORE_GAIN_START,
	RESTORE_GAIN_TARGET,
	RESTORE_HANDLE,
	RESTORE_POSITION,
	RESTORE_TAIL_FRAMES,
	RESTORE_TAIL_SAMPLES,
	RESTORE_VELOCITY,
} from "../../../engine/src/protocol/control-messages";
import { VOICE_LOOPING, VOICE_STARTED } from "../../../engine/src/protocol/layout";
import { slotLimit } from "./bank";
import { restoreMasterGain } from "./gain";
import { clearPending } from "./pending";
import { isRegion } from "./region";
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
export function restoreVoice(record: usize): bool {
	const slot = load<u32>(record, RECORD_SLOT);
	const handle = load<u32>(record, RESTORE_HANDLE);
	const address = load<u32>(record, RESTORE_ADDRESS);
	const frames = load<u32>(record, RESTORE_FRAMES);
	const form = load<u32>(record, RESTORE_FORM);
	const position = load<u32>(record, RESTORE_POSITION);
	const velocity = load<f32>(record, RESTORE_VELOCITY);
	const channels = form & 0xff;
	const flags = form >> 8;

	const inRange = velocity >= 0 && velocity <= 1; // false for NaN
	if (slot >= slotLimit() || !inRange || position >= frames) return false;
	if ((flags & ~(VOICE_LOOPING | VOICE_STARTED)) != 0 || !isRegion(handle, address, frames, channels)) return false;
	return addVoice(slot, handle, address, frames, channels, position, velocity, flags);
}

/** Puts frames into the fade tail. @returns false, with nothing changed, when one is no sound or lies outside the tail */
export function restoreTail(record: usize): bool {
	const first = load<u32>(record, RECORD_SLOT);
	if (first >= fadeLength()) return false;
	const frames = min(fadeLength() - first, RESTORE_TAIL_FRAMES);
	for (let sample: u32 = 0; sample < frames * 2; sample++) {
		if (!isSound(load<u32>(record + sample * sizeof<u32>(), RESTORE_TAIL_SAMPLES))) return false;
	}
	for (let frame: u32 = 0; frame < frames; frame++) {
		store<u64>(tailFrame(first + frame), load<u64>(record + frame * sizeof<u64>(), RESTORE_TAIL_SAMPLES));
	}
	return true;
}

/** Sets the master gain in the midst of its ramp. @returns false, with nothing changed, when it is no gain */
export function restoreGain(record: usize): bool {
	return restoreMasterGain(
		load<f32>(record, RESTORE_GAIN_TARGET),
		load<f64>(record, RESTORE_GAIN_START),
		load<u32>(record, RESTORE_GAIN_POSITION),
	);
}

/** Whether an f32 is neither NaN, which no mix contains, nor subnormal, which some audio threads flush to zero. */
function isSound(bits: u32): bool {
	const exponent = bits & EXPONENT_BITS;
	const mantissa = bits & MANTISSA_BITS;
	return mantissa == 0 || (exponent != 0 && exponent != EXPONENT_BITS);
}
