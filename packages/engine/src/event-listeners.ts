import { checkOneOf, mustBe } from "./check-arguments.ts";
import type { Dropout, EngineState, PadEvent } from "./protocol/engine-types.ts";
import type { LoaderEvent } from "./protocol/loader-events.ts";

/** What the listeners of an engine are called with, by type of event. */
export interface AudioEngineEventMap {
	/** What `pollLoaderEvents` returns; both get every event. */
	readonly loader: LoaderEvent;
	/** The state that the engine has entered. */
	readonly state: EngineState;
	/** A pad that has another state. */
	readonly pad: PadEvent;
	/** A break in the sound, when it is noticed; it may still grow in `stats().dropouts`. */
	readonly dropout: Dropout;
}

/** Is called with the events of one type. */
export type AudioEngineListener<Type extends keyof AudioEngineEventMap> = (event: AudioEngineEventMap[Type]) => void;

type Listeners = { readonly [Type in keyof AudioEngineEventMap]: Set<AudioEngineListener<Type>> };

/**
 * Calls listeners in the order of the events, once the code that caused an event has returned: no listener runs inside a
 * call of the engine, or of another listener. Thread: control.
 */
export class EventListeners {
	readonly #listeners: Listeners = {
		loader: new Set(),
		state: new Set(),
		pad: new Set(),
		dropout: new Set(),
	};
	#waiting: (() => void)[] = [];
	/** The state that listeners were last told. */
	#toldState: EngineState = "idle";

	/** @throws RangeError or TypeError for wrong arguments. */
	add<Type extends keyof AudioEngineEventMap>(type: Type, listener: AudioEngineListener<Type>): void {
		checkOneOf("type", type, Object.keys(this.#listeners));
		if (typeof listener !== "function") throw new TypeError(mustBe("listener", "a function", listener));
		this.#listeners[type].add(listener);
	}

	/** @throws RangeError for a wrong type. */
	remove<Type extends keyof AudioEngineEventMap>(type: Type, listener: AudioEngineListener<Type>): void {
		checkOneOf("type", type, Object.keys(this.#listeners));
		this.#listeners[type].delete(listener);
	}

	/** @returns whether anybody listens. */
	emit<Type extends keyof AudioEngineEventMap>(type: Type, event: AudioEngineEventMap[Type]): boolean {
		const listeners = this.#listeners[type];
		if (this.#waiting.length === 0 && listeners.size > 0) void Promise.resolve().then(() => this.#deliver());
		for (const listener of listeners) {
			this.#waiting.push(() => {
				if (listeners.has(listener)) callReporting(() => listener(event));
			});
		}
		return listeners.size > 0;
	}

	/** Tells of the engine's state if it is another. */
	tellState(state: EngineState): void {
		if (state !== this.#toldState) this.emit("state", state);
		this.#toldState = state;
	}

	#deliver(): void {
		const waiting = this.#waiting;
		this.#waiting = [];
		for (const call of waiting) call();
	}
}

/** Hands what a listener throws to the platform: the engine goes on. */
function callReporting(call: () => void): void {
	try {
		call();
	} catch (error) {
		const { reportError } = globalThis as { readonly reportError?: (error: unknown) => void };
		if (reportError !== undefined) reportError(error);
		else void Promise.reject(error);
	}
}
