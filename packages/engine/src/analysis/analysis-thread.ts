import type { PcmStore } from "../cache/pcm-store.ts";
import { PcmSender } from "../loading/pcm-sender.ts";
import { type PcmTarget, SharedPcm } from "../loading/pcm-target.ts";
import type { AnalyzeMessage, FromAnalysisThread, ToAnalysisThread } from "../protocol/analysis-messages.ts";
import type { CacheSettings } from "../protocol/loader-messages.ts";
import type { SampleAnalysis } from "../protocol/sample-analysis.ts";
import { Resampler } from "../resample/resampler.ts";
import type { Scheduler } from "../scheduler.ts";
import { type AnalysisTools, analyze, type Recording } from "./analyze.ts";
import { KeptAnalyses } from "./kept-analyses.ts";
import { ANALYSIS_RATE } from "./onset-strength.ts";

/** What the analysis thread needs of its platform. */
export interface AnalysisPlatform extends Pick<Scheduler, "now" | "after"> {
	post(message: FromAnalysisThread): void;
	/** Opens the storage in a directory, see `CacheSettings`. */
	openStore(directory: string): PcmStore;
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
	#kept: KeptAnalyses | null = null;
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
				this.#kept = message.cache && this.#openKept(message.cache);
				break;
			case "analyze":
				void this.#analyze(message);
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

	async #analyze(message: AnalyzeMessage): Promise<void> {
		const { requestId } = message;
		try {
			const { range, recording } = message;
			const key = {
				text: `${message.key} ${range.from} ${range.to}`,
				durationSec: recording.frames / recording.sampleRate,
			};
			const kept = (await this.#kept?.find(key)) ?? null;
			const analysis = kept ?? (await this.#detect(message));
			if (kept === null) await this.#kept?.keep(key, analysis);
			this.#platform.post({ type: "analyzed", requestId, analysis });
		} catch (error) {
			this.#platform.post({
				type: "failed",
				requestId,
				message: error instanceof Error ? error.message : String(error),
			});
		}
	}

	#detect({ requestId, pcm, recording, range, stated }: AnalyzeMessage): Promise<SampleAnalysis> {
		const target = this.#openPcm(pcm);
		const { address, channels } = recording;
		const read: Recording["read"] = async (firstFrame, frames) => {
			const piece = new Float32Array(frames * channels);
			await target.read(address + firstFrame * channels * SAMPLE_BYTES, new Uint8Array(piece.buffer));
			return piece;
		};
		return analyze({ ...recording, read }, this.#toolsFor(requestId, { range, stated }));
	}

	#openKept({ directory, maxBytes }: CacheSettings): KeptAnalyses {
		return new KeptAnalyses(this.#platform.openStore(directory), maxBytes);
	}

	#openPcm(pcm: AnalyzeMessage["pcm"]): Pick<PcmTarget, "read"> {
		if (pcm instanceof WebAssembly.Memory) return new SharedPcm(pcm);
		const { after } = this.#platform;
		return new PcmSender(pcm, { after, waiting: () => {} });
	}

	#toolsFor(requestId: number, asked: Pick<AnalysisTools, "range" | "stated">): AnalysisTools {
		const platform = this.#platform;
		let told = { stage: "", at: 0 };
		let turnedAt = platform.now();
		return {
			...asked,
			loaderModule: this.#module,
			reducer: (inputRate) => this.#reducer(inputRate),
			pause: async (stage, percent) => {
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
			},
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
