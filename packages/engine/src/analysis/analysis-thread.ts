import type { PcmStore } from "../cache/pcm-store.ts";
import { PcmSender } from "../loading/pcm-sender.ts";
import { type PcmTarget, SharedPcm } from "../loading/pcm-target.ts";
import type {
	AnalyzeMessage,
	FromAnalysisThread,
	MixMessage,
	PlacedRecording,
	ReadMessage,
	SliceMessage,
	ToAnalysisThread,
} from "../protocol/analysis-messages.ts";
import type { CacheSettings } from "../protocol/loader-messages.ts";
import type { Transferred } from "../protocol/message-port.ts";
import type { SampleAnalysis } from "../protocol/sample-analysis.ts";
import { Resampler } from "../resample/resampler.ts";
import type { Scheduler } from "../scheduler.ts";
import { Cancellation } from "../source/cancellation.ts";
import { type AnalysisTools, analyze, type Recording } from "./analyze.ts";
import { KeptAnalyses } from "./kept-analyses.ts";
import { mixToMono } from "./mix-to-mono.ts";
import { ANALYSIS_RATE } from "./onset-strength.ts";
import { sliceRecording } from "./slice-recording.ts";
import { ANALYZER } from "./stages.ts";

/** What the analysis thread needs of its platform. */
export interface AnalysisPlatform extends Pick<Scheduler, "now" | "after"> {
	post(message: FromAnalysisThread, transfer?: readonly Transferred[]): void;
	/** Opens the storage in a directory, see `CacheSettings`. */
	openStore(directory: string): PcmStore;
	/** Settles when the messages that wait have been handled. */
	turn(): Promise<void>;
}

type ReadTarget = Pick<PcmTarget, "read" | "settle">;

const SAMPLE_BYTES = 4;
/** Longest stretch of work before messages are handled. */
const MAX_WORK_MS = 8;
const MIN_INTERVAL_MS = 1000 / 30;

/** Reads samples, one at a time, to analyse them or to copy them. Thread: analysis. */
export class AnalysisThreadMain {
	readonly #platform: AnalysisPlatform;
	#loaderModule: WebAssembly.Module | null = null;
	#kept: KeptAnalyses | null = null;
	/** Of the latest rate: files in one set rarely have more. */
	#resampler: Resampler | null = null;
	#current: { readonly requestId: number; readonly cancellation: Cancellation } | null = null;
	#isPaused = false;
	/** Lets work look again whether it is paused. */
	#wake: () => void = () => {};

	constructor(platform: AnalysisPlatform) {
		this.#platform = platform;
	}

	onMessage(message: ToAnalysisThread): void {
		switch (message.type) {
			case "initialize":
				this.#loaderModule = message.loaderModule;
				this.#kept = message.cache && this.#openKept(message.cache);
				this.#platform.post({ type: "initialized" });
				break;
			case "analyze":
			case "mix":
			case "slice":
				void this.#work(message);
				break;
			case "cancel":
				if (this.#current?.requestId === message.requestId) this.#current.cancellation.cancel();
				this.#wake();
				break;
			case "pause":
				this.#isPaused = true;
				break;
			case "resume":
				this.#isPaused = false;
				this.#wake();
				break;
			default:
				message satisfies never;
		}
	}

	async #work(message: AnalyzeMessage | MixMessage | SliceMessage): Promise<void> {
		const { requestId } = message;
		const cancellation = new Cancellation();
		const current = { requestId, cancellation };
		this.#current = current;
		const target = this.#openPcm(message, cancellation);
		const recording = recordingIn(target, message.recording);
		const pause = this.#pauseOf(requestId, cancellation);
		try {
			if (message.type === "mix") {
				const pcm = await mixToMono(recording, (done) => pause(ANALYZER, done));
				this.#platform.post({ type: "mixed", requestId, pcm }, [pcm.buffer]);
			} else if (message.type === "slice") {
				const { onsets, sensitivity, hasTails } = message;
				const tools = { loaderModule: this.#module, pause };
				const slices = await sliceRecording(recording, { onsets, sensitivity, hasTails }, tools);
				this.#platform.post({ type: "sliced", requestId, slices });
			} else {
				const analysis = await this.#keptOrDetected(message, recording, pause);
				this.#platform.post({ type: "analyzed", requestId, analysis });
			}
		} catch (error) {
			await target.settle();
			this.#platform.post({
				type: "failed",
				requestId,
				message: error instanceof Error ? error.message : String(error),
			});
		} finally {
			if (this.#current === current) this.#current = null;
		}
	}

	async #keptOrDetected(
		{ key, range, stated }: AnalyzeMessage,
		recording: Recording,
		pause: AnalysisTools["pause"],
	): Promise<SampleAnalysis> {
		const durationSec = recording.frames / recording.sampleRate;
		const entry = { text: `${key} ${range.from} ${range.to}`, durationSec };
		const kept = (await this.#kept?.find(entry)) ?? null;
		if (kept !== null) return kept;
		const loaderModule = this.#module;
		const reducer: AnalysisTools["reducer"] = (inputRate) => this.#reducer(inputRate);
		const analysis = await analyze(recording, { range, stated, loaderModule, reducer, pause });
		await this.#kept?.keep(entry, analysis);
		return analysis;
	}

	#openKept({ directory, maxBytes }: CacheSettings): KeptAnalyses {
		return new KeptAnalyses(this.#platform.openStore(directory), maxBytes, this.#module);
	}

	#openPcm({ pcm, requestId }: ReadMessage, cancellation: Cancellation): ReadTarget {
		if (pcm instanceof WebAssembly.Memory) return new SharedPcm(pcm);
		const { after } = this.#platform;
		const waiting = (isWaiting: boolean): void => this.#platform.post({ type: "waiting", requestId, isWaiting });
		const sender = new PcmSender(pcm, { after, waiting });
		sender.begin(cancellation);
		return sender;
	}

	/** What is called every few milliseconds of work: it reports, lets messages in, and waits while loads come first. */
	#pauseOf(requestId: number, cancellation: Cancellation): AnalysisTools["pause"] {
		const platform = this.#platform;
		let told = { stage: "", at: 0 };
		let turnedAt = platform.now();
		return async (stage, percent) => {
			const now = platform.now();
			if (stage !== told.stage || now - told.at >= MIN_INTERVAL_MS) {
				told = { stage, at: now };
				platform.post({ type: "progress", requestId, percent, stage });
			}
			if (now - turnedAt < MAX_WORK_MS) return;
			await platform.turn();
			cancellation.check();
			while (this.#isPaused) {
				await new Promise<void>((resolve) => {
					this.#wake = resolve;
				});
				cancellation.check();
			}
			turnedAt = platform.now();
		};
	}

	get #module(): WebAssembly.Module {
		if (this.#loaderModule === null) throw new Error("an analysis came before the thread was initialized");
		return this.#loaderModule;
	}

	/** Brings one channel to the rate of the analysis. */
	#reducer(inputRate: number): Resampler | null {
		if (inputRate === ANALYSIS_RATE) return null;
		if (this.#resampler?.options.inputRate !== inputRate)
			this.#resampler = new Resampler(this.#module, { inputRate, outputRate: ANALYSIS_RATE, channels: 1 });
		return this.#resampler;
	}
}

function recordingIn(target: ReadTarget, placed: PlacedRecording): Recording {
	const { address, channels } = placed;
	return {
		...placed,
		async read(firstFrame, frames) {
			const piece = new Float32Array(frames * channels);
			await target.read(address + firstFrame * channels * SAMPLE_BYTES, new Uint8Array(piece.buffer));
			return piece;
		},
	};
}
