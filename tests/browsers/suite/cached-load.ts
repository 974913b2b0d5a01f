import type { AudioEngineOptions } from "../../../packages/engine/dist/index.browser.js";
import { noise } from "../../loudspeaker/noise.ts";
import { waveFile } from "./sounds.ts";
import type { Stage } from "./stage.ts";

/** Stages of a load that decodes, in their order. */
export const DECODED: readonly string[] = [
	"Loading (reading)",
	"Loading (decoding)",
	"Loading (resampling)",
	"Loading (publishing)",
];
/** Stages of a load that takes its sample from the cache. */
export const FROM_CACHE: readonly string[] = ["Loading (reading)", "Loading (publishing)"];

/** How one load went. */
export interface Outcome {
	readonly stages: readonly string[];
	/** Left channel of what the slot plays, as text. */
	readonly sound: string;
	readonly cacheHits: number;
	readonly cacheFailures: number;
}

/**
 * Loads a file with an engine of its own, whose threads know nothing of earlier ones.
 *
 * @param seed - one file each; at a rate that is not the engine's, so that decoding it takes work
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
