import { PcmSender } from "../loading/pcm-sender.ts";
import { type PcmTarget, SharedPcm } from "../loading/pcm-target.ts";
import type {
	AnalyzeMessage,
	FromAnalysisThread,
	PlacedRecording,
	SliceMessage,
	ToAnalysisThread,
} from "../protocol/analysis-messages.ts";
import { Resampler } from "../resample/resampler.ts";
import type { Scheduler } from "../scheduler.ts";
import { type AnalysisTools, analyze, type Recording } from "./analyze.ts";
import { ANALYSIS_RATE } from "./onset-strength.ts";
import { sliceRecording } from "./slice-recording.ts";

/** What the analysis thread needs of its platform. */
export interface AnalysisPlatform extends Pick<Scheduler, "now" | "after"> {
	post(message: FromAnalysisThread): void;
	/** Settles when the messages that wait have been handled. */
	turn(): Promise<void>;
}

const SAMPLE_BYTES = 4;
/** Longest stretch of work before messages are handled. */
const MAX_WORK_MS = 8;
const MIN_INTERVAL_MS = 1000 / 30;

/** Analyses samples, one at a time. Thread: analysis. */
export class AnalysisThreadMain {
	readonly #platform: AnalysisPlatform;
	#loaderModule: WebAssembly.Module | null = null;
	/** Of the latest rate: files in one set rarely have more. */
	#resampler: Resampler | null = null;
	/** Lets the work go on; null while nothing pauses it. */
	#resume: (() => void) | null = null;
	#paused: Promise<void> | null = null;

	constructor(platform: AnalysisPlatform) {
		this.#platform = platform;
	}

	onMessage(message: ToAnalysisThread): void {
		switch (message.type) {
			case "initialize":
				this.#loaderModule = message.loaderModule;
				break;
			case "analyze":
				void this.#analyze(message);
				break;
			case "slice":
				void this.#slice(message);
				break;
			case "pause":
				this.#paused ??= new Promise((resolve) => {
					this.#resume = resolve;
				});
				break;
			case "resume":
				this.#resume?.();
				this.#resume = null;
				this.#paused = null;
				break;
			default:
				message satisfies never;
		}
	}

	async #analyze({ requestId, pcm, recording, range, stated }: AnalyzeMessage): Promise<void> {
		await this.#answer(requestId, async () => {
			const tools = this.#toolsFor(requestId, { range, stated });
			const analysis = await analyze(this.#open(pcm, recording), tools);
			return { type: "analyzed", requestId, analysis };
		});
	}

	async #slice({ requestId, pcm, recording, ...asked }: SliceMessage): Promise<void> {
		await this.#answer(requestId, async () => {
			const tools = { loaderModule: this.#module, pause: this.#pauseFor(requestId) };
			const slices = await sliceRecording(this.#open(pcm, recording), asked, tools);
			return { type: "sliced", requestId, slices };
		});
	}

	async #answer(requestId: number, work: () => Promise<FromAnalysisThread>): Promise<void> {
		try {
			this.#platform.post(await work());
		} catch (error) {
			this.#platform.post({
				type: "failed",
				requestId,
				message: error instanceof Error ? error.message : String(error),
			});
		}
	}

	#open(pcm: AnalyzeMessage["pcm"], recording: PlacedRecording): Recording {
		const target = this.#openPcm(pcm);
		const { address, channels } = recording;
		return {
			...recording,
			read: async (firstFrame, frames) => {
				const piece = new Float32Array(frames * channels);
				await target.read(address + firstFrame * channels * SAMPLE_BYTES, new Uint8Array(piece.buffer));
				return piece;
			},
		};
	}

	#openPcm(pcm: AnalyzeMessage["pcm"]): Pick<PcmTarget, "read"> {
		if (pcm instanceof WebAssembly.Memory) return new SharedPcm(pcm);
		const { after } = this.#platform;
		return new PcmSender(pcm, { after, waiting: () => {} });
	}

	#toolsFor(requestId: number, asked: Pick<AnalysisTools, "range" | "stated">): AnalysisTools {
		return {
			...asked,
			loaderModule: this.#module,
			reducer: (inputRate) => this.#reducer(inputRate),
			pause: this.#pauseFor(requestId),
		};
	}

	#pauseFor(requestId: number): AnalysisTools["pause"] {
		const platform = this.#platform;
		let told = { stage: "", at: 0 };
		let turnedAt = platform.now();
		return async (stage, percent) => {
			const now = platform.now();
			if (stage !== told.stage || now - told.at >= MIN_INTERVAL_MS) {
				told = { stage, at: now };
				platform.post({ type: "progress", requestId, percent, stage });
			}
			if (now - turnedAt >= MAX_WORK_MS) {
				await platform.turn();
				while (this.#paused !== null) await this.#paused;
				turnedAt = platform.now();
			}
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
