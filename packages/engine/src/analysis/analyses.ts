import { closed, LooperError } from "../errors.ts";
import type { AnalysisThread, Host } from "../host.ts";
import type { EventQueue } from "../loading/event-queue.ts";
import type { LoadOrigin } from "../loading/observers.ts";
import type { CheckedOptions } from "../options.ts";
import type { PublishedSample } from "../playback/sample-publisher.ts";
import type { FromAnalysisThread } from "../protocol/analysis-messages.ts";
import type { CacheSettings } from "../protocol/loader-messages.ts";
import type { SampleAnalysis } from "../protocol/sample-analysis.ts";
import type { RunningEngine } from "../running-engine.ts";
import type { PcmConnection } from "../threading/threading.ts";
import { type AnalyzedSample, analyzedSample } from "./analyzed-sample.ts";
import { withName } from "./with-name.ts";

/** Called with an analysis from its beginning to its end. */
type ReportProgress = (percent: number, stage: string) => void;

/** What is analysed, and for whom. */
interface Request {
	readonly requestId: number;
	readonly sample: AnalyzedSample;
	readonly observers: Set<ReportProgress>;
	readonly promise: Promise<SampleAnalysis>;
	readonly resolve: (analysis: SampleAnalysis) => void;
	readonly reject: (error: LooperError) => void;
}

/** What analyses need of their engine. */
interface AnalysisParts {
	readonly host: Pick<Host, "assets" | "spawnAnalysisThread">;
	readonly running: RunningEngine;
	readonly loaderModule: WebAssembly.Module;
	readonly options: Pick<CheckedOptions, "tempoRange">;
	/** Where answers are kept; null when nothing is. */
	readonly cache: CacheSettings | null;
	/** Takes what happens to analyses that follow loads. */
	readonly events: EventQueue;
}

/** Analyses that are kept. */
const MOST_KEPT = 1000;

/**
 * The analysis thread and what waits for it: one sample at a time, each frames' analysis only once. The thread is started for the first.
 *
 * Thread: control.
 */
export class Analyses {
	readonly #parts: AnalysisParts;
	/** By key, the least recently asked for first. */
	readonly #kept: Map<string, SampleAnalysis> = new Map();
	/** By key, in their order; the first is being worked on. */
	readonly #requests: Map<string, Request> = new Map();
	#thread: AnalysisThread | null = null;
	#connection: PcmConnection | null = null;
	#isPaused = false;
	#requestCount = 0;
	#isClosed = false;

	constructor(parts: AnalysisParts) {
		this.#parts = parts;
	}

