import type * as Engine from "../../../packages/engine/dist/index.browser.js";
import { Recorder } from "./recorder.ts";
import { SAMPLE_RATE } from "./sounds.ts";

/** How an engine's threads communicate. */
export type Threading = Engine.EngineStats["threading"];

/** One test of the suite: it fails by throwing. */
export type SuiteTest = (stage: Stage) => Promise<void>;

/** Tests by title. */
export type Suite = Readonly<Record<string, SuiteTest>>;

/** An engine that plays through a device, and a recorder of its output. */
export interface OnDevice {
	readonly engine: Engine.AudioEngine;
	readonly context: AudioContext;
	readonly recorder: Recorder;
}

/** The resources of one test of the suite, all released at its end. */
export class Stage {
	/** The built package, as a page imports it. */
	readonly package: typeof Engine;
	readonly threading: Threading;
	readonly #endings: (() => unknown)[] = [];

	constructor(builtPackage: typeof Engine, threading: Threading) {
		this.package = builtPackage;
		this.threading = threading;
	}

	/** Registers a callback for the end of the test; the last one runs first. */
	atEnd(ending: () => unknown): void {
		this.#endings.unshift(ending);
	}

	/** An engine over the threading under test, not yet running. */
	createEngine(options: Engine.AudioEngineOptions = {}): Engine.AudioEngine {
		const engine = new this.package.AudioEngine({ threading: this.threading, ...options });
		this.atEnd(() => engine.shutDown());
		return engine;
	}

	/** A running engine without a device. */
	async offlineEngine(options: Engine.AudioEngineOptions = {}): Promise<Engine.AudioEngine> {
		const engine = this.createEngine({ output: "offline", sampleRate: SAMPLE_RATE, ...options });
		await engine.run();
		return engine;
	}

	/** A context that sounds, closed when the test has ended. */
	createContext(): AudioContext {
		const context = new AudioContext({ sampleRate: SAMPLE_RATE });
		this.atEnd(() => (context.state === "closed" ? undefined : context.close()));
		return context;
	}

	/** The same, past its start before it gets an engine, which in WebKit would delay its first triggers until then. */
	async runningContext(): Promise<AudioContext> {
		const context = this.createContext();
		await context.resume();
		return context;
	}

	/** A running engine in a new context, and a recorder of its output. */
	async onDevice(options: Engine.AudioEngineOptions = {}): Promise<OnDevice> {
		const context = await this.runningContext();
		const engine = this.createEngine({ audioContext: context, ...options });
		const state = await engine.run();
		if (state !== "running" || engine.output === null) throw new Error(`The engine is ${state}, not running.`);
		const recorder = await Recorder.start(context, engine.output);
		this.atEnd(() => recorder.stop());
		return { engine, context, recorder };
	}

	/** Runs a task in the user's next gesture, and resolves when it is done. */
	async inGesture(task: () => void): Promise<void> {
		const button = document.querySelector("button");
		await new Promise<void>((resolve) => {
			button?.addEventListener(
				"click",
				() => {
					task();
					resolve();
				},
				{ once: true },
			);
			window.onGestureWanted();
		});
	}

	/** Fetches a file of the server. */
	async fetchFile(path: string): Promise<Uint8Array<ArrayBuffer>> {
		const response = await fetch(path);
		if (!response.ok) throw new Error(`The server answered ${response.status} for ${path}.`);
		return new Uint8Array(await response.arrayBuffer());
	}

	/** Releases all resources of the test. */
	async clear(): Promise<void> {
		for (const ending of this.#endings.splice(0)) await ending();
	}
}
