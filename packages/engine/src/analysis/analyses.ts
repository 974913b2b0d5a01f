import { deepFreeze } from "../deep-freeze.ts";
import { closed, LooperError } from "../errors.ts";
import type { EventQueue } from "../loading/event-queue.ts";
import type { LoadOrigin } from "../loading/observers.ts";
import type { CheckedOptions } from "../options.ts";
import type { PublishedSample } from "../playback/sample-publisher.ts";
import type { SampleAnalysis } from "../protocol/sample-analysis.ts";
import type { SampleAnalyzer } from "../protocol/sample-analyzer.ts";
import type { RunningEngine } from "../running-engine.ts";
import { crashed, unwanted } from "./analysis-failures.ts";
import { type AnalyzedSample, analyzedSample } from "./analyzed-sample.ts";
import { askAnalyzer } from "./own-analyzer.ts";
import { Recent } from "./recent.ts";
import { ANALYZER } from "./stages.ts";
import { type ReportProgress, type ThreadParts, WatchedThread } from "./watched-thread.ts";
import { withName } from "./with-name.ts";

/** Who waits for an analysis. */
interface Observer {
	readonly report: ReportProgress;
	readonly isWanted: () => boolean;
}

/** What is analysed, and for whom. */
interface Request {
	/** Of its answer. */
	readonly key: string;
	readonly sample: AnalyzedSample;
	readonly observers: Set<Observer>;
	readonly promise: Promise<SampleAnalysis>;
	readonly resolve: (analysis: SampleAnalysis) => void;
	readonly reject: (error: unknown) => void;
	/** Ends it early. */
	readonly abort: AbortController;
}

/** What analyses need of their engine. */
interface AnalysisParts extends ThreadParts {
	readonly running: RunningEngine;
	readonly options: Pick<CheckedOptions, "tempoRange" | "analyzer">;
	/** Takes what happens to analyses that follow loads. */
	readonly events: EventQueue;
}

const MAX_NAME_LENGTH = 1000;
/** Answers that are kept. */
const MOST_KEPT = 1000;
/** Share of an analysis that is done when the application's analyzer gets the sample. */
const DETECTED_SHARE = 0.9;

/**
 * What is to be analysed: one sample at a time, each frames' analysis only once.
 *
 * Thread: control.
 */
export class Analyses {
	readonly #parts: AnalysisParts;
	readonly #thread: WatchedThread;
	/** What the detector has found, by the frames. */
	readonly #detected: Recent<SampleAnalysis> = new Recent(MOST_KEPT);
	/** What it is with the application's analyzer, by the frames and their name. */
	readonly #answered: Recent<SampleAnalysis> = new Recent(MOST_KEPT);
	/** By key, in their order. */
	readonly #requests: Map<string, Request> = new Map();
	/** The one that is being worked on, which may be cancelled and no longer among them. */
	#current: Request | null = null;
	#working: Promise<void> = Promise.resolve();
	#isPaused = false;
	#isClosed = false;

	constructor(parts: AnalysisParts) {
		this.#parts = parts;
		this.#thread = new WatchedThread(parts);
	}

