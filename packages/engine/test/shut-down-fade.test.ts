import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { AudioEngine } from "flitzis-looper";
import { AudioStreamHandle } from "flitzis-looper/stream";
import { AudioContext, AudioNode, AudioWorkletNode } from "node-web-audio-api";
import { expect, onTestFinished, test } from "vitest";
import { SAMPLE_RATE } from "./engine-harness.ts";
import { writeWave } from "./fixtures.ts";

const LEVEL = 0.25;
const SLOPE_FRAMES = 4800;
/** Constant but for a tenth of a second at either end, so that neither its start nor the turn of its loop has a steep slope. */
const plateau = Float32Array.from(
	{ length: SAMPLE_RATE },
	(_, frame) => LEVEL * Math.min(1, frame / SLOPE_FRAMES, (SAMPLE_RATE - frame) / SLOPE_FRAMES),
);
const file = writeWave(plateau, { coding: "f32", sampleRate: SAMPLE_RATE, channels: 1 });

/** The output of an engine, captured by a worklet in the same context. */
class Recorder {
	readonly #heard = new Float32Array(new SharedArrayBuffer(4 * 2 * SAMPLE_RATE * 60));
	readonly #state = new Int32Array(new SharedArrayBuffer(8));

	static async listenTo(context: AudioContext, source: AudioNode): Promise<Recorder> {
		const recorder = new Recorder();
		await context.audioWorklet.addModule(fileURLToPath(new URL("threads/recorder-processor.mjs", import.meta.url)));
		const processorOptions = { heard: recorder.#heard, state: recorder.#state };
		const node = new AudioWorkletNode(context, "recorder", { outputChannelCount: [2], processorOptions });
		source.connect(node);
		node.connect(context.destination);
		return recorder;
	}

	get frames(): number {
		return Atomics.load(this.#state, 0);
	}

	/** The largest step between two frames of either channel. */
	widestStep(): number {
		let widest = 0;
		for (let index = 2; index < 2 * this.frames; index++) {
			widest = Math.max(widest, Math.abs(this.#heard[index]! - this.#heard[index - 2]!));
		}
		return widest;
	}

	/** The highest and the last sample. */
	levels(): [highest: number, last: number] {
		const heard = this.#heard.subarray(0, 2 * this.frames);
		return [heard.reduce((highest, value) => Math.max(highest, value), 0), heard.at(-1) ?? Number.NaN];
	}

	end(): void {
		Atomics.store(this.#state, 1, 1);
	}
}

async function until(holds: () => boolean): Promise<void> {
	while (!holds()) await setTimeout(5);
}

/** The error for a trigger that would not be heard; null if it is accepted. */
function refusalOf(stream: AudioStreamHandle): string | null {
	try {
		stream.playSample(0, 0);
		return null;
	} catch (error) {
		return String(error);
	}
}

test.each([0.005, 0.1])("shutDown fades out over %f s, late starts of streams included", async (fadeSeconds) => {
	const options = { sinkId: { type: "none" }, sampleRate: SAMPLE_RATE };
	const context = new AudioContext(options);
	onTestFinished(() => context.close());
	const engine = new AudioEngine({ audioContext: context, fadeSeconds, voices: 64 });
	await engine.run();
	if (!(engine.output instanceof AudioNode)) throw new Error("The engine has no output node.");
	const recorder = await Recorder.listenTo(context, engine.output);
	await engine.loadSample(0, file);
	const streams = Array.from({ length: 16 }, () => AudioStreamHandle.open(engine.createStreamHandle().descriptor));

	engine.playSample(0, 1, { loop: true });
	const activity = engine.createActivity();
	await until(() => {
		engine.readActivity(activity);
		return (activity.playhead[0] ?? 0) > 0.15 * SAMPLE_RATE;
	});
	// Some of these are read after the stop of everything, and two wait for frames during the fade.
	for (const stream of streams) stream.playSample(0, 0.1, { loop: true });
	const { frame } = engine.stats();
	for (const later of [300, 2000]) streams[7]!.playSample(0, 0.1, { atFrame: frame + later });
	const closing = engine.shutDown();
	// Over ports the stream is closed by the audio thread.
	await until(() => refusalOf(streams[0]!) !== null);
	expect(refusalOf(streams[0]!)).toMatch(/suspended|shut down/);
	await closing;
	const end = recorder.frames;
	await until(() => recorder.frames > end + 256);
	recorder.end();

	const [highest, last] = recorder.levels();
	expect([highest > 0.99 * LEVEL, last]).toEqual([true, 0]);
	// The first voice's fade, the slopes of all, and the fade of up to 18 others if they became audible.
	const fadeStep = LEVEL / Math.round(fadeSeconds * SAMPLE_RATE);
	const slope = (LEVEL + 18 * 0.1 * LEVEL) / SLOPE_FRAMES;
	expect(recorder.widestStep()).toBeLessThan(fadeStep * 1.01 + slope + 18 * 0.1 * fadeStep);
});
