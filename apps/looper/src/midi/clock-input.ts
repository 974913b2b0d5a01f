import { Listeners } from "../instrument/listeners.ts";
import { ClockEstimate, ticksPerBeat } from "./clock-estimate.ts";
import type { MidiMessage } from "./midi-message.ts";

/** What a clock conducts: the transport. */
export interface ClockTarget {
	setTempo(tempo: number): void;
	start(): void;
	stop(): void;
	moveTo(beat: number): void;
	nudge(beats: number): void;
}

/** Where the transport is, as read once per animation frame. */
export interface TransportReading {
	/** When it was read, in milliseconds on the page's clock. */
	readonly timeMs: number;
	readonly beat: number;
	readonly tempo: number;
	readonly isRunning: boolean;
	/** How long what is rendered now takes to be heard. */
	readonly latencyMs: number;
}

/** Share by which the tempo may be off before it is set again; three times what ±2 ms of jitter cause. */
const tempoTolerance = 0.0005;
/** Beats that the transport may be off before it is nudged: 5 ms at 120 BPM. */
const phaseTolerance = 0.01;
/** How long a nudge takes to be seen in a reading. */
const settlingMs = 150;
/** A clock without ticks for so long is silent. */
const silentMs = 2000;
const lowestTempo = 20;
const highestTempo = 400;
const sixteenthsPerBeat = 4;

/** Conducts the transport by the MIDI clock of another device. */
export class ClockInput {
	/** The tempo that is followed, once per beat; null when the clock falls silent. */
	readonly changes: Listeners<number | null> = new Listeners();
	readonly #target: ClockTarget;
	readonly #estimate = new ClockEstimate();
	#tempo: number | null = null;
	#latencyMs = 0;
	/** When the newest tick came. */
	#heardMs = 0;
	/** Ticks since the start, up to the newest; null while the clock's song stands still. */
	#ticks: number | null = null;
	/** Where the song goes on at the next tick. */
	#startTicks: number | null = null;
	#stoppedTicks = 0;
	/** Readings before this time may be older than the latest start or nudge. */
	#settledMs = 0;
	#errorSum = 0;
	#errorCount = 0;

	constructor(target: ClockTarget) {
		this.#target = target;
	}

	/** The tempo that is followed; null while no clock has been heard long enough. */
	get tempo(): number | null {
		return this.#tempo;
	}

	/** Takes a message of the clock's device. */
	receive(message: MidiMessage, timeMs: number): void {
		if (message.type === "clock") this.#tick(timeMs);
		else if (message.type === "start") this.#startTicks = 0;
		else if (message.type === "continue") this.#startTicks = this.#stoppedTicks;
		else if (message.type === "stop") this.#stop();
		else if (message.type === "song-position") {
			this.#stoppedTicks = (message.sixteenths * ticksPerBeat) / sixteenthsPerBeat;
		}
	}

	/** Compares the transport with the clock. On its next beat the clock nudges a transport that is off. */
	compare({ timeMs, beat, isRunning, latencyMs }: TransportReading): void {
		this.#latencyMs = latencyMs;
		if (timeMs - this.#heardMs > silentMs) this.#forgetTempo();
		const { intervalMs, newestMs } = this.#estimate;
		if (!isRunning || this.#ticks === null || intervalMs === null || timeMs < this.#settledMs) return;
		const heardTicks = this.#ticks + (timeMs + latencyMs - newestMs) / intervalMs;
		this.#errorSum += heardTicks / ticksPerBeat - beat;
		this.#errorCount++;
	}

	/** Forgets the clock: its device is gone, or no longer followed. */
	reset(): void {
		this.#estimate.reset();
		this.#ticks = null;
		this.#startTicks = null;
		this.#forgetErrors();
		this.#forgetTempo();
	}

	#forgetTempo(): void {
		if (this.#tempo === null) return;
		this.#tempo = null;
		this.changes.notify(null);
	}

	#tick(timeMs: number): void {
		this.#heardMs = timeMs;
		this.#estimate.tick(timeMs);
		if (this.#startTicks !== null) this.#start(this.#startTicks);
		else if (this.#ticks !== null) this.#ticks++;
		this.#followTempo();
		if (this.#ticks !== null && this.#ticks % ticksPerBeat === 0) this.#followPhase();
	}

	#start(ticks: number): void {
		this.#startTicks = null;
		this.#ticks = ticks;
		this.#forgetErrors();
		const { intervalMs } = this.#estimate;
		// What starts now is heard later: begin as far in.
		const lateTicks = intervalMs === null ? 0 : this.#latencyMs / intervalMs;
		this.#target.moveTo((ticks + lateTicks) / ticksPerBeat);
		this.#target.start();
		this.#settledMs = this.#estimate.newestMs + settlingMs;
	}

	#stop(): void {
		if (this.#ticks !== null) this.#stoppedTicks = this.#ticks + 1;
		this.#ticks = null;
		this.#startTicks = null;
		this.#target.stop();
	}

	#followTempo(): void {
		const { tempo } = this.#estimate;
		if (tempo === null || tempo < lowestTempo || tempo > highestTempo) return;
		if (this.#tempo !== null && Math.abs(tempo / this.#tempo - 1) < tempoTolerance) return;
		this.#tempo = tempo;
		this.#target.setTempo(tempo);
		this.changes.notify(tempo);
	}

	#followPhase(): void {
		const error = this.#errorCount === 0 ? 0 : this.#errorSum / this.#errorCount;
		this.#forgetErrors();
		if (Math.abs(error) < phaseTolerance) return;
		this.#target.nudge(error);
		this.#settledMs = this.#estimate.newestMs + settlingMs;
	}

	#forgetErrors(): void {
		this.#errorSum = 0;
		this.#errorCount = 0;
	}
}
