import {
	formatPerformance,
	type PadParameters,
	type Performance,
	type TimingOptions,
	type Voice,
} from "flitzis-looper";
import { AudioStreamHandle } from "flitzis-looper/stream";
import { offlineEngine, SAMPLE_RATE } from "./engine-harness.ts";
import { noise, seededRandom, writeWave } from "./fixtures.ts";

const SLOTS = 4;
/** Gains around the limits: silence, 2^-40, where products of small samples vanish, and the loudest. */
const BORDER_GAINS = [-90, -240, -240.824, -240.8, 24, -200, Number.NEGATIVE_INFINITY];
const USUAL_GAINS = [0, -6, 3.5];
const VELOCITIES = [1, 0.8, 0.1, 2 ** -20, 2 ** -39, 2 ** -41, 0];
const QUANTA = [1 / 32, 1 / 4, 1 / 3, 1];

/** A performance and its audio from its first frame to its last. */
export interface PlayedPerformance {
	readonly performance: Performance;
	/** The performance as stored in its file. */
	readonly text: string;
	readonly left: Float32Array;
	readonly right: Float32Array;
}

/** Files that the performances play, by name. */
const performanceFiles: ReadonlyMap<string, Uint8Array<ArrayBuffer>> = new Map([
	["loop.wav", wave(noise(3001, 2, { seed: 1 }), 2)],
	["mono.wav", wave(noise(700, 1, { seed: 2 }), 1)],
	["click.wav", wave(Float32Array.of(1, -0.5), 1)],
	["resampled.wav", wave(noise(2500, 2, { seed: 3, amplitude: 0.9 }), 2, 44_100)],
	["quiet.wav", wave(noise(2000, 2, { seed: 4, amplitude: 2 ** -62 }), 2)],
	["subnormal.wav", wave(noise(2000, 2, { seed: 5, amplitude: 2 ** -126 }), 2)],
]);

function wave(samples: Float32Array, channels: number, sampleRate: number = SAMPLE_RATE): Uint8Array<ArrayBuffer> {
	return writeWave(samples, { coding: "f32", sampleRate, channels });
}

/** A file that performances play. */
export function performanceFile(name: string): Uint8Array<ArrayBuffer> {
	const file = performanceFiles.get(name);
	if (file === undefined) throw new Error(`There is no file ${name}.`);
	return file;
}

