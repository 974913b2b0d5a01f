import type { Gesture } from "./gesture.ts";

/** What a pointer says when it goes down; a `PointerEvent` is one. */
export interface PointerPress {
	/** 0 for touch, pen contact and the main mouse button. */
	readonly button: number;
	readonly shiftKey: boolean;
	readonly ctrlKey: boolean;
	/** From the top of the window, in CSS pixels. */
	readonly clientY: number;
}

/** A pad's vertical extent in the window, in CSS pixels. */
export interface PadExtent {
	readonly top: number;
	readonly height: number;
}

const topVelocity = 1;
const bottomVelocity = 0.2;

/**
 * How hard a pad is hit there: 1 at its top edge, falling evenly to 0.2 at its bottom edge.
 *
 * @returns 0.2..1, whatever the position
 */
export function velocityAt(clientY: number, { top, height }: PadExtent): number {
	if (height <= 0) return topVelocity;
	const depth = Math.min(1, Math.max(0, (clientY - top) / height));
	return topVelocity - depth * (topVelocity - bottomVelocity);
}

/**
 * Reads a pointer going down on a pad as a gesture.
 *
 * @returns null for other buttons, and for Ctrl, which asks for the menu on some systems
 */
export function gestureForPointer(press: PointerPress, pad: number, extent: PadExtent): Gesture | null {
	if (press.button !== 0 || press.ctrlKey) return null;
	if (press.shiftKey) return { type: "stop", pad };
	return { type: "trigger", pad, velocity: velocityAt(press.clientY, extent) };
}
