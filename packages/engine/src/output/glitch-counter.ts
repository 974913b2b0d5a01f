import type { Glitch, GlitchReport } from "../protocol/engine-types.ts";
import { type ClockLook, LagMeter } from "./lag-meter.ts";

/** A look at the output's clock and at what the platform itself counts. */
export interface OutputLook extends ClockLook {
	/** Rendered frames that came too late and that the platform has thrown away so far. */
	readonly discardedFrames: number;
}

/** Glitches that are remembered one by one. */
const REMEMBERED_GLITCHES = 64;
/** How long a glitch can grow: platforms count what they throw away only once per second, and windows take half of one. */
const JOINING_MILLISECONDS = 1500;

/**
 * Counts the frames that the listener did not get: time that the output has lost, and frames that were rendered but
 * came too late. The first delay the output's clock and the second do not, so that none is counted twice.
 *
 * Thread: control.
 */
export class GlitchCounter {
	readonly #lagMeter: LagMeter;
	#discardedFrames: number | null = null;
	#joinsUntilMilliseconds = -Infinity;
	#report: GlitchReport = { count: 0, lostFrames: 0, latest: [] };

	/** @param sampleRate - frames per second */
	constructor(sampleRate: number) {
		this.#lagMeter = new LagMeter(sampleRate);
	}

	/** All glitches so far; the same object until something is lost. */
	get report(): GlitchReport {
		return this.#report;
	}

	/** Begins anew after the output stood still on purpose; what was counted stays. */
	restart(): void {
		this.#lagMeter.restart();
		this.#discardedFrames = null;
		this.#joinsUntilMilliseconds = -Infinity;
	}

	/** Takes a look into account. Some thirty a second, at uneven intervals, see each loss within a second. */
	look(look: OutputLook): void {
		const lostTime = this.#lagMeter.look(look);
		if (lostTime !== null) this.#lose(lostTime, look.milliseconds);
		const discarded = Math.round(look.discardedFrames - (this.#discardedFrames ?? look.discardedFrames));
		this.#discardedFrames = look.discardedFrames;
		if (discarded > 0) {
			this.#lose({ frame: this.#lagMeter.latestFrame, lostFrames: discarded }, look.milliseconds);
		}
	}

	#lose(loss: Glitch, milliseconds: number): void {
		const { count, lostFrames, latest } = this.#report;
		const newest = latest.at(-1);
		const isSame = newest !== undefined && milliseconds < this.#joinsUntilMilliseconds;
		const glitch = isSame ? { frame: newest.frame, lostFrames: newest.lostFrames + loss.lostFrames } : loss;
		if (!isSame) this.#joinsUntilMilliseconds = milliseconds + JOINING_MILLISECONDS;
		this.#report = {
			count: isSame ? count : count + 1,
			lostFrames: lostFrames + loss.lostFrames,
			latest: [...(isSame ? latest.slice(0, -1) : latest), glitch].slice(-REMEMBERED_GLITCHES),
		};
	}
}