	/**
	 * Analyses a sample.
	 *
	 * @param isWanted - whether somebody still waits for it; the analysis is cancelled when nobody does
	 * @throws LooperError `worker-crashed`, `unsupported-platform`, `timed-out`, `analysis-failed`, `cancelled` or `closed`.
	 */
	analyze(
		published: PublishedSample,
		report: ReportProgress = () => {},
		isWanted: () => boolean = () => true,
	): Promise<SampleAnalysis> {
		const sample = analyzedSample(published, this.#parts.running);
		// Names may be addresses that hold the whole file.
		const key = `${sample.key} ${sample.named.name.slice(-MAX_NAME_LENGTH)}`;
		const known = this.#known(key, sample);
		if (known !== undefined) return Promise.resolve(known);
		if (this.#isClosed) return Promise.reject(closed());
		const request = this.#requests.get(key) ?? this.#enqueue(key, sample);
		request.observers.add({ report, isWanted });
		this.#begin();
		return request.promise;
	}

	/** Tells of the analysis of a published sample as long as its slot holds it. */
	follow(origin: LoadOrigin, published: PublishedSample): void {
		const { events, running } = this.#parts;
		const isWanted = (): boolean => running.publisher.published(origin.id) === published;
		const tell = (event: Parameters<EventQueue["push"]>[0]): void => {
			if (isWanted()) events.push(event);
		};
		// What the slot held before is not.
		this.dropUnwanted();
		if (!isWanted()) return;
		const report: ReportProgress = (percent, stage) => tell({ ...origin, type: "progress", percent, stage });
		this.analyze(published, report, isWanted).then(
			(analysis) => tell({ ...origin, type: "analysis", analysis }),
			({ code, message }: LooperError) => tell({ ...origin, type: "analysis-error", code, msg: message }),
		);
	}

	/** Cancels the requests that no caller waits for any more. */
	dropUnwanted(): void {
		for (const request of this.#requests.values())
			if (![...request.observers].some(({ isWanted }) => isWanted())) this.#cancel(request, unwanted());
	}

	/** Lets loads come first. */
	pause(isPaused: boolean): void {
		if (isPaused === this.#isPaused) return;
		this.#isPaused = isPaused;
		this.#thread.pause(isPaused);
		this.#begin();
	}

	/** Ends every analysis in `closed`; settles when the thread has ended. */
	async close(): Promise<void> {
		this.#isClosed = true;
		for (const request of this.#requests.values()) this.#cancel(request, closed());
		await this.#thread.close();
		await this.#working;
	}

	/** @returns undefined for what has not been analysed. */
	#known(key: string, { key: framesKey, named }: AnalyzedSample): SampleAnalysis | undefined {
		if (this.#parts.options.analyzer !== undefined) return this.#answered.get(key);
		const detected = this.#detected.get(framesKey);
		return detected && deepFreeze(withName(detected, named));
	}

	#enqueue(key: string, sample: AnalyzedSample): Request {
		let resolve: Request["resolve"] = () => {};
		let reject: Request["reject"] = () => {};
		const promise = new Promise<SampleAnalysis>((fulfil, refuse) => {
			resolve = fulfil;
			reject = refuse;
		});
		const observers = new Set<Observer>();
		const request = { key, sample, observers, promise, resolve, reject, abort: new AbortController() };
		this.#parts.running.samples.retain(sample.regionAddress);
		this.#requests.set(key, request);
		return request;
	}

	/** Works on the first request, if none is being worked on and loads leave it the time. */
	#begin(): void {
		this.dropUnwanted();
		const [request] = this.#requests.values();
		if (request === undefined || this.#current !== null || this.#isPaused || this.#isClosed) return;
		this.#current = request;
		const end = (settle: () => void): void => {
			this.#current = null;
			this.#forget(request);
			this.#parts.running.samples.release(request.sample.regionAddress);
			settle();
			this.#begin();
		};
		this.#working = this.#work(request).then(
			(analysis) => end(() => request.resolve(analysis)),
			(error: unknown) => end(() => request.reject(error)),
		);
	}

	async #work({ key, sample, observers, abort }: Request): Promise<SampleAnalysis> {
		const { analyzer } = this.#parts.options;
		const detectedShare = analyzer === undefined ? 1 : DETECTED_SHARE;
		const report: ReportProgress = (percent, stage) => {
			for (const observer of observers) observer.report(percent * detectedShare, stage);
			this.dropUnwanted();
		};
		try {
			const detected = this.#detected.get(sample.key) ?? deepFreeze(await this.#detect(sample, report));
			this.#detected.set(sample.key, detected);
			const analysis = deepFreeze(withName(detected, sample.named));
			if (analyzer === undefined) return analysis;
			report(1, ANALYZER);
			if (abort.signal.aborted) throw abort.signal.reason;
			const answer = deepFreeze(await this.#askAnalyzer(analyzer, { sample, analysis, abort }));
			this.#answered.set(key, answer);
			return answer;
		} catch (error) {
			if (abort.signal.aborted && abort.signal.reason instanceof LooperError) throw abort.signal.reason;
			throw error instanceof LooperError ? error : crashed(String(error));
		}
	}

	async #detect({ recording, stated, key }: AnalyzedSample, report: ReportProgress): Promise<SampleAnalysis> {
		const range = this.#parts.options.tempoRange;
		const answer = await this.#thread.ask({ type: "analyze", recording, range, stated, key }, report);
		if (answer.type === "analyzed") return answer.analysis;
		throw crashed("it answered another question");
	}

	async #askAnalyzer(
		analyzer: SampleAnalyzer,
		{ sample, analysis, abort }: Pick<Request, "sample" | "abort"> & { readonly analysis: SampleAnalysis },
	): Promise<SampleAnalysis> {
		const { recording, named } = sample;
		const mixed = await this.#thread.ask({ type: "mix", recording }, () => this.dropUnwanted());
		if (mixed.type !== "mixed") throw crashed("it answered another question");
		const { signal } = abort;
		if (signal.aborted) throw signal.reason;
		const { name, durationSec } = named;
		const input = { pcm: mixed.pcm, sampleRate: recording.sampleRate, durationSec, name, analysis, signal };
		return askAnalyzer(analyzer, input, {
			after: (milliseconds, callback) => this.#parts.host.after(milliseconds, callback),
			abort: (error) => abort.abort(error),
		});
	}

	/** Ends a request; the one that is being worked on when its thread has stopped. */
	#cancel(request: Request, error: LooperError): void {
		this.#forget(request);
		request.abort.abort(error);
		if (request === this.#current) {
			this.#thread.cancel();
			return;
		}
		this.#parts.running.samples.release(request.sample.regionAddress);
		request.reject(error);
	}

	/** Another request may have its key by now. */
	#forget(request: Request): void {
		if (this.#requests.get(request.key) === request) this.#requests.delete(request.key);
	}
}
