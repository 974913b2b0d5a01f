import { ticksPerBeat } from "./clock-estimate.ts";
import type { TransportReading } from "./clock-input.ts";

/** A message and when it is due, in milliseconds on the page's clock. */
export interface TimedMessage {
	readonly data: readonly number[];
	readonly timeMs: number;
}

const nothing: readonly TimedMessage[] = [];
const clock = [0xf8];
const start = [0xfa];
const resume = [0xfb];
const stop = [0xfc];
const ticksPerSixteenth = ticksPerBeat / 4;
const mostSixteenths = 2 ** 14 - 1;
/** A beat that is off the line by more than this has been moved. */
const jumpMilliseconds = 30;
/** How much of a reading's deviation moves the line: readings are as of a block, which is up to some milliseconds old. */
const smoothing = 0.03;
const shortestLookaheadMs = 100;
const longestLookaheadMs = 1500;

/**
 * Sends the transport as MIDI clock. Ticks are scheduled by time stamps, at least one reading ahead, for the moment when
 * the transport's beat is heard.
 */
export class ClockSender {
	#isRunning = false;
	#tempo = 0;
	/** When the beat 0 is heard, at the present tempo. */
	#originMs = 0;
	#nextTick = 0;
	#readMs = Number.POSITIVE_INFINITY;
	#sentUntilMs = 0;

	/** What is to be sent after a reading, in order. */
	advance(reading: TransportReading): readonly TimedMessage[] {
		const { timeMs, isRunning } = reading;
		const lookaheadMs = Math.min(longestLookaheadMs, Math.max(shortestLookaheadMs, 2.5 * (timeMs - this.#readMs)));
		this.#readMs = timeMs;
		if (!isRunning) return this.#stop(timeMs);
		const sent: TimedMessage[] = [];
		if (!this.#isRunning) {
			this.#locate(reading);
			sent.push(...this.#enter(timeMs, []));
		} else if (!this.#follow(reading)) {
			this.#locate(reading);
			sent.push(...this.#enter(timeMs, stop));
		}
		this.#isRunning = true;
		for (let due = this.#dueMs; due < timeMs + lookaheadMs; due = this.#dueMs) {
			this.#sentUntilMs = Math.max(due, this.#sentUntilMs);
			sent.push({ data: clock, timeMs: this.#sentUntilMs });
			this.#nextTick++;
		}
		return sent.length === 0 ? nothing : sent;
	}

	get #beatMs(): number {
		return 60_000 / this.#tempo;
	}

	get #dueMs(): number {
		return this.#originMs + (this.#nextTick / ticksPerBeat) * this.#beatMs;
	}

	#stop(timeMs: number): readonly TimedMessage[] {
		if (!this.#isRunning) return nothing;
		this.#isRunning = false;
		// Ticks that are scheduled already come before it.
		return [{ data: stop, timeMs: Math.max(timeMs, this.#sentUntilMs) }];
	}

	/** Takes a transport that has started or was moved. */
	#locate({ timeMs, beat, tempo, latencyMs }: TransportReading): void {
		this.#tempo = tempo;
		this.#originMs = timeMs + latencyMs - beat * this.#beatMs;
		const soonest = (Math.max(timeMs, this.#sentUntilMs) - this.#originMs) / this.#beatMs;
		this.#nextTick = ticksPerSixteenth * Math.max(0, Math.ceil((soonest * ticksPerBeat) / ticksPerSixteenth));
	}

	/** The messages that let another device begin at the next tick. */
	#enter(timeMs: number, first: readonly number[]): readonly TimedMessage[] {
		const sixteenths = Math.min(mostSixteenths, this.#nextTick / ticksPerSixteenth);
		const position = [0xf2, sixteenths & 0x7f, sixteenths >> 7];
		const messages = this.#nextTick === 0 ? [first, start] : [first, position, resume];
		const at = Math.max(timeMs, this.#sentUntilMs);
		this.#sentUntilMs = at;
		return messages.filter(({ length }) => length > 0).map((data) => ({ data, timeMs: at }));
	}

	/** Follows the tempo, and slowly the beat. @returns false when the beat was moved */
	#follow({ timeMs, beat, tempo, latencyMs }: TransportReading): boolean {
		if (tempo !== this.#tempo) {
			// The beat goes on through a tempo change.
			const heardMs = this.#originMs + beat * this.#beatMs;
			this.#tempo = tempo;
			this.#originMs = heardMs - beat * this.#beatMs;
		}
		const deviation = timeMs + latencyMs - beat * this.#beatMs - this.#originMs;
		if (Math.abs(deviation) > jumpMilliseconds) return false;
		this.#originMs += smoothing * deviation;
		return true;
	}
}
