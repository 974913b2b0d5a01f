/** Rounding of a beat that is as good as reached must not show the one before. */
const tolerance = 1e-9;

/** The beat within its bar, from 0. @param beat - of the transport, 0 or more */
export function beatInBar(beat: number, beatsPerBar: number): number {
	return Math.floor((beat + tolerance) % beatsPerBar);
}

/** The bar of a beat, from 1. */
export function barOf(beat: number, beatsPerBar: number): number {
	return Math.floor((beat + tolerance) / beatsPerBar) + 1;
}
