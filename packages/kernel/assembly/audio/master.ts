import { applyGain } from "./bus";
import { limit } from "./limiter";
import { finishRamp, jumpTo, moveTo, Ramp } from "./ramp";

const gain = changetype<Ramp>(memory.data(40, 8));

/** Sets 0 dB. */
export function resetMaster(): void {
	jumpTo(gain, 1, 1);
}

/** Sets the master gain. @param isMoving - whether it moves there, because something sounds */
export function setMasterGain(target: f32, isMoving: bool): void {
	if (isMoving) moveTo(gain, target, target);
	else jumpTo(gain, target, target);
}

/** Ends a move that nobody has heard: nothing sounds. */
export function settleMaster(): void {
	finishRamp(gain);
}

/** Makes the mix of all strips the output. */
export function renderMaster(bus: usize, frames: u32): void {
	applyGain(bus, frames, gain);
	limit(bus, frames);
}
