import { type AnalyzedSample, analyzedSample } from "../analysis/analyzed-sample.ts";
import { type ThreadParts, WatchedThread } from "../analysis/watched-thread.ts";
import { closed } from "../errors.ts";
import type { PublishedSample } from "../playback/sample-publisher.ts";
import type { SliceMessage } from "../protocol/analysis-messages.ts";
import type { Slice, SliceOptions } from "../protocol/slice.ts";
import type { RunningEngine } from "../running-engine.ts";
import { type AskedSlices, checkSliceOptions, checkSlices } from "./check-slices.ts";

/** Longer samples are no loops that have at most 128 slices. */
const LONGEST_SEC = 60;

/** Checks slices, and finds them on an analysis thread of its own, one sample at a time. Thread: control. */
export class Slicer {
	readonly #parts: Omit<ThreadParts, "cache"> & { readonly running: RunningEngine };
	readonly #thread: WatchedThread;
	/** Settles when the thread has done with the calls so far. */
	#turn: Promise<unknown> = Promise.resolve();
	#isClosed = false;

	constructor(parts: Omit<ThreadParts, "cache"> & { readonly running: RunningEngine }) {
		this.#parts = parts;
		this.#thread = new WatchedThread({ ...parts, cache: null });
	}

	/** @returns the slices of a sample, as the audio thread gets them. @throws TypeError or RangeError */
	check({ info }: PublishedSample, slices: unknown): readonly Slice[] {
		return checkSlices(slices, info.source.frames);
	}

	/**
	 * Checks what is asked of a sample, which ends nothing yet.
	 *
	 * @returns what finds its slices; the sample is held until then.
	 * @throws TypeError or RangeError
	 */
	prepare(published: PublishedSample, options: SliceOptions = {}): () => Promise<readonly Slice[]> {
		const sample = analyzedSample(published, this.#parts.running);
		const asked = checkSliceOptions(options, sample.recording);
		const seconds = sample.recording.frames / sample.recording.sampleRate;
		if (seconds > LONGEST_SEC)
			throw new RangeError(`The sample has ${rounded(seconds)} s. Slice one of ${LONGEST_SEC} s at most.`);
		return () => this.#find(published, sample, asked);
	}

	/** Lets loads come first. */
	pause(isPaused: boolean): void {
		this.#thread.pause(isPaused);
	}

	/** Ends what is being looked for in `closed`; settles when the thread has ended. */
	close(): Promise<void> {
		this.#isClosed = true;
		return this.#thread.close();
	}

	async #find(
		published: PublishedSample,
		{ recording, regionAddress }: AnalyzedSample,
		asked: AskedSlices,
	): Promise<readonly Slice[]> {
		const { samples } = this.#parts.running;
		samples.retain(regionAddress);
		const found = this.#turn.then(() => this.#ask({ ...asked, recording }));
		this.#turn = found.catch(() => {});
		try {
			const ratio = published.command.ratio ?? 1;
			return this.check(
				published,
				(await found).map((slice) => inSource(slice, ratio)),
			);
		} finally {
			samples.release(regionAddress);
		}
	}

	async #ask(asked: AskedSlices & Pick<SliceMessage, "recording">): Promise<readonly Slice[]> {
		if (this.#isClosed) throw closed();
		const { onsets, sensitivity, hasTails, recording } = asked;
		const answer = await this.#thread.ask({ type: "slice", recording, onsets, sensitivity, hasTails }, () => {});
		return answer.type === "sliced" ? answer.slices : [];
	}
}

/** Seconds with all the digits that a frame more may change. */
function rounded(seconds: number): number {
	return Number(seconds.toFixed(6));
}

/** @param ratio - frames of the engine per frame of the source file */
function inSource({ startFrame, onsetFrame, tail }: Slice, ratio: number): Slice {
	return {
		startFrame: startFrame / ratio,
		onsetFrame: onsetFrame / ratio,
		tail: tail && { ...tail, startFrame: tail.startFrame / ratio, periodFrames: tail.periodFrames / ratio },
	};
}
