import { expect, test } from "vitest";
import { FakeHost } from "../../test/fake-loader-threads.ts";
import type { AnalysisThread, ThreadListener } from "../host.ts";
import { EventQueue } from "../loading/event-queue.ts";
import type { PublishedSample } from "../playback/sample-publisher.ts";
import type { FromAnalysisThread, ToAnalysisThread } from "../protocol/analysis-messages.ts";
import type { LoaderEvent } from "../protocol/loader-events.ts";
import type { SampleAnalysis } from "../protocol/sample-analysis.ts";
import type { SampleAnalyzer } from "../protocol/sample-analyzer.ts";
import { NO_METADATA } from "../protocol/sample-metadata.ts";
import type { RunningEngine } from "../running-engine.ts";
import { Analyses } from "./analyses.ts";

const found: SampleAnalysis = {
	tempo: null,
	beats: null,
	key: null,
	loudness: { lufs: -12, truePeakDecibels: -1 },
	onsetsSec: [],
	isPercussive: false,
};

/** An analysis thread driven by a test. */
class FakeThread implements AnalysisThread {
	readonly heard: ToAnalysisThread[] = [];
	readonly #listener: ThreadListener<FromAnalysisThread>;
	isEnded = false;
	isBusy = false;

	constructor(listener: ThreadListener<FromAnalysisThread>) {
		this.#listener = listener;
	}

	post(message: ToAnalysisThread): void {
		this.heard.push(message);
	}

	setBusy(isBusy: boolean): void {
		this.isBusy = isBusy;
	}

	terminate(): Promise<void> {
		this.isEnded = true;
		return Promise.resolve();
	}

	say(message: FromAnalysisThread): void {
		this.#listener.onMessage(message);
	}

	/** @param reason - why, once it has started */
	crash(reason: string): void {
		this.say({ type: "initialized" });
		this.#listener.onCrash(reason);
	}

	failToStart(reason: string): void {
		this.#listener.onCrash(reason);
	}

	/** The id of its latest request. */
	get requestId(): number {
		const latest = this.heard.findLast(({ type }) => type === "analyze" || type === "mix");
		return latest !== undefined && "requestId" in latest ? latest.requestId : Number.NaN;
	}

	answer(): void {
		this.say({ type: "analyzed", requestId: this.requestId, analysis: found });
	}

	mix(): void {
		this.say({ type: "mixed", requestId: this.requestId, pcm: new Float32Array(48_000) });
	}

	get types(): string[] {
		return this.heard.map(({ type }) => type);
	}
}

class AnalysisHost extends FakeHost {
	readonly started: FakeThread[] = [];

	override spawnAnalysisThread = ((_location: string, listener: ThreadListener<FromAnalysisThread>): AnalysisThread => {
		const thread = new FakeThread(listener);
		this.started.push(thread);
		return thread;
	}) as never;
}

function publishedSample(handle: number): PublishedSample {
	const recorded = { format: "WAV", sampleRate: 48_000, channels: 1, frames: 48_000, metadata: NO_METADATA };
	return {
		command: { handle, address: 4096 * handle, frames: 48_000, channels: 1, ratio: 1, seam: null },
		info: {
			frames: 48_000,
			channels: 1,
			durationSec: 1,
			peak: 1,
			warnings: [],
			source: { name: "a.wav", ...recorded },
		},
		waveform: { lows: new Float32Array(), highs: new Float32Array(), framesPerPeak: 1 },
	};
}

/** Analyses of slots, which hold what the test puts there. */
function setUp(analyzer?: SampleAnalyzer) {
	const host = new AnalysisHost();
	const slots = new Map<number, PublishedSample>();
	const held = new Map<number, number>();
	const hold = (address: number, more: number): void => void held.set(address, (held.get(address) ?? 0) + more);
	const running = {
		publisher: {
			published: (slot: number) => slots.get(slot) ?? null,
			sampleOf: (handle: number) => ({ contentHash: `${handle}`, pcmChecksum: "0" }),
		},
		device: { sampleRate: 48_000 },
		samples: { retain: (address: number) => hold(address, 1), release: (address: number) => hold(address, -1) },
		connectPcm: () => ({ pcm: {}, transfer: [], drop: () => Promise.resolve() }),
	} as unknown as RunningEngine;
	const told: LoaderEvent[] = [];
	const events = new EventQueue((event) => told.push(event) > 0);
	const analyses = new Analyses({
		host,
		running,
		loaderModule: {},
		cache: null,
		events,
		options: { tempoRange: { from: 88, to: 175 }, analyzer },
	});
	/** Puts a sample into a slot and follows its analysis. */
	const load = (slot: number, handle: number): void => {
		const published = publishedSample(handle);
		slots.set(slot, published);
		analyses.follow({ id: slot, requestId: handle, source: "a.wav" }, published);
	};
	const heldRegions = (): number => [...held.values()].reduce((sum, count) => sum + count, 0);
	const ended = (): string[] =>
		told.filter(({ type }) => type !== "progress").map(({ type, requestId }) => `${type} ${requestId}`);
	return { host, analyses, slots, told, load, heldRegions, ended };
}

