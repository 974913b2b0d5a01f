import { ATTACK_FRAMES, drumKit, kitNames, RATE } from "./drum-kits.mjs";
import { Random } from "./random.mjs";
import { progressions, scales, styles } from "./styles.mjs";

/**
 * What is true of a generated recording.
 *
 * @typedef {object} Truth
 * @property {string} name
 * @property {string} style
 * @property {number} bpm
 * @property {number} firstBeatSec
 * @property {number} beatsPerBar
 * @property {{ tonic: number, mode: "major" | "minor" } | null} key tonic in semitones above C
 * @property {readonly number[]} hitsSec when drums are hit, in any order
 */

/** @typedef {{ samples: Float32Array, truth: Truth }} Recording */

/** @param {Float32Array} into @param {Float32Array} sound @param {number} at @param {number} gain @param {boolean} wraps */
function add(into, sound, at, gain, wraps) {
	for (let n = 0; n < sound.length; n++) {
		let frame = Math.round(at) + n;
		if (wraps) frame = ((frame % into.length) + into.length) % into.length;
		if (frame >= 0 && frame < into.length) into[frame] = (into[frame] ?? 0) + gain * (sound[n] ?? 0);
	}
}

/**
 * A note of a decaying sound with harmonics.
 *
 * @param {number} hertz @param {number} seconds @param {{ brightness: number, decay: number, attack: number }} timbre
 */
function note(hertz, seconds, { brightness, decay, attack }) {
	const frames = Math.round((seconds + 0.05) * RATE);
	const samples = new Float32Array(frames);
	for (let harmonic = 1; harmonic <= 12 && harmonic * hertz < 9000; harmonic++) {
		const gain = brightness ** (harmonic - 1) / harmonic;
		const step = (2 * Math.PI * hertz * harmonic) / RATE;
		const fall = (decay * (1 + 0.3 * harmonic)) / RATE;
		for (let n = 0; n < frames; n++) samples[n] = (samples[n] ?? 0) + gain * Math.exp(-fall * n) * Math.sin(step * n);
	}
	const rise = attack * RATE;
	return samples.map((sample, n) => sample * Math.min(n / rise, 1, (frames - n) / (0.05 * RATE)));
}

/** @param {Random} random */
function makeTimbre(random) {
	return { brightness: random.between(0.4, 0.9), decay: random.between(0.3, 4), attack: random.between(0.002, 0.03) };
}

/**
 * Adds bass and chords.
 *
 * @param {Float32Array} into
 * @param {Random} random
 * @param {{ style: import("./styles.mjs").Style, bars: number, timeOf: (step: number) => number, stepSeconds: number, wraps: boolean, tuningCents: number }} plan
 */
function addMusic(into, random, { style, bars, timeOf, stepSeconds, wraps, tuningCents }) {
	const mode = random.pick(/** @type {const} */ (["major", "minor"]));
	const tonic = random.below(12);
	const chords = random.pick(progressions[mode]);
	const scale = scales[mode];
	const bassTimbre = makeTimbre(random);
	const chordTimbre = makeTimbre(random);
	const steps = style.beatsPerBar * 4;
	const strums = random
		.pick(["x...............", "x.......x.......", "x..x..x...x..x..", "..x...x...x...x."])
		.slice(0, steps);
	const chordGain = random.between(0.05, 0.14);
	const bassGain = random.between(0.15, 0.35);
	const hertzOf = (/** @type {number} */ midi) => 440 * 2 ** ((midi - 69 + tuningCents / 100) / 12);
	for (let bar = 0; bar < bars; bar++) {
		const root = chords[bar % chords.length] ?? 0;
		const pitch = (/** @type {number} */ degree) => {
			const octave = Math.floor(degree / 7);
			const raised = mode === "minor" && root === 4 && degree % 7 === 6 ? 1 : 0;
			return tonic + 12 * octave + (scale[degree % 7] ?? 0) + raised;
		};
		for (let step = 0; step < steps; step++) {
			const at = timeOf(bar * steps + step) * RATE;
			if (style.bass[step] === "x") {
				const degree = step > steps / 2 && random.next() < 0.3 ? root + 4 : root;
				add(into, note(hertzOf(36 + (pitch(degree) % 12)), stepSeconds * 2, bassTimbre), at, bassGain, wraps);
			}
			if (strums[step] !== "x") continue;
			for (const degree of [root, root + 2, root + 4])
				add(into, note(hertzOf(48 + (pitch(degree) % 24)), stepSeconds * 4, chordTimbre), at, chordGain, wraps);
		}
	}
	return { tonic, mode };
}

