import type { Dropout, DropoutReport } from "../protocol/engine-types.ts";
import { type ClockReading, LagMeter } from "./lag-meter.ts";

/** A reading of the output's clock and of what the platform itself counts. */
export interface OutputReading extends ClockReading {
	/** Rendered frames that came too late and that the platform has discarded so far. */
	readonly discardedFrames: number;
}

/** Dropouts that are remembered one by one. */
const REMEMBERED_DROPOUTS = 64;
/** How long a dropout can grow: platforms count discarded frames only once per second, and its rest may show three windows later. */
const JOINING_MILLISECONDS = 2000;

/**
 * Counts the frames that never reached the listener: time that the output has lost, and frames that were rendered but
 * came too late. The first delay the output's clock and the second do not, so none is counted twice.
 *
 * Thread: control.
 */
export class DropoutCounter {
	readonly #lagMeter: LagMeter;
	#discardedFrames: number | null = null;
	#joinsUntilMilliseconds = -Infinity;
	#report: DropoutReport = { count: 0, lostFrames: 0, latest: [] };

	/** @param sampleRate - frames per second */
	constructor(sampleRate: number) {
		this.#lagMeter = new LagMeter(sampleRate);
	}

	/** All dropouts so far; the same object until something is lost. */
	get report(): DropoutReport {
		return this.#report;
	}

	/** Starts over after the output has stood still on purpose; the count stays. */
	restart(): void {
		this.#lagMeter.restart();
		this.#discardedFrames = null;
		this.#joinsUntilMilliseconds = -Infinity;
	}

	/** Takes a reading into account. Thirty per second, at uneven intervals, show each loss within a second. */
	add(reading: OutputReading): void {
		const lostTime = this.#lagMeter.add(reading);
		if (lostTime !== null) this.#lose(lostTime, reading.milliseconds);
		const discarded = Math.round(reading.discardedFrames - (this.#discardedFrames ?? reading.discardedFrames));
		this.#discardedFrames = reading.discardedFrames;
		if (discarded > 0) {
			this.#lose({ frame: this.#lagMeter.latestFrame, lostFrames: discarded }, reading.milliseconds);
		}
	}

	#lose(loss: Dropout, milliseconds: number): void {
		const { count, lostFrames, latest } = this.#report;
		const newest = latest.at(-1);
		const isSame = newest !== undefined && milliseconds < this.#joinsUntilMilliseconds;
		const dropout = isSame ? { frame: newest.frame, lostFrames: newest.lostFrames + loss.lostFrames } : loss;
		if (!isSame) this.#joinsUntilMilliseconds = milliseconds + JOINING_MILLISECONDS;
		this.#report = {
			count: isSame ? count : count + 1,
			lostFrames: lostFrames + loss.lostFrames,
			latest: [...(isSame ? latest.slice(0, -1) : latest), dropout].slice(-REMEMBERED_DROPOUTS),
		};
	}
}