/** Lets promises settle. */
async function settle(): Promise<void> {
	for (let turn = 0; turn < 20; turn++) await Promise.resolve();
}

test("one sample is analysed at a time, each with one answer", async () => {
	const { host, load, ended, heldRegions } = setUp();
	for (const slot of [0, 1, 2]) load(slot, slot + 1);
	for (const count of [1, 2, 3]) {
		expect(host.started[0]?.types.filter((type) => type === "analyze")).toHaveLength(count);
		host.started[0]?.answer();
		await settle();
	}
	expect(ended()).toEqual(["analysis 1", "analysis 2", "analysis 3"]);
	expect([host.started.length, heldRegions(), host.started[0]?.isBusy]).toEqual([1, 0, false]);
});

test("a sample that is replaced is no longer analysed, and nothing is told of it", async () => {
	const { host, load, ended, heldRegions } = setUp();
	load(0, 1);
	load(1, 2);
	load(1, 3);
	expect(heldRegions()).toBe(2);
	load(0, 4);
	const thread = host.started[0]!;
	expect(thread.types).toEqual(["initialize", "analyze", "cancel"]);
	thread.say({ type: "failed", requestId: thread.requestId, message: "cancelled" });
	await settle();
	thread.answer();
	await settle();
	thread.answer();
	await settle();
	expect(ended()).toEqual(["analysis 3", "analysis 4"]);
	expect(heldRegions()).toBe(0);
});

test("a sample that is unloaded is no longer analysed once its thread reports or loads have ended", async () => {
	const { host, load, slots, analyses } = setUp();
	load(0, 1);
	slots.delete(0);
	const thread = host.started[0]!;
	expect(thread.types).not.toContain("cancel");
	thread.say({ type: "progress", requestId: thread.requestId, percent: 0.1, stage: "Analyzing (onsets)" });
	expect(thread.types.at(-1)).toBe("cancel");
	thread.say({ type: "failed", requestId: thread.requestId, message: "cancelled" });
	await settle();
	load(0, 2);
	slots.delete(0);
	analyses.pause(true);
	expect(thread.types.slice(-2)).toEqual(["pause", "cancel"]);
});

test("an analysis that somebody waits for goes on, and the same sample loaded anew is analysed anew", async () => {
	const { host, load, slots, analyses, ended, heldRegions } = setUp();
	load(0, 1);
	const waited = analyses.analyze(publishedSample(1));
	slots.delete(0);
	const thread = host.started[0]!;
	thread.say({ type: "progress", requestId: 1, percent: 0.1, stage: "Analyzing (onsets)" });
	expect(thread.types).not.toContain("cancel");
	thread.answer();
	expect(await waited).toEqual(found);
	load(0, 2);
	load(0, 3);
	load(0, 2);
	thread.say({ type: "failed", requestId: thread.requestId, message: "cancelled" });
	await settle();
	thread.answer();
	await settle();
	expect(ended()).toEqual(["analysis 2"]);
	expect(heldRegions()).toBe(0);
});

test("a thread that is silent for half a minute is ended, and the next sample gets another one", async () => {
	const { host, load, ended, told } = setUp();
	load(0, 1);
	load(1, 2);
	const [first] = host.started;
	host.advance(29_000);
	first?.say({ type: "progress", requestId: 1, percent: 0.5, stage: "Analyzing (tempo)" });
	host.advance(29_000);
	expect(first?.isEnded).toBe(false);
	host.advance(4_000);
	await settle();
	expect(first?.isEnded).toBe(true);
	expect(told.at(-1)).toMatchObject({
		type: "analysis-error",
		id: 0,
		code: "timed-out",
		msg: expect.stringMatching(/no progress for 30 s.*plays nevertheless/),
	});
	expect(host.started).toHaveLength(2);
	// What the first one still says is not heard.
	first?.say({ type: "analyzed", requestId: 2, analysis: found });
	await settle();
	expect(ended()).toHaveLength(1);
	host.started[1]?.answer();
	await settle();
	expect(ended().at(-1)).toBe("analysis 2");
});