/** Plays at random, first without recording a performance, then with. */
export async function recordPerformance(seed: number, moments = 30): Promise<PlayedPerformance> {
	const random = seededRandom(seed);
	const choose = <T>(choices: readonly T[]): T => choices[Math.floor(random() * choices.length)]!;
	const engine = await offlineEngine({
		sampleSlots: SLOTS,
		voices: 1 + Math.floor(random() * 8),
		voiceOverflow: choose(["replace-oldest", "drop-newest"]),
		blockFrames: choose([1, 100, 128, 333, 2048]),
		fadeSeconds: choose([0.0005, 0.005, 0.17]),
	});
	const stream = AudioStreamHandle.open(engine.createStreamHandle().descriptor);
	const slot = (): number => Math.floor(random() * SLOTS);
	const load = async (): Promise<void> => {
		const name = choose([...performanceFiles.keys()]);
		await engine.loadSample(slot(), new File([performanceFiles.get(name)!], name));
	};
	/** Immediately, on a line, or at a frame that comes soon, has just passed, or may never come. */
	const moment = (): TimingOptions => {
		if (random() < 0.5) return {};
		if (random() < 0.3) return { atLine: choose(QUANTA) };
		return { atFrame: Math.max(0, engine.stats().frame + Math.floor(random() * 9000) - 500) };
	};
	const voices: Voice[] = [];
	const play = (): void => {
		const own =
			random() < 0.5 ? {} : { gain: choose([0.5, 2]), pan: choose([-1, 0.3]), rate: choose([0.5, 1.03, 3.7]) };
		const start = random() < 0.7 ? {} : { offset: random() * 3000, fadeIn: random() / 50 };
		const options = { loop: random() < 0.5, ...own, ...start, ...moment() };
		if (random() < 0.5) voices.push(engine.playSample(slot(), choose(VELOCITIES), options));
		else stream.playSample(slot(), choose(VELOCITIES), options);
	};
	const changeVoice = (): void => {
		const voice = voices[Math.floor(random() * voices.length)];
		if (random() < 0.5) voice?.setGain(2 * random(), moment());
		else voice?.stop({ fade: 0.001 + random() / 50, ...moment() });
	};
	const gain = (): void => {
		engine.masterGainDecibels = choose(random() < 0.3 ? BORDER_GAINS : USUAL_GAINS);
	};
	const press = (): void => {
		const [pressed, velocity, options] = [slot(), choose(VELOCITIES), moment()];
		if (random() < 0.5) engine.pad(pressed).press(velocity, options);
		else stream.press(pressed, velocity, options);
	};
	const padParameter = (): void => {
		const pad = engine.pad(slot());
		pad.set(
			choose<Partial<PadParameters>>([
				{ loop: true, launchMode: "toggle" },
				{ loop: random() < 0.5 },
				{ launchMode: choose(["trigger", "gate", "toggle", "repeat"]) },
				{ launchQuantum: choose(["global", 0, ...QUANTA]), stopQuantum: choose(["global", 0, ...QUANTA]) },
				{ retrigger: choose(["restart", "overlap"]), chokeGroup: choose([0, 0, 1, 2]), isTriggerMuted: random() < 0.2 },
				{ gainDecibels: choose(random() < 0.3 ? BORDER_GAINS : USUAL_GAINS) },
				{ speed: choose([1, 0.25, 0.999, 1.5, 4]), cents: choose([0, 33]), isReversed: random() < 0.3 },
				{ loopRegion: random() < 0.3 ? null : { startFrame: 500 * random(), endFrame: 500 + 2500 * random() } },
				{
					seamFadeSec: choose([0, 0.003]),
					sync: choose(["off", "repitch", "slices", "slices"]),
					lengthBeats: choose([0, 0.125, 1]),
				},
			]),
			moment(),
		);
	};
	const slices = async (): Promise<void> => {
		const sliced = slot();
		const frames = engine.sampleInfo(sliced)?.source.frames ?? 0;
		if (frames === 0) return;
		const onsets = [0, 0.2 * random(), 0.4, 0.6 + 0.2 * random(), 0.9].map((share) => share * (frames - 1));
		const spaced = onsets.filter((onset, index) => index === 0 || onset > (onsets[index - 1] ?? 0) + 1);
		const tail = { periodFrames: 100, decay: random(), isCorrelated: random() < 0.5 };
		await engine.pad(sliced).setSlices(
			spaced.slice(0, choose([0, 2, 3, 5])).map((onsetFrame) => ({
				startFrame: onsetFrame - 200 * random(),
				onsetFrame,
				tail: random() < 0.3 ? null : { ...tail, startFrame: onsetFrame + 300 * random() },
			})),
		);
	};
	const transport: (() => void)[] = [
		() => engine.transport.start(moment()),
		() => engine.transport.stop(moment()),
		() => engine.transport.moveTo(choose([0, 3.9, 16]), moment()),
		() => engine.transport.nudge(choose([-0.02, 0.5]), moment()),
		() => engine.transport.set({ tempo: choose([97, 120, 400]), quantum: choose([0, ...QUANTA]) }, moment()),
		() => engine.transport.set({ isMetronomeOn: random() < 0.3, beatsPerBar: choose([1, 4, 7]) }, moment()),
		() => engine.transport.set({ isExclusive: random() < 0.1, lateWindowSec: choose([0, 0.08]) }, moment()),
	];
	const acts: (() => Promise<void> | void)[] = [
		...Array.from({ length: 4 }, () => () => choose(transport)()),
		() => engine.pad(slot()).cancelQueued(moment()),
		...Array.from({ length: 4 }, () => press),
		...Array.from({ length: 3 }, () => padParameter),
		() => engine.pad(slot()).release(moment()),
		() => engine.pad(slot()).stop(moment()),
		...Array.from({ length: 9 }, () => play),
		...Array.from({ length: 3 }, () => load),
		() => choose([engine, stream]).stopSample(slot(), moment()),
		() => engine.unloadSample(slot()),
		() => choose([engine, stream]).stopAll(),
		changeVoice,
		changeVoice,
		() => engine.pad(slot()).roll(choose([1 / 32, 0.1, 1]), moment()),
		() => engine.pad(slot()).endRoll(moment()),
		() => engine.pad(slot()).seek(3000 * random(), moment()),
		() => engine.pad(slot()).pause(moment()),
		() => engine.pad(slot()).resume(moment()),
		gain,
		gain,
		slices,
	];
	const chunk = (): number => choose([1, 50, 128, 1000, 4000]) + Math.floor(random() * 100);

	for (let count = 0; count < 2 * SLOTS; count++) await load();
	for (let count = 0; count < 20; count++) {
		await choose(acts)();
		if (random() < 0.5) engine.renderOffline(chunk());
	}
	engine.performance.start();
	const heard: [Float32Array, Float32Array][] = [];
	for (let count = 0; count < moments; count++) {
		for (let act = Math.floor(random() * 6); act > 0; act--) await choose(acts)();
		heard.push(engine.renderOffline(chunk()));
	}
	const performance = await engine.performance.stop();
	return { performance, text: formatPerformance(performance), left: join(heard, 0), right: join(heard, 1) };
}

/** Concatenates one channel of rendered pieces. */
export function join(pieces: readonly (readonly [Float32Array, Float32Array])[], channel: 0 | 1): Float32Array {
	const joined = new Float32Array(pieces.reduce((frames, piece) => frames + piece[channel].length, 0));
	let frame = 0;
	for (const piece of pieces) {
		joined.set(piece[channel], frame);
		frame += piece[channel].length;
	}
	return joined;
}
