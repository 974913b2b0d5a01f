import type {
	Activity,
	DropoutReport,
	EngineState,
	EngineStats,
	LoaderErrorCode,
	LoaderEvent,
	Performance,
	SampleAnalysis,
	SampleInfo,
	SampleSource,
} from "flitzis-looper";
import type { LooperEngine } from "./looper-engine.ts";

/** What a silent engine shows. */
function activityOf(slots: number): Activity {
	return {
		frame: 0,
		beat: 0,
		tempo: 120,
		isTransportRunning: false,
		masterPeak: 0,
		masterRms: 0,
		gainReductionDecibels: 0,
		padState: new Uint8Array(slots),
		isRateHeld: new Uint8Array(slots),
		queuedBeat: new Float64Array(slots).fill(Number.NaN),
		voices: new Uint16Array(slots),
		playhead: new Float64Array(slots),
		peak: new Float32Array(slots),
		rms: new Float32Array(slots),
		close: () => {},
	};
}

/** An engine for tests that logs its calls and ends loads on demand. */
export class FakeEngine implements LooperEngine {
	readonly master: LooperEngine["master"] = {
		set: (values) => this.#send(`set master ${JSON.stringify(values)}`),
	};
	readonly transport: LooperEngine["transport"] & { isExclusive: boolean } = {
		isExclusive: false,
		set: (values) => this.#send(`set transport ${JSON.stringify(values)}`),
		start: () => this.#send("start transport"),
		stop: () => this.#send("stop transport"),
		moveTo: (beat) => this.#send(`move to ${beat}`),
		nudge: (beats) => this.#send(`nudge transport by ${beats}`),
	};
	/** Calls that reach the audio thread, in order. */
	readonly calls: string[] = [];
	readonly sources: SampleSource[] = [];
	/** Pads that were analysed, in order. */
	readonly analyzed: number[] = [];
	/** What every reading shows. */
	readonly activity: Activity = activityOf(256);
	/** What every pad holds, mono at 48 kHz; its source file has half that rate. */
	samples: Float32Array = new Float32Array(48_000);
	/** What every pad's file is called. */
	sampleName = "test";
	state: EngineState = "idle";
	dropouts: DropoutReport = { count: 0, lostFrames: 0, latest: [] };
	/** What is found in every sample; null fails. */
	analysis: SampleAnalysis | null = null;
	/** Where slices are found, in frames of the source file; null fails. */
	onsetFrames: readonly number[] | null = [0, 12_000];
	/** Thrown by calls that reach the audio thread. */
	refusal: Error | null = null;
	/** What `performance.stop` resolves to. */
	readonly performed: Performance = {
		format: "flitzis-looper-performance",
		version: 1,
		preRollFrames: 0,
		frames: 0,
		engine: { sampleRate: 48_000, sampleSlots: 32, voices: 32, voiceOverflow: "replace-oldest", fadeFrames: 240 },
		samples: [],
		start: {
			slots: [],
			parameters: [],
			transport: { isRunning: false, startBeat: 0, anchorBeat: 0, anchorFrame: 0 },
		},
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

	pad(id: number): ReturnType<LooperEngine["pad"]> {
		return {
			press: (velocity) => this.#send(`press ${id} at ${velocity}`),
			release: () => this.#send(`release ${id}`),
			stop: () => this.#send(`stop ${id}`),
			set: (values) => this.#send(`set ${id} ${JSON.stringify(values)}`),
			pause: () => this.#send(`pause ${id}`),
			resume: () => this.#send(`resume ${id}`),
			roll: (beats) => this.#send(`roll ${id} over ${beats}`),
			endRoll: () => this.#send(`end roll ${id}`),
			waveform: () => null,
			readFrames: () => Promise.reject(new Error("These pads hold nothing.")),
			slice: (options) => {
				this.calls.push(`slice ${id} ${JSON.stringify(options)}`);
				const onsets = options?.onsetsSec?.map((seconds) => 24_000 * seconds) ?? this.onsetFrames;
				if (onsets === null) return Promise.reject(new Error("These pads cannot be sliced."));
				return Promise.resolve(onsets.map((onsetFrame) => ({ startFrame: onsetFrame, onsetFrame, tail: null })));
			},
			analyze: () => {
				this.analyzed.push(id);
				return this.analysis === null
					? Promise.reject(new Error("These pads cannot be analysed."))
					: Promise.resolve(this.analysis);
			},
		};
	}

	sampleInfo(): SampleInfo {
		const frames = this.samples.length;
		const metadata = {
			loops: [],
			cuePoints: [],
			tempo: null,
			beats: null,
			meter: null,
			isOneShot: null,
			rootKey: null,
		};
		const source = {
			name: this.sampleName,
			format: "WAV",
			sampleRate: 24_000,
			channels: 1,
			frames: frames / 2,
			metadata,
		};
		return { frames, channels: 1, durationSec: frames / 48_000, peak: 0, warnings: [], source };
	}

	stopSample(id: number): void {
		this.#send(`stop sample ${id}`);
	}

	stopAll(): void {
		this.#send("stop all");
	}

	readonly performance: LooperEngine["performance"] = {
		frames: null,
		start: () => {
			this.#send("start performance");
		},
		stop: () => {
			if (this.refusal !== null) return Promise.reject(this.refusal);
			this.calls.push("stop performance");
			return Promise.resolve(this.performed);
		},
	};

	createActivity(): Activity {
		return this.activity;
	}

	readActivity(): void {}

	stats(): EngineStats {
		return {
			state: this.state,
			sampleRate: 48_000,
			blockFrames: 128,
			frame: 0,
			outputLatencySec: 0.01,
			activeVoices: 0,
			droppedVoices: 0,
			cutReleases: 0,
			chokedLaunches: 0,
			lateCommands: 0,
			underruns: null,
			dropouts: this.dropouts,
			lostEvents: 0,
			cacheHits: 0,
			cacheFailures: 0,
			peak: 0,
			pcmBytes: 0,
			memoryBytes: 0,
			threading: "shared",
		};
	}

	#send(call: string): void {
		if (this.refusal !== null) throw this.refusal;
		this.calls.push(call);
	}

	#origin(id: number): Pick<LoaderEvent, "id" | "requestId" | "source"> {
		return { id, requestId: this.#requests.get(id) ?? 0, source: "test" };
	}
}