	/** Analyses a sample. @throws LooperError `worker-crashed` or `closed`. */
	analyze(published: PublishedSample, onProgress: ReportProgress = () => {}): Promise<SampleAnalysis> {
		const sample = analyzedSample(published, this.#parts.running);
		const kept = this.#kept.get(sample.key);
		if (kept !== undefined) {
			this.#keep(sample.key, kept);
			return Promise.resolve(withName(kept, sample.named));
		}
		if (this.#isClosed) return Promise.reject(closed());
		const request = this.#requests.get(sample.key) ?? this.#enqueue(sample);
		request.observers.add(onProgress);
		return request.promise.then((detected) => withName(detected, sample.named));
	}

	/** Tells of the analysis of a sample as long as its slot holds it. @param handle - of the sample */
	follow(origin: LoadOrigin, handle: number): void {
		const { events } = this.#parts;
		const published = (): PublishedSample | null => {
			const sample = this.#parts.running.publisher.published(origin.id);
			return sample?.command.handle === handle ? sample : null;
		};
		const tell = (event: Parameters<EventQueue["push"]>[0]): void => {
			if (published() !== null) events.push(event);
		};
		const sample = published();
		if (sample === null) return;
		this.analyze(sample, (percent, stage) => tell({ ...origin, type: "progress", percent, stage })).then(
			(analysis) => tell({ ...origin, type: "analysis", analysis }),
			({ message }: LooperError) => tell({ ...origin, type: "analysis-error", msg: message }),
		);
	}

	/** Lets loads come first. */
	pause(isPaused: boolean): void {
		if (isPaused === this.#isPaused) return;
		this.#isPaused = isPaused;
		if (this.#connection !== null) this.#thread?.post({ type: isPaused ? "pause" : "resume" });
		if (!isPaused) this.#begin();
	}

	/** Ends every analysis in `closed`; settles when the thread has ended. */
	async close(): Promise<void> {
		this.#isClosed = true;
		const thread = this.#thread;
		this.#thread = null;
		for (const request of this.#requests.values()) this.#end(request, () => request.reject(closed()));
		await thread?.terminate();
	}

	#enqueue(sample: AnalyzedSample): Request {
		this.#requestCount += 1;
		let resolve: Request["resolve"] = () => {};
		let reject: Request["reject"] = () => {};
		const promise = new Promise<SampleAnalysis>((fulfil, refuse) => {
			resolve = fulfil;
			reject = refuse;
		});
		const request = {
			requestId: this.#requestCount,
			sample,
			observers: new Set<ReportProgress>(),
			promise,
			resolve,
			reject,
		};
		this.#parts.running.samples.retain(sample.regionAddress);
		this.#requests.set(sample.key, request);
		this.#begin();
		return request;
	}

	/** Gives the thread the first request, if it has none and loads leave it the time. */
	#begin(): void {
		const [request] = this.#requests.values();
		if (request === undefined || this.#connection !== null || this.#isPaused || this.#isClosed) return;
		this.#thread ??= this.#start();
		this.#connection = this.#parts.running.connectPcm();
		const { pcm, transfer } = this.#connection;
		const { requestId, sample } = request;
		const { recording, stated, key } = sample;
		const range = this.#parts.options.tempoRange;
		this.#thread.setBusy(true);
		this.#thread.post({ type: "analyze", requestId, pcm, recording, range, stated, key }, transfer);
	}

	#start(): AnalysisThread {
		const { host, loaderModule, cache } = this.#parts;
		const thread: AnalysisThread = host.spawnAnalysisThread(host.assets.analysisThread, {
			onMessage: (message) => this.#onMessage(message),
			onCrash: (reason) => this.#onCrash(thread, reason),
		});
		thread.post({ type: "initialize", loaderModule, cache });
		return thread;
	}

	#onMessage(message: FromAnalysisThread): void {
		const [request] = this.#requests.values();
		if (request?.requestId !== message.requestId) return;
		switch (message.type) {
			case "progress":
				for (const report of request.observers) report(message.percent, message.stage);
				break;
			case "analyzed":
				this.#keep(request.sample.key, message.analysis);
				this.#end(request, () => request.resolve(message.analysis));
				break;
			case "failed":
				this.#end(request, () => request.reject(failed(message.message)));
				break;
			default:
				message satisfies never;
		}
		this.#begin();
	}

	/** The sample may be what it cannot stand: the others get another thread. */
	#onCrash(thread: AnalysisThread, reason: string): void {
		if (this.#thread !== thread) return;
		this.#thread = null;
		void thread.terminate();
		const [request] = this.#requests.values();
		if (request !== undefined) this.#end(request, () => request.reject(failed(reason)));
		this.#begin();
	}

	#end(request: Request, report: () => void): void {
		if (!this.#requests.delete(request.sample.key)) return;
		const connection = this.#connection;
		this.#connection = null;
		void connection?.drop();
		this.#thread?.setBusy(false);
		this.#parts.running.samples.release(request.sample.regionAddress);
		report();
	}

	#keep(key: string, analysis: SampleAnalysis): void {
		this.#kept.delete(key);
		this.#kept.set(key, analysis);
		for (const oldest of this.#kept.keys()) {
			if (this.#kept.size <= MOST_KEPT) break;
			this.#kept.delete(oldest);
		}
	}
}

function failed(reason: string): LooperError {
	return new LooperError("worker-crashed", `The sample could not be analysed (${reason}). It plays nevertheless.`);
}
