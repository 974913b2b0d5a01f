/** Root mean square of a difference in decibels of full scale. @param {readonly Float32Array[]} one @param {readonly Float32Array[]} other */
function differenceDecibels(one, other) {
	let sum = 0;
	let count = 0;
	for (const [channel, samples] of one.entries()) {
		for (const [frame, sample] of samples.entries()) sum += (sample - (other[channel]?.[frame] ?? 0)) ** 2;
		count += samples.length;
	}
	return 10 * Math.log10(sum / count);
}

/** @param {readonly Float32Array[]} heard @param {readonly Float32Array[]} right */
function firstDifference(heard, right) {
	const frames = heard[0]?.length ?? 0;
	for (let frame = 0; frame < frames; frame++) {
		for (const [channel, samples] of heard.entries()) {
			const due = right[channel]?.[frame];
			if (samples[frame] !== due) return `frame ${frame}, channel ${channel} is ${samples[frame]} instead of ${due}`;
		}
	}
	return null;
}

/**
 * Describes how audio differs from the expected one.
 *
 * @param {readonly Float32Array[]} heard
 * @param {readonly Float32Array[]} right
 * @param {number | null} withinDecibels - the largest difference, or null for none at all
 * @returns {string | null} in words; null if it does not
 */
export function describeDifference(heard, right, withinDecibels) {
	const frames = heard[0]?.length ?? 0;
	const due = right[0]?.length ?? 0;
	if (frames !== due) return `${frames} frames instead of ${due}`;
	const first = firstDifference(heard, right);
	if (first === null) return null;
	const decibels = differenceDecibels(heard, right);
	if (withinDecibels !== null && decibels <= withinDecibels) return null;
	const allowed = withinDecibels === null ? "none allowed" : `${withinDecibels} dB allowed`;
	return `a difference of ${decibels.toFixed(1)} dB (${allowed}); ${first}`;
}
