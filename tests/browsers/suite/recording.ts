import type { Take } from "../../../packages/engine/dist/index.browser.js";
import { noise } from "../../loudspeaker/noise.ts";
import { claim, claimEqual, claimSamples, failureOf } from "./claims.ts";
import { turnsUntil } from "./events.ts";
import { type Planar, SAMPLE_RATE, tune, waveFile } from "./sounds.ts";
import type { OnDevice, Stage, Suite } from "./stage.ts";

const MOMENT = 4_800;
/** No second of it is like another. */
const longTune: Planar = [noise(10 * SAMPLE_RATE, 3), noise(10 * SAMPLE_RATE, 4)];

/** The samples of a take of 32-bit floats, and nothing left of its file. */
async function samplesOf(take: Take): Promise<Planar> {
	const bytes = await (await take.blob()).arrayBuffer();
	const words = new Uint32Array(bytes, 0, 64);
	const text = new TextDecoder("latin1").decode(bytes.slice(0, 256));
	const data = text.indexOf("data") + 8;
	claimEqual([text.slice(0, 4), words[1]], ["RIFF", bytes.byteLength - 8], "head of the file");
	const samples = new Float32Array(bytes.slice(data));
	claimEqual(samples.length, 2 * take.frames, "samples in the file");
	await take.discard();
	return [samples.filter((_, index) => index % 2 === 0), samples.filter((_, index) => index % 2 === 1)];
}

/** The frame at which a recording contains a sound, by its first frames. */
function placeOf(sound: Float32Array, recording: Float32Array): number {
	const head = sound.subarray(0, 1_000);
	for (let start = 0; start + head.length <= recording.length; start++) {
		if (head.every((sample, frame) => sample === recording[start + frame])) return start;
	}
	throw new Error("What was recorded was not heard.");
}

async function playing(stage: Stage, options = {}): Promise<OnDevice> {
	const scene = await stage.onDevice(options);
	await scene.engine.loadSample(0, waveFile(longTune));
	scene.engine.playSample(0, 0.7, { loop: true });
	await scene.recorder.recordSound(MOMENT);
	return scene;
}

/** Records a second and claims that it was heard. */
async function recordSecond({ engine, recorder }: OnDevice): Promise<void> {
	await engine.recording.start();
	await recorder.record(SAMPLE_RATE);
	const take = await engine.recording.stop();
	claimEqual([take.lostFrames, take.failure, take.path], [0, null, null], "what was lost");
	claim(take.frames >= SAMPLE_RATE - MOMENT, `${take.frames} frames were recorded`);
	await recorder.record(MOMENT);
	const recorded = await samplesOf(take);
	const heard = recorder.samples;
	const start = placeOf(recorded[0]!, heard[0]);
	const span = heard.map((channel) => channel.subarray(start, start + take.frames));
	claimSamples(span, recorded, "heard");
}

