import type { AudioEngine, AudioEngineOptions, Take } from "flitzis-looper";
import { onTestFinished } from "vitest";
import { offlineEngine, SAMPLE_RATE } from "./engine-harness.ts";
import { decodeWithFfmpeg, music, writeWave } from "./fixtures.ts";

const tune = music(SAMPLE_RATE, SAMPLE_RATE, 2);
export const tuneFile = writeWave(tune, { coding: "f32", sampleRate: SAMPLE_RATE, channels: 2 });

/** An offline engine that plays a tune on slot 0 and, half as loud, on slot 1. */
export async function playingEngine(options: AudioEngineOptions = {}): Promise<AudioEngine> {
	const engine = await offlineEngine(options);
	await engine.loadSample(0, tuneFile);
	await engine.loadSample(1, tuneFile);
	engine.playSample(0, 1, { loop: true });
	engine.playSample(1, 0.5, { loop: true });
	return engine;
}

/** Renders in pieces of odd lengths, interleaved. */
export function rendered(engine: AudioEngine, frames: number, piece = 4_801): Float32Array {
	const samples = new Float32Array(2 * frames);
	for (let frame = 0; frame < frames; frame += piece) {
		const [left, right] = engine.renderOffline(Math.min(piece, frames - frame));
		for (let index = 0; index < left.length; index++) {
			samples[2 * (frame + index)] = left[index] ?? 0;
			samples[2 * (frame + index) + 1] = right[index] ?? 0;
		}
	}
	return samples;
}

/** The take of a recording that is stopped now. */
export async function stoppedOf(engine: AudioEngine): Promise<Take> {
	const take = await engine.recording.stop();
	onTestFinished(() => take.discard());
	return take;
}

/** The samples that a take's file has, as ffmpeg reads it. */
export async function samplesOf(take: Take): Promise<Float32Array> {
	const bytes = new Uint8Array(await (await take.blob()).arrayBuffer());
	onTestFinished(() => take.discard());
	return decodeWithFfmpeg(bytes, "wav");
}
