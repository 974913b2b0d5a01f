// The part of the golden performance that is not left to chance: what only sounds after something else.

const synced = { loop: true, sync: "repitch", lengthBeats: 0.5, launchQuantum: 0.25, stopQuantum: 0.25 };

/** Two with a tail, one without. @type {readonly import("../../dist/index.node.js").Slice[]} */
const slices = [0, 2_500.5, 6_000].map((onsetFrame, index) => {
	const tail = { startFrame: onsetFrame + 1_200, periodFrames: 640, decay: 0.8, isCorrelated: index === 0 };
	return { startFrame: onsetFrame - 120, onsetFrame, tail: index === 2 ? null : tail };
});

/**
 * Each act, and the frames that are rendered behind it. Slots 0 to 5 hold samples of 6,000 frames or more.
 *
 * @param {import("../../dist/index.node.js").AudioEngine} engine
 * @returns {readonly (readonly [() => void | Promise<void>, number])[]}
 */
export function tourOf(engine) {
	const { transport } = engine;
	const [first, second, gate, late, bent] = [0, 1, 2, 4, 5].map((slot) => engine.pad(slot));
	/** @type {import("../../dist/index.node.js").Voice | undefined} */
	let voice;
	return [
		[() => transport.stop(), 256],
		[() => transport.set({ tempo: 128, lateWindowSec: 0 }), 128],
		[() => transport.start(), 1_024],
		[() => first?.set({ ...synced, chokeGroup: 1 }), 128],
		[() => first?.press(0.8), 9_088],
		[() => first?.roll(1 / 16), 2_944],
		[() => first?.endRoll(), 1_024],
		[() => second?.set({ ...synced, chokeGroup: 1, legato: true, lengthBeats: 0.75 }), 128],
		[() => second?.press(0.9), 7_040],
		[() => transport.nudge(0.03), 1_024],
		[() => second?.pause(), 1_024],
		[() => second?.resume(), 3_072],
		[() => gate?.set({ launchMode: "gate", loop: true }), 128],
		[() => gate?.press(0.5), 2_048],
		[() => gate?.release(), 1_024],
		[() => late?.set({ launchQuantum: 0.25 }), 128],
		[() => late?.press(0.7), 128],
		[() => late?.cancelQueued(), 8_192],
		[() => second?.stop(), 6_016],
		[() => bent?.set({ loop: true, cents: 33, launchQuantum: 0 }), 128],
		[() => bent?.press(0.6), 2_048],
		[() => bent?.seek(1_234.5), 1_024],
		[() => bent?.set({ eq: { lowDecibels: Number.NEGATIVE_INFINITY } }), 2_048],
		[() => bent?.stop(), 512],
		[
			() => {
				voice = engine.playSample(3, 0.8, { loop: true, rate: 1.03, fadeIn: 0.01 });
			},
			2_048,
		],
		[() => voice?.setGain(0.3, { atLine: 1 / 32 }), 2_048],
		[() => voice?.stop({ fade: 0.02 }), 2_048],
		[() => first?.set({ ...synced, sync: "slices", lengthBeats: 0.75, launchQuantum: 0 }), 128],
		[() => first?.setSlices(slices), 128],
		[() => first?.press(0.8), 20_096],
		[() => transport.set({ tempo: 90 }), 9_984],
		[() => transport.set({ tempo: 174 }), 6_016],
		[() => first?.roll(1 / 16), 2_944],
		[() => first?.stop(), 6_016],
		[() => transport.set({ tempo: 128 }), 128],
	];
}
