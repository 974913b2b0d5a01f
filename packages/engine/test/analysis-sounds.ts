// What the tests of analyses listen to.

/** A recording of one channel. */
export interface TestSound {
	readonly samples: Float32Array;
	readonly sampleRate: number;
}

/** Noise, the same every time. */
export function noise(length: number, seed = 1): Float32Array {
	let state = seed;
	return Float32Array.from({ length }, () => {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
		return state / 2 ** 31 - 1;
	});
}

/** Something that begins at once and dies away: noise for a snare, a low sine for a bass drum. */
export function hit(sampleRate: number, kind: "snare" | "kick"): Float32Array {
	const length = Math.round(0.15 * sampleRate);
	const wave =
		kind === "snare"
			? noise(length, 7)
			: Float32Array.from({ length }, (_, n) => Math.sin((2 * Math.PI * 60 * n) / sampleRate + Math.PI / 2));
	return wave.map((sample, n) => 0.8 * sample * Math.exp((-6 * n) / length));
}

/** Adds a sound from a frame on. */
export function mix(into: Float32Array, sound: Float32Array, at: number): void {
	for (let n = 0; n < sound.length && at + n < into.length; n++) into[at + n]! += sound[n]!;
}

/** Bass drum and snare in turns, with quieter noise between: a beat of four. */
export function drumBeat(options: {
	readonly bpm: number;
	readonly beats: number;
	readonly startSec?: number;
	readonly tailSec?: number;
	readonly sampleRate?: number;
}): TestSound {
	const { bpm, beats, startSec = 0, tailSec = 0, sampleRate = 44_100 } = options;
	const period = (60 / bpm) * sampleRate;
	const samples = new Float32Array(Math.round(startSec * sampleRate + beats * period + tailSec * sampleRate));
	const hat = hit(sampleRate, "snare").map((sample) => sample / 6);
	for (let beat = 0; beat < beats; beat++) {
		const at = startSec * sampleRate + beat * period;
		mix(samples, hit(sampleRate, beat % 2 === 0 ? "kick" : "snare"), Math.round(at));
		mix(samples, hat, Math.round(at + period / 2));
	}
	return { samples, sampleRate };
}

/** Chords of a key, each a second long, one after the other. @param chords - MIDI notes */
export function chords(notes: readonly (readonly number[])[], cents = 0, sampleRate = 44_100): TestSound {
	const samples = new Float32Array(notes.length * sampleRate);
	for (const [index, chord] of notes.entries()) {
		for (const note of chord) {
			const hertz = 440 * 2 ** ((note - 69 + cents / 100) / 12);
			const tone = Float32Array.from({ length: sampleRate }, (_, n) => {
				const phase = (2 * Math.PI * hertz * n) / sampleRate;
				return 0.1 * Math.exp((-2 * n) / sampleRate) * (Math.sin(phase) + 0.5 * Math.sin(2 * phase));
			});
			mix(samples, tone, index * sampleRate);
		}
	}
	return { samples, sampleRate };
}
