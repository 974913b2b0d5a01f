/** Gains of strips: what gain, pan, mute and solo say together. */
import { slotLimit } from "./samples";
import { setStripGain, stripOf } from "./strip";

let soloedPads: u32 = 0;
/** Whether any pad is soloed, as the strips know it. */
let isSoloOn: bool = false;

/** Forgets what was set. */
export function resetStripGains(): void {
	soloedPads = 0;
	isSoloOn = false;
	for (let slot: u32 = 0; slot < slotLimit(); slot++) {
		stripOf(slot).openLeft = 1;
		stripOf(slot).openRight = 1;
	}
}

/** Sets what gain and pan say. */
export function setOpenGain(slot: u32, left: f32, right: f32): void {
	const strip = stripOf(slot);
	strip.openLeft = left;
	strip.openRight = right;
	updateGain(slot);
}

/** Mutes a pad, or ends that. */
export function setMuted(slot: u32, isMuted: bool): void {
	stripOf(slot).isMuted = isMuted;
	updateGain(slot);
}

/** Solos a pad, or ends that. The others follow with `followSolo`. */
export function setSoloed(slot: u32, isSoloed: bool): void {
	const strip = stripOf(slot);
	if (strip.isSoloed == isSoloed) return;
	strip.isSoloed = isSoloed;
	soloedPads += isSoloed ? 1 : -1;
	updateGain(slot);
}

/** Mutes or opens all other pads when the first is soloed, or the last no longer: once before a run, not once per command. */
export function followSolo(): void {
	if (soloedPads > 0 == isSoloOn) return;
	isSoloOn = !isSoloOn;
	for (let slot: u32 = 0; slot < slotLimit(); slot++) {
		if (!stripOf(slot).isSoloed && !stripOf(slot).isMuted) updateGain(slot);
	}
}

function updateGain(slot: u32): void {
	const strip = stripOf(slot);
	if (strip.isMuted || (soloedPads > 0 && !strip.isSoloed)) setStripGain(slot, 0, 0);
	else setStripGain(slot, strip.openLeft, strip.openRight);
}
