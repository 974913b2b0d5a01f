import { analyzedSample } from "../analysis/analyzed-sample.ts";
import { closed, LooperError } from "../errors.ts";
import type { AnalysisThread, Host } from "../host.ts";
import type { PublishedSample } from "../playback/sample-publisher.ts";
import type { FromAnalysisThread, SliceMessage } from "../protocol/analysis-messages.ts";
import type { Slice, SliceOptions } from "../protocol/slice.ts";
import type { RunningEngine } from "../running-engine.ts";
import { checkSliceOptions, checkSlices } from "./check-slices.ts";

/** What finding slices needs of its engine. */
interface SlicerParts {
	readonly host: Pick<Host, "assets" | "spawnAnalysisThread">;
	readonly running: RunningEngine;
	readonly loaderModule: WebAssembly.Module;
}

/** What a call waits for. */
interface Waiting {
	readonly resolve: (slices: readonly Slice[]) => void;
	readonly reject: (error: LooperError) => void;
}

/** Longer samples are no loops that have at most 128 slices. */
const LONGEST_SEC = 60;

/** Checks slices, and finds them on an analysis thread of its own, one sample at a time. Thread: control. */
export class Slicer {
	readonly #parts: SlicerParts;
	#thread: AnalysisThread | null = null;
	#waiting: Waiting | null = null;
	/** Settles when the thread has done with the calls so far. */
	#turn: Promise<unknown> = Promise.resolve();
	#requestId = 0;
	#isPaused = false;
	#isClosed = false;

	constructor(parts: SlicerParts) {
		this.#parts = parts;
	}

	/** @returns the slices of a sample, as the audio thread gets them. @throws TypeError or RangeError */
	check({ info }: PublishedSample, slices: unknown): readonly Slice[] {
		return checkSlices(slices, info.source.frames);
	}

	/** Finds the slices of a sample, which is held until then. @throws as `pad.slice` */
	async find(published: PublishedSample, options: SliceOptions = {}): Promise<readonly Slice[]> {
		const { running } = this.#parts;
		const { recording, regionAddress } = analyzedSample(published, running);
		const asked = checkSliceOptions(options, recording);
		const seconds = recording.frames / recording.sampleRate;
		if (seconds > LONGEST_SEC)
			throw new RangeError(`The sample has ${Math.ceil(seconds)} s. Slice one of ${LONGEST_SEC} s at most.`);
		running.samples.retain(regionAddress);
		const found = this.#turn.then(() => this.#ask({ ...asked, recording }));
		this.#turn = found.catch(() => {});
		try {
			const ratio = published.command.ratio ?? 1;
			return this.check(
				published,
				(await found).map((slice) => inSource(slice, ratio)),
			);
		} finally {
			running.samples.release(regionAddress);
		}
	}

	/** Lets loads come first. */
	pause(isPaused: boolean): void {
		if (isPaused === this.#isPaused) return;
		this.#isPaused = isPaused;
		this.#thread?.post({ type: isPaused ? "pause" : "resume" });
	}

	/** Ends what is being looked for in `closed`; settles when the thread has ended. */
	async close(): Promise<void> {
		this.#isClosed = true;
		const thread = this.#thread;
		this.#thread = null;
		this.#end((waiting) => waiting.reject(closed()));
		await thread?.terminate();
	}

	async #ask(asked: Omit<SliceMessage, "type" | "requestId" | "pcm">): Promise<readonly Slice[]> {
		if (this.#isClosed) throw closed();
		const thread = this.#thread ?? this.#start();
		const connection = this.#parts.running.connectPcm();
		this.#requestId += 1;
		const answer = new Promise<readonly Slice[]>((resolve, reject) => {
			this.#waiting = { resolve, reject };
		});
		thread.setBusy(true);
		const { pcm, transfer } = connection;
		thread.post({ type: "slice", requestId: this.#requestId, pcm, ...asked }, transfer);
		try {
			return await answer;
		} finally {
			thread.setBusy(false);
			void connection.drop();
		}
	}

	#start(): AnalysisThread {
		const { host, loaderModule } = this.#parts;
		const thread: AnalysisThread = host.spawnAnalysisThread(host.assets.analysisThread, {
			onMessage: (message) => this.#onMessage(message),
			onCrash: (reason) => this.#onCrash(thread, reason),
		});
		this.#thread = thread;
		thread.post({ type: "initialize", loaderModule });
		if (this.#isPaused) thread.post({ type: "pause" });
		return thread;
	}

	#onMessage(message: FromAnalysisThread): void {
		if (message.requestId !== this.#requestId) return;
		if (message.type === "sliced") this.#end((waiting) => waiting.resolve(message.slices));
		else if (message.type === "failed") this.#end((waiting) => waiting.reject(failed(message.message)));
	}

	#onCrash(thread: AnalysisThread, reason: string): void {
		if (this.#thread !== thread) return;
		this.#thread = null;
		void thread.terminate();
		this.#end((waiting) => waiting.reject(failed(reason)));
	}

	#end(tell: (waiting: Waiting) => void): void {
		const waiting = this.#waiting;
		this.#waiting = null;
		if (waiting !== null) tell(waiting);
	}
}

/** @param ratio - frames of the engine per frame of the source file */
function inSource({ startFrame, onsetFrame, tail }: Slice, ratio: number): Slice {
	return {
		startFrame: startFrame / ratio,
		onsetFrame: onsetFrame / ratio,
		tail: tail && { ...tail, startFrame: tail.startFrame / ratio, periodFrames: tail.periodFrames / ratio },
	};
}

function failed(reason: string): LooperError {
	return new LooperError("worker-crashed", `The sample could not be sliced (${reason}). It plays nevertheless.`);
}