test("a thread that waits for loads, or for a suspended audio thread, is not silent", async () => {
	const { host, load, analyses, ended } = setUp();
	load(0, 1);
	const [thread] = host.started;
	analyses.pause(true);
	host.advance(100_000);
	analyses.pause(false);
	host.advance(20_000);
	thread?.say({ type: "waiting", requestId: 1, isWaiting: true });
	host.advance(100_000);
	thread?.say({ type: "waiting", requestId: 1, isWaiting: false });
	host.advance(20_000);
	expect(thread?.isEnded).toBe(false);
	thread?.answer();
	await settle();
	expect(ended()).toEqual(["analysis 1"]);
	host.advance(100_000);
	expect(thread?.isEnded).toBe(false);
});

test("messages that wait because the control thread was busy are heard before a thread is given up", () => {
	const { host, load } = setUp();
	load(0, 1);
	const [thread] = host.started;
	// One look after a long time, as after a laptop's sleep.
	host.advance(30_000);
	thread?.say({ type: "progress", requestId: 1, percent: 0.5, stage: "Analyzing (tempo)" });
	host.advance(2_000);
	expect(thread?.isEnded).toBe(false);
});

test("a thread that crashes ends its analysis only", async () => {
	const { host, load, told } = setUp();
	load(0, 1);
	load(1, 2);
	host.started[0]?.crash("out of memory");
	await settle();
	expect(told.at(-1)).toMatchObject({ type: "analysis-error", id: 0, code: "worker-crashed" });
	host.started[1]?.answer();
	await settle();
	expect(told.at(-1)).toMatchObject({ type: "analysis", id: 1 });
});

test("a thread that cannot start is an unsupported platform, with the host's advice", async () => {
	const { host, load, told } = setUp();
	load(0, 1);
	host.started[0]?.failToStart("not found");
	await settle();
	const msg = "The analysis thread cannot start (not found). Mend the test's analysisThread.";
	expect(told.at(-1)).toMatchObject({ type: "analysis-error", id: 0, code: "unsupported-platform", msg });
});

test("everything ends in closed when the engine does", async () => {
	const { analyses, heldRegions, host } = setUp(() => new Promise(() => {}));
	const waited = [1, 2].map((handle) => analyses.analyze(publishedSample(handle)));
	host.started[0]?.answer();
	await settle();
	host.started[0]?.mix();
	await settle();
	const outcomes = Promise.allSettled(waited);
	await analyses.close();
	expect((await outcomes).map((outcome) => outcome.status === "rejected" && outcome.reason.code)).toEqual([
		"closed",
		"closed",
	]);
	expect([heldRegions(), host.started[0]?.isEnded]).toEqual([0, true]);
	await expect(analyses.analyze(publishedSample(3))).rejects.toMatchObject({ code: "closed" });
});

test("an analyzer that does not answer for five minutes is given up, with its signal", async () => {
	let signal: AbortSignal | null = null;
	const { host, load, told } = setUp((input) => {
		signal = input.signal;
		return new Promise(() => {});
	});
	load(0, 1);
	host.started[0]?.answer();
	await settle();
	host.started[0]?.mix();
	await settle();
	host.advance(299_000);
	await settle();
	expect(signal).toMatchObject({ aborted: false });
	host.advance(2_000);
	await settle();
	expect(signal).toMatchObject({ aborted: true });
	expect(told.at(-1)).toMatchObject({ type: "analysis-error", code: "timed-out" });
});

test("an analyzer's signal aborts when the sample is replaced", async () => {
	const signals: AbortSignal[] = [];
	const { host, load, ended } = setUp(async ({ signal }) => {
		signals.push(signal);
		await new Promise((_, reject) => {
			signal.addEventListener("abort", () => reject(signal.reason));
		});
		return {};
	});
	load(0, 1);
	host.started[0]?.answer();
	await settle();
	host.started[0]?.mix();
	await settle();
	load(0, 2);
	await settle();
	expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
	expect(ended()).toEqual([]);
	expect(host.started[0]?.types.at(-1)).toBe("analyze");
});

test("an answer that is shared cannot be changed, by an analyzer neither", async () => {
	const { host, analyses } = setUp(({ analysis }) => {
		expect([analysis, analysis.loudness, analysis.onsetsSec].every(Object.isFrozen)).toBe(true);
		return { onsetsSec: [0.5] };
	});
	const waited = analyses.analyze(publishedSample(1));
	host.started[0]?.say({ type: "analyzed", requestId: 1, analysis: structuredClone(found) });
	await settle();
	host.started[0]?.mix();
	const answer = await waited;
	expect([answer, answer.loudness, answer.onsetsSec].every(Object.isFrozen)).toBe(true);
	expect(await analyses.analyze(publishedSample(1))).toEqual({ ...found, onsetsSec: [0.5] });
});
