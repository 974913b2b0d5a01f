// What the golden performance does at random: every command, and every parameter with values around its limits.

const GAINS = [0, -3, 6, -12, -12, -240, -240.824, -240.8, -200];
const BANDS = [0, 0, 3, -6, 6, -240, Number.NEGATIVE_INFINITY];
const QUANTA = [1 / 32, 1 / 16, 1 / 12, 1 / 4];
const LENGTHS = [0.125, 0.25, 0.375, 1 / 3, 1];
const VELOCITIES = [1, 0.7, 0.3, 2 ** -20, 2 ** -39, 2 ** -40, 2 ** -41];

/**
 * The acts of a seeded performance, each drawing its own numbers.
 *
 * @param {import("../../dist/index.node.js").AudioEngine} engine
 * @param {number} slots
 * @param {() => number} random
 * @returns {() => void} does one of them
 */
export function randomActs(engine, slots, random) {
	const { transport, master } = engine;
	/** @type {import("../../dist/index.node.js").Voice[]} */
	const voices = [];
	/** @template T @param {readonly T[]} choices @returns {T} */
	const choose = (choices) => {
		const choice = choices[Math.floor(random() * choices.length)];
		if (choice === undefined) throw new Error("There is nothing to choose from.");
		return choice;
	};
	const chance = (/** @type {number} */ share) => random() < share;
	const slot = () => Math.floor(random() * slots);
	const pad = () => engine.pad(slot());
	const frame = () => engine.stats().frame + Math.floor(random() * 3_000);
	/** In the next block, on a line, or at a frame. */
	const moment = () => choose([{}, {}, { atFrame: frame() }, { atFrame: frame() }, { atLine: choose(QUANTA) }]);

	const play = () => {
		const options = { loop: chance(0.4), ...moment() };
		const own = { gain: choose([0.5, 2]), pan: choose([-1, 0.3]), rate: choose([0.25, 1.03, 1.2, 3.7]) };
		const start = { offset: 4_000 * random(), fadeIn: random() / 50 };
		voices.push(
			engine.playSample(slot(), choose(VELOCITIES), { ...options, ...choose([{}, own, { ...own, ...start }]) }),
		);
	};
	const changeVoice = () => {
		const voice = voices[Math.floor(random() * voices.length)];
		if (chance(0.5)) voice?.setGain(2 * random(), moment());
		else voice?.stop({ fade: 0.001 + random() / 50, ...moment() });
	};
	const settings = [
		() => ({ loop: chance(0.7), launchMode: choose(["trigger", "gate", "toggle", "repeat"]) }),
		() => ({ launchQuantum: choose(["global", 0, ...QUANTA]), stopQuantum: choose(["global", 0, ...QUANTA]) }),
		() => ({ retrigger: choose(["restart", "overlap"]), legato: chance(0.5), chokeGroup: choose([0, 0, 1, 2]) }),
		() => ({ sync: choose(["off", "repitch", "slices"]), lengthBeats: choose(LENGTHS) }),
		() => ({ loopRegion: choose([null, { startFrame: 2_000 * random(), endFrame: 2_000.5 + 6_000 * random() }]) }),
		() => ({ seamFadeSec: choose([0, 0.003, 0.02]), isReversed: chance(0.3) }),
		() => ({
			speed: choose([1, 0.25, 0.999, 1.03, 1.5, 4]),
			semitones: choose([0, 0, -5, 12]),
			cents: choose([0, 33]),
		}),
		() => ({ gainDecibels: choose(GAINS), pan: choose([0, 0, -1, 0.4]) }),
		() => ({ eq: { lowDecibels: choose(BANDS), midDecibels: choose(BANDS), highDecibels: choose(BANDS) } }),
		() => ({ eq: { lowDecibels: 0, midDecibels: 0, highDecibels: 0 } }),
		() => ({ isMuted: chance(0.2), isTriggerMuted: chance(0.2), isSoloed: chance(0.2), isCued: chance(0.3) }),
	];
	const moves = [
		() => transport.start(moment()),
		() => transport.start(),
		() => transport.stop(choose([{}, { atFrame: frame() }])),
		() => transport.moveTo(choose([0, 3.9, 16]), moment()),
		() => transport.nudge(choose([-0.02, 0.01, 0.5]), moment()),
		() => transport.set({ tempo: choose([20, 97.3, 120, 128, 174, 400]) }, moment()),
		() => transport.set({ quantum: choose([0, ...QUANTA]), lateWindowSec: choose([0, 0.08]) }, moment()),
		() => transport.set({ metronome: { isOn: chance(0.5), gainDecibels: choose([-12, -3]) } }, moment()),
		() => transport.set({ isExclusive: chance(0.15), beatsPerBar: choose([1, 4, 7]) }, moment()),
	];
	const gestures = [
		() => pad().release(moment()),
		() => pad().stop(moment()),
		() => pad().cancelQueued(moment()),
		() => pad().pause(moment()),
		() => pad().resume(moment()),
		() => pad().seek(8_000 * random(), moment()),
		() => pad().roll(choose([1 / 32, 1 / 12, 1 / 8]), moment()),
		() => pad().endRoll(moment()),
	];
	const masters = [
		() => master.set({ gainDecibels: choose(GAINS) }),
		() => master.set({ limiter: { isOn: chance(0.6), ceilingDecibels: choose([-1, -1, -12, 0]) } }, moment()),
	];
	const ends = [
		() => engine.stopSample(slot(), moment()),
		() => engine.stopSample(slot(), moment()),
		() => engine.stopAll(),
	];
	const press = () => pad().press(choose([1, 0.6, 0.2]), moment());
	const set = () => pad().set(choose(settings)(), moment());
	/** @type {readonly (readonly [number, () => void])[]} */
	const acts = [
		[5, play],
		[8, press],
		[8, set],
		[5, () => choose(gestures)()],
		[4, () => choose(moves)()],
		[2, changeVoice],
		[2, () => choose(masters)()],
		[1, () => choose(ends)()],
	];
	const urn = acts.flatMap(([count, act]) => Array.from({ length: count }, () => act));
	return () => choose(urn)();
}
