import type { AudioEngineOptions } from "../../../packages/engine/dist/index.browser.js";
import { noise } from "../../loudspeaker/noise.ts";
import { waveFile } from "./sounds.ts";
import type { Stage } from "./stage.ts";

/** Stages of a load that decodes, in order. */
export const DECODED: readonly string[] = [
	"Loading (reading)",
	"Loading (decoding)",
	"Loading (resampling)",
	"Loading (publishing)",
];
/** Stages of a load from the cache. */
export const FROM_CACHE: readonly string[] = ["Loading (reading)", "Loading (publishing)"];

/** The outcome of a load. */
export interface Outcome {
	readonly stages: readonly string[];
	/** Left channel of the slot's output, as text. */
	readonly sound: string;
	readonly cacheHits: number;
	readonly cacheFailures: number;
}

/**
 * Loads a file with a new engine, whose threads share nothing with earlier ones.
 *
 * @param seed - selects the file, which is not at the engine's rate, so that decoding is work
 */
export async function loadWithCache(
	stage: Stage,
	seed: number,
	{ frames = 4_410, ...options }: AudioEngineOptions & { readonly frames?: number } = {},
): Promise<Outcome> {
	const file = waveFile([noise(frames, seed), noise(frames, seed + 100)], 44_100);
	const engine = await stage.offlineEngine({ cache: true, ...options });
	const stages = new Set<string>();
	await engine.loadSample(0, file, { onProgress: (progress) => stages.add(progress.stage) });
	engine.playSample(0, 1);
	const sound = engine.renderOffline(5_000)[0].join();
	const { cacheHits, cacheFailures } = engine.stats();
	await engine.shutDown();
	return { stages: [...stages], sound, cacheHits, cacheFailures };
}
