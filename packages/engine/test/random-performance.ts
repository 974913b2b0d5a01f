import { formatPerformance, type Performance } from "flitzis-looper";
import { AudioStreamHandle } from "flitzis-looper/stream";
import { offlineEngine, SAMPLE_RATE } from "./engine-harness.ts";
import { noise, seededRandom, writeWave } from "./fixtures.ts";

const SLOTS = 4;
/** Gains around every border: silence, 2^-40, where products of small samples stop, and the loudest. */
const BORDER_GAINS = [-90, -240, -240.824, -240.8, 24, -200, Number.NEGATIVE_INFINITY];
const USUAL_GAINS = [0, -6, 3.5];
const VELOCITIES = [1, 0.8, 0.1, 2 ** -20, 2 ** -39, 2 ** -41, 0];

/** What was played, and what was heard of it from the performance's first frame to its last. */
export interface PlayedPerformance {
	readonly performance: Performance;
	/** The performance as its file has it. */
	readonly text: string;
	readonly left: Float32Array;
	readonly right: Float32Array;
}

/** Files that the performances play, each named by itself. */
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

/** One of the files that performances play. */
export function performanceFile(name: string): Uint8Array<ArrayBuffer> {
	const file = performanceFiles.get(name);
	if (file === undefined) throw new Error(`no file is called ${name}`);
	return file;
}

/** Plays at random, at first without a performance, then with one. */
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
	/** At once, or at a frame that comes soon, has just passed, or may never come. */
	const moment = (): { atFrame?: number } =>
		random() < 0.5 ? {} : { atFrame: Math.max(0, engine.stats().frame + Math.floor(random() * 9000) - 500) };
	const play = (): void =>
		choose([engine, stream]).playSample(slot(), choose(VELOCITIES), { loop: random() < 0.5, ...moment() });
	const gain = (): void => {
		engine.masterGainDecibels = choose(random() < 0.3 ? BORDER_GAINS : USUAL_GAINS);
	};
	const acts: (() => Promise<void> | void)[] = [
		...Array.from({ length: 8 }, () => play),
		...Array.from({ length: 3 }, () => load),
		() => choose([engine, stream]).stopSample(slot(), moment()),
		() => engine.unloadSample(slot()),
		() => choose([engine, stream]).stopAll(),
		gain,
		gain,
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

/** Renders everything that is left of an engine's recording. */
export function join(pieces: readonly (readonly [Float32Array, Float32Array])[], channel: 0 | 1): Float32Array {
	const joined = new Float32Array(pieces.reduce((frames, piece) => frames + piece[channel].length, 0));
	let frame = 0;
	for (const piece of pieces) {
		joined.set(piece[channel], frame);
		frame += piece[channel].length;
	}
	return joined;
}
