/**
 * The highest absolute value of a signal at its samples and at places between them.
 *
 * Thread: analysis. Does not allocate.
 *
 * @param samples - `taps - 1` samples before the first one looked at, then `count` of them, f32, with room for three more
 * @param count - samples
 * @param filters - of each place between: `taps` f32
 * @param places - how many filters
 */
export function oversampledPeak(samples: usize, count: i32, filters: usize, places: i32, taps: i32): f32 {
	const last = count & 3;
	// What lies behind the last sample must not count.
	const whole = samples + ((<usize>(count - last)) << 2);
	let peaks = f32x4.splat(0);
	for (let at = samples; at < whole; at += 16) peaks = f32x4.pmax(peaks, highestAt(at, filters, places, taps));
	let peak = highestOf(peaks, 4);
	if (last > 0) peak = max(peak, highestOf(highestAt(whole, filters, places, taps), last));
	return peak;
}

/** Of four neighbours, and what follows each of them. */
function highestAt(at: usize, filters: usize, places: i32, taps: i32): v128 {
	let highest = f32x4.abs(v128.load(at + ((<usize>(taps - 1)) << 2)));
	for (let place = 0; place < places; place++) {
		let sum = f32x4.splat(0);
		for (let tap = 0; tap < taps; tap++, filters += 4)
			sum = f32x4.add(sum, f32x4.mul(v128.load(at + ((<usize>tap) << 2)), v128.load32_splat(filters)));
		highest = f32x4.pmax(highest, f32x4.abs(sum));
	}
	return highest;
}

function highestOf(lanes: v128, count: i32): f32 {
	let highest = f32x4.extract_lane(lanes, 0);
	if (count > 1) highest = max(highest, f32x4.extract_lane(lanes, 1));
	if (count > 2) highest = max(highest, f32x4.extract_lane(lanes, 2));
	if (count > 3) highest = max(highest, f32x4.extract_lane(lanes, 3));
	return highest;
}
