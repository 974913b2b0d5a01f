import type {
	EngineState,
	EngineStats,
	GlitchReport,
	LoaderErrorCode,
	LoaderEvent,
	Performance,
	PlayOptions,
	SampleSource,
	SlotActivity,
} from "flitzis-looper";
import type { LooperEngine } from "./looper-engine.ts";

/** An engine for the instrument's tests that logs its calls and ends loads on demand. */
export class FakeEngine implements LooperEngine {
	masterGainDecibels = 0;
	/** What was asked of the audio thread, in order. */
	readonly calls: string[] = [];
	readonly sources: SampleSource[] = [];
	/** Voices that `slotActivity` reports. */
	readonly voices: number[] = Array.from({ length: 32 }, () => 0);
	state: EngineState = "idle";
	glitches: GlitchReport = { count: 0, lostFrames: 0, latest: [] };
	/** Thrown by the next hit. */
	refusal: Error | null = null;
	/** What `performance.stop` resolves to. */
	readonly recorded: Performance = {
		format: "flitzis-looper-performance",
		version: 1,
		preRollFrames: 0,
		frames: 0,
		engine: { sampleRate: 48_000, sampleSlots: 32, voices: 32, voiceOverflow: "replace-oldest", fadeFrames: 240 },
		samples: [],
		start: { slots: [], gainDecibels: 0 },
		commands: [],
	};
	readonly #events: LoaderEvent[] = [];
	readonly #requests = new Map<number, number>();

	run(): Promise<"running" | "suspended"> {
		this.state = "running";
		return Promise.resolve("running");
	}

	resume(): Promise<void> {
		this.calls.push("resume");
		return Promise.resolve();
	}

	loadSampleAsync(id: number, source: SampleSource): number {
		this.sources.push(source);
		this.#requests.set(id, this.sources.length);
		return this.sources.length;
	}

	progressLoad(id: number, percent: number, stage: string): void {
		this.#events.push(
			{ ...this.#origin(id), type: "started" },
			{ ...this.#origin(id), type: "progress", percent, stage },
		);
	}

	finishLoad(id: number): void {
		this.#events.push({ ...this.#origin(id), type: "success", durationSec: 1, warnings: [] });
	}

	failLoad(id: number, msg: string, code: LoaderErrorCode): void {
		this.#events.push({ ...this.#origin(id), type: "error", msg, code });
	}

	cancelLoad(id: number): void {
		this.calls.push(`cancel ${id}`);
	}

	unloadSample(id: number): void {
		this.calls.push(`unload ${id}`);
	}

	pollLoaderEvents(): LoaderEvent | null {
		return this.#events.shift() ?? null;
	}

	playSample(id: number, velocity: number, options?: PlayOptions): void {
		if (this.refusal !== null) throw this.refusal;
		this.calls.push(`play ${id} at ${velocity}${options?.loop === true ? " looping" : ""}`);
	}

	stopSample(id: number): void {
		this.calls.push(`stop ${id}`);
	}

	stopAll(): void {
		this.calls.push("stop all");
	}

	readonly performance: LooperEngine["performance"] = {
		frames: null,
		start: () => {
			if (this.refusal !== null) throw this.refusal;
			this.calls.push("start recording");
		},
		stop: () => {
			if (this.refusal !== null) return Promise.reject(this.refusal);
			this.calls.push("stop recording");
			return Promise.resolve(this.recorded);
		},
	};

	slotActivity(id: number): SlotActivity {
		return { voices: this.voices[id] ?? 0, positionSec: 0 };
	}

	stats(): EngineStats {
		return {
			state: this.state,
			sampleRate: 48_000,
			blockFrames: 128,
			frame: 0,
			outputLatencySec: 0.01,
			activeVoices: 0,
			droppedVoices: 0,
			lateCommands: 0,
			underruns: null,
			glitches: this.glitches,
			lostEvents: 0,
			cacheHits: 0,
			cacheFailures: 0,
			peak: 0,
			pcmBytes: 0,
			memoryBytes: 0,
			threading: "shared",
		};
	}

	#origin(id: number): Pick<LoaderEvent, "id" | "requestId" | "source"> {
		return { id, requestId: this.#requests.get(id) ?? 0, source: "test" };
	}
}
