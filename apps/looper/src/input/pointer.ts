import { type Gesture, pointerHolder } from "./gesture.ts";

/** A pointer that goes down; a `PointerEvent` is one. */
export interface PointerPress {
	readonly pointerId: number;
	/** 0 for touch, pen contact and the main mouse button. */
	readonly button: number;
	readonly shiftKey: boolean;
	readonly ctrlKey: boolean;
	/** Distance from the top of the window, in CSS pixels. */
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
 * The velocity of a press at a height: 1 at the pad's top edge, falling linearly to 0.2 at its bottom edge.
 *
 * @returns 0.2..1, also outside the pad
 */
export function velocityAt(clientY: number, { top, height }: PadExtent): number {
	if (height <= 0) return topVelocity;
	const depth = Math.min(1, Math.max(0, (clientY - top) / height));
	return topVelocity - depth * (topVelocity - bottomVelocity);
}

/**
 * The gesture of a pointer that goes down on a pad.
 *
 * @returns null for other buttons, and for Ctrl, which opens the menu on some systems
 */
export function gestureForPointer(press: PointerPress, pad: number, extent: PadExtent): Gesture | null {
	if (press.button !== 0 || press.ctrlKey) return null;
	if (press.shiftKey) return { type: "stop", pad };
	return {
		type: "press",
		pad,
		velocity: velocityAt(press.clientY, extent),
		holder: pointerHolder(press.pointerId),
	};
}
