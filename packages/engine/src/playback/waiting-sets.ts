import { IMMEDIATELY, type Moment } from "../rings/moment.ts";
import type { ParameterValue } from "./parameter-table.ts";

/** One parameter of which values wait for their moment. */
interface WaitingParameter {
	/** Its value if none of them takes effect. */
	settled: ParameterValue;
	/** In the order of their calls. */
	readonly sets: { readonly value: ParameterValue; readonly moment: Moment }[];
}

/** A parameter of which a value was cancelled. */
export interface CancelledSet {
	readonly name: string;
	readonly settled: ParameterValue;
	/** What is read from now on: the value of the latest call that is left. */
	readonly latest: ParameterValue;
}

/**
 * The values of one owner's parameters that wait for a frame or a line: no more than the audio thread keeps, because those that it has
 * applied are taken out. Thread: control.
 */
export class WaitingSets {
	readonly #parameters: Map<string, WaitingParameter> = new Map();

	/** True when nothing waits. */
	get isEmpty(): boolean {
		return this.#parameters.size === 0;
	}

	/** Notes a value that has been sent. @param before - what was read until then */
	note(name: string, value: ParameterValue, { before, moment }: { before: ParameterValue; moment: Moment }): void {
		const waiting = this.#parameters.get(name);
		if (moment !== IMMEDIATELY) {
			if (waiting === undefined) this.#parameters.set(name, { settled: before, sets: [{ value, moment }] });
			else waiting.sets.push({ value, moment });
		} else if (waiting !== undefined) {
			waiting.settled = value;
		}
	}

	/** Takes out a value that has taken effect. @param isValue - whether a value is that one; @param frame - where it has */
	applied(name: string, isValue: (value: ParameterValue) => boolean, frame: number): void {
		const waiting = this.#parameters.get(name);
		if (waiting === undefined) return;
		// A moment on a line is below every frame.
		const index = waiting.sets.findIndex(({ value, moment }) => moment <= frame && isValue(value));
		const [applied] = index === -1 ? [] : waiting.sets.splice(index, 1);
		if (applied !== undefined) waiting.settled = applied.value;
		if (waiting.sets.length === 0) this.#parameters.delete(name);
	}

	/** Takes out the values that are cancelled. */
	cancel(isCancelled: (moment: Moment) => boolean): CancelledSet[] {
		const cancelled: CancelledSet[] = [];
		for (const [name, { settled, sets }] of this.#parameters) {
			const left = sets.filter(({ moment }) => !isCancelled(moment));
			if (left.length === sets.length) continue;
			cancelled.push({ name, settled, latest: left.at(-1)?.value ?? settled });
			if (left.length === 0) this.#parameters.delete(name);
			else this.#parameters.set(name, { settled, sets: left });
		}
		return cancelled;
	}

	/** Forgets what waits: nothing is put back then. */
	forget(): void {
		this.#parameters.clear();
	}
}