/**
 * Renders a track, or a loop that is cut exactly and whose tails go round.
 *
 * @param {number} seed
 * @param {{ kind: "track" | "loop", kits?: readonly string[] }} options
 * @returns {Recording}
 */
export function renderTrack(seed, { kind, kits = kitNames }) {
	const random = new Random(seed * 7919);
	const styleName = random.pick(Object.keys(styles));
	const style = styles[styleName];
	if (style === undefined) throw new Error(`There is no style ${styleName}.`);
	const kit = drumKit(random.pick(kits));
	const isLoop = kind === "loop";
	const bpm = random.next() < 0.5 ? Math.round(random.between(...style.bpm)) : random.between(...style.bpm);
	const beatSeconds = 60 / bpm;
	const bars = isLoop
		? random.pick([1, 2, 2, 4, 4, 8])
		: Math.round(random.between(40, 80) / beatSeconds / style.beatsPerBar);
	const steps = style.beatsPerBar * 4;
	const firstBeatSec = isLoop ? 0 : random.next() < 0.3 ? 0.05 : random.between(0.1, 3);
	const frames = Math.round((firstBeatSec + bars * style.beatsPerBar * beatSeconds) * RATE);
	const samples = new Float32Array(isLoop ? frames : frames + RATE);
	const swing = (style.swing ?? 0) * random.between(0.8, 1);
	const swung = style.swungSteps ?? 2;
	const timeOf = (/** @type {number} */ step) => {
		const isLate = step % swung >= swung / 2;
		return firstBeatSec + ((step + (isLate ? (swing * swung) / 4 : 0)) * beatSeconds) / 4;
	};
	const jitter = random.next() < 0.4 ? 0 : random.between(0.001, 0.008);
	const chosen = Object.fromEntries(Object.entries(kit).map(([role, hits]) => [role, random.pick(hits)]));
	const gains = {
		kick: random.between(0.6, 1),
		snare: random.between(0.4, 0.9),
		hat: random.between(0.1, 0.4),
		open: 0.3,
		clap: random.between(0.3, 0.7),
		ride: random.between(0.1, 0.35),
	};
	/** @type {number[]} */
	const hitsSec = [];
	const introBars = isLoop || random.next() < 0.5 ? 0 : random.pick([2, 4, 8]);
	for (const [role, pattern] of Object.entries(style.drums)) {
		const hit = chosen[role];
		if (hit === undefined || pattern === "") continue;
		for (let step = 0; step < bars * steps; step++) {
			const mark = pattern[step % pattern.length];
			const bar = Math.floor(step / steps);
			// Some bars do without the drums, or with the hat alone.
			if (mark === "." || (bar < introBars && role !== "hat") || (!isLoop && bar % 16 === 15 && role === "kick"))
				continue;
			const gain = gains[/** @type {keyof typeof gains} */ (role)] * (mark === "o" ? 0.4 : 1) * random.between(0.85, 1);
			const hitSec = timeOf(step) + random.normal(jitter);
			hitsSec.push(hitSec);
			add(samples, hit, hitSec * RATE - ATTACK_FRAMES, gain, isLoop);
		}
	}
	const hasMusic = !isLoop || random.next() < 0.4;
	const tuningCents = random.next() < 0.3 ? random.between(-30, 30) : 0;
	const plan = { style, bars, timeOf, stepSeconds: beatSeconds / 4, wraps: isLoop, tuningCents };
	const key = hasMusic ? addMusic(samples, random, plan) : null;
	const noise = 10 ** (random.between(-70, -34) / 20);
	const peak = samples.reduce((highest, sample) => Math.max(highest, Math.abs(sample)), 0);
	const level = random.between(0.3, 0.98) / peak;
	for (let n = 0; n < samples.length; n++)
		samples[n] = level * ((samples[n] ?? 0) + noise * peak * random.between(-1, 1));
	const truth = {
		name: `${kind} ${seed} ${styleName}`,
		style: styleName,
		bpm,
		firstBeatSec,
		beatsPerBar: style.beatsPerBar,
		key,
		hitsSec,
	};
	return { samples, truth };
}
