import { writeWave } from "../../packages/engine/test/fixtures.ts";
import { LOUDSPEAKER_RATE } from "../loudspeaker/loudspeaker.ts";
import { noise } from "../loudspeaker/noise.ts";
import type { DroppedFile } from "./app-page.ts";

/** Mono noise at the loudspeaker's rate, so that it plays without resampling. */
export function noiseFile(name: string, samples: Float32Array): DroppedFile {
	const bytes = writeWave(samples, { sampleRate: LOUDSPEAKER_RATE, channels: 1, coding: "f32" });
	return { name, type: "audio/wav", bytes };
}

/** A long file at another rate, so that loading it takes time. */
export function longFile(name: string, seed: number): DroppedFile {
	const samples = noise(30 * 2 * 44_100, seed);
	return { name, type: "audio/wav", bytes: writeWave(samples, { sampleRate: 44_100, channels: 2 }) };
}
