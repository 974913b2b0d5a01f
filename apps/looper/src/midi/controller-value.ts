/**
 * How a controller's values are meant: as positions of 7 or of 14 bits, or as steps of an endless knob in one of the
 * three usual codings.
 */
export type ControllerCoding = "absolute" | "absolute-14" | "twos-complement" | "offset" | "sign-magnitude";

/** All codings, in the order in which they are offered. */
export const controllerCodings: readonly ControllerCoding[] = [
	"absolute",
	"absolute-14",
	"twos-complement",
	"offset",
	"sign-magnitude",
];

/** A knob that says how far it was turned instead of where it is. */
export type RelativeCoding = Exclude<ControllerCoding, "absolute" | "absolute-14">;

/** Whether values of the coding are steps. */
export function isRelative(coding: ControllerCoding): coding is RelativeCoding {
	return coding !== "absolute" && coding !== "absolute-14";
}

/**
 * The position of a fader or knob. The middle of the values, 64 or 8192, is exactly the middle of the range, so that a
 * centred knob centres a pan.
 *
 * Source: MIDI Association, "MIDI 2.0 Bit Scaling and Resolution" (2023), "Min-Center-Max".
 *
 * @param value - 0..2^bits − 1
 * @param bits - 7 or 14
 * @returns 0..1
 */
export function positionOf(value: number, bits: 7 | 14): number {
	const middle = 2 ** (bits - 1);
	return value <= middle ? value / (2 * middle) : 0.5 + (value - middle) / (2 * (middle - 1));
}

/**
 * The steps that a value of an endless knob means; positive is clockwise.
 *
 * @param value - 0..127
 * @returns −64..63
 */
export function stepsOf(value: number, coding: RelativeCoding): number {
	switch (coding) {
		case "twos-complement":
			return value < 64 ? value : value - 128;
		case "offset":
			return value - 64;
		case "sign-magnitude":
			return value < 64 ? value : 64 - value;
	}
}

/** The number of the controller that carries the low bits of a 14-bit one. */
export const lowBitsOffset = 32;