/** Takes of what a device played. */
export const recording: Suite = {
	"a second that was recorded is what was heard, to the bit, and the next one, too": async (stage) => {
		const scene = await playing(stage);
		await recordSecond(scene);
		await recordSecond(scene);
	},

	"without a private file system a take lies in memory": async (stage) => {
		const assets = { recordingThread: "/recording-without-files.js" };
		await recordSecond(await playing(stage, { assets }));
	},

	"a pad's take on frames of its own is loaded onto another pad": async (stage) => {
		const { engine, recorder } = await stage.onDevice();
		await engine.loadSample(0, waveFile(tune));
		await engine.loadSample(1, waveFile(longTune));
		engine.playSample(1, 1, { loop: true });
		const frame = engine.stats().frame + SAMPLE_RATE;
		await engine.recording.start({ source: { pad: 0 }, onto: 5, atFrame: frame });
		engine.playSample(0, 1, { atFrame: frame });
		const take = await engine.recording.stop({ atFrame: frame + 20_000 });
		claimEqual([take.startFrame, take.frames], [frame, 20_000], "frames");
		claimEqual(engine.sampleInfo(5)?.frames, 20_000, "frames on the pad");
		claimSamples(await samplesOf(take), tune, "recorded");
		await recorder.record(1);
	},

	"what was played is saved after the fact": async (stage) => {
		const { engine, recorder } = await playing(stage, { skipBackSeconds: 2 });
		await recorder.record(SAMPLE_RATE);
		const take = await engine.recording.keepLast(0.5);
		claimEqual(take.frames, SAMPLE_RATE / 2, "frames");
		await recorder.record(MOMENT);
		const recorded = await samplesOf(take);
		const heard = recorder.samples;
		const start = placeOf(recorded[0]!, heard[0]);
		claimSamples(
			heard.map((channel) => channel.subarray(start, start + take.frames)),
			recorded,
			"heard",
		);
	},

	"an input is recorded, its latency taken off, and disconnected afterwards": async (stage) => {
		const { engine, context, recorder } = await stage.onDevice();
		const destination = context.createMediaStreamDestination();
		const source = new ConstantSourceNode(context, { offset: 0.25 });
		source.connect(destination);
		source.start();
		const { frame } = engine.stats();
		await engine.recording.start({ source: { input: destination.stream } });
		await recorder.record(SAMPLE_RATE);
		const take = await engine.recording.stop();
		claim(take.startFrame >= frame && take.frames > SAMPLE_RATE / 2, `${take.frames} frames from ${take.startFrame}`);
		const last = (await samplesOf(take)).map((channel) => channel.subarray(-MOMENT));
		const isHeard = last.every((channel) => channel.every((sample) => Math.abs(sample - 0.25) < 1e-3));
		claim(isHeard, `the input ends with ${last[0]?.at(-1)}`);
		await engine.recording.start();
		await recorder.record(MOMENT);
		const silence = await samplesOf(await engine.recording.stop());
		claim(silence[0]?.every((sample) => sample === 0) === true, "the input is heard");
		const noStream = await failureOf(() => engine.recording.start({ source: { input: {} } }));
		claimEqual(noStream.name, "TypeError", "error of no stream");
		claimEqual(engine.recording.isRecording, false, "recording");
	},

	"without a device a take is what was rendered, in memory": async (stage) => {
		const engine = await stage.offlineEngine();
		await engine.loadSample(0, waveFile(tune));
		engine.playSample(0, 1, { loop: true });
		await engine.recording.start();
		const rendered = engine.renderOffline(10 * SAMPLE_RATE);
		claimSamples(await samplesOf(await engine.recording.stop()), rendered, "recorded");
	},

	"a take that runs when the engine is shut down is whole": async (stage) => {
		const { engine, recorder } = await playing(stage);
		await engine.recording.start();
		await recorder.record(SAMPLE_RATE);
		await turnsUntil(() => (engine.recording.frames ?? 0) > SAMPLE_RATE / 2);
		await engine.shutDown();
		const take = await engine.recording.stop();
		claimEqual(take.lostFrames, 0, "frames lost");
		claimEqual((await samplesOf(take))[0]?.length, take.frames, "frames in the file");
	},

	"a path is refused in a page, in one sentence": async (stage) => {
		const { engine } = await stage.onDevice();
		const { code, message } = await failureOf(() => engine.recording.start({ path: "take.wav" }));
		const expected = "A page can write no take to a path: leave path out, and save what blob() gives.";
		claimEqual([code, message], ["recording-failed", expected], "the refusal");
	},

	"a recording thread that cannot be fetched is unsupported-platform, and its remedy is named": async (stage) => {
		// The page is at localhost; this server lets no other origin read its files.
		for (const recordingThread of [
			"/no-such-file.js",
			`http://127.0.0.1:${location.port}/engine/recording-thread.js`,
		]) {
			const { engine } = await stage.onDevice({ assets: { recordingThread } });
			const { code, message } = await failureOf(() => engine.recording.start());
			claimEqual(code, "unsupported-platform", message);
			claim(
				/^The recording thread cannot start .*page's own origin.*set assets\.recordingThread/.test(message),
				message,
			);
		}
	},
};
