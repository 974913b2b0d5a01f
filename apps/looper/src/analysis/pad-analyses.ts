import type { Activity } from "flitzis-looper";
import type { EnginePoller } from "../instrument/engine-poller.ts";
import { Listeners } from "../instrument/listeners.ts";
import type { LooperEngine } from "../instrument/looper-engine.ts";
import { messageOf } from "../instrument/notices.ts";
import type { PadSample } from "../instrument/pad-state.ts";
import type { Pads } from "../instrument/pads.ts";
import { sureSettings } from "./analysis-settings.ts";
import {
	type FileSettings,
	fileSettingsOf,
	isSameFileSettings,
	settingsFromFile,
	settingsOfNoLoop,
} from "./file-settings.ts";

/** How far the analysis of a pad's sample is. */
export type AnalysisProgress =
	| { readonly phase: "waiting" }
	| { readonly phase: "analyzing"; readonly stage: string; readonly percent: number }
	| { readonly phase: "failed"; readonly reason: string };

/** What the analyses need of the instrument. */
interface AnalysesParts {
	readonly pads: Pads;
	readonly poller: Pick<EnginePoller, "readings">;
}

const idle = 0;

/**
 * Finds tempo, beats and key of the performer's samples, and sets what the pads' files and analyses say of their loops, as long as the
 * performer has set none of that. Samples of the demo set are analysed when they are asked for.
 */
export class PadAnalyses {
	/** The numbers of pads whose analysis has begun, gone on, or failed. */
	readonly changes: Listeners<number> = new Listeners();
	readonly #engine: Pick<LooperEngine, "pad">;
	readonly #pads: Pads;
	/** What has been read or asked for. */
	readonly #seen = new WeakSet<PadSample>();
	readonly #asked = new WeakSet<PadSample>();
	readonly #progress = new WeakMap<PadSample, AnalysisProgress>();
	/** What the pads' files and analyses have set. */
	readonly #set = new Map<number, FileSettings>();
	/** Pads that sounded when something was found: their settings wait until they are silent. */
	readonly #waiting = new Set<number>();
	#activity: Activity | null = null;

	constructor(engine: Pick<LooperEngine, "pad">, { pads, poller }: AnalysesParts) {
		this.#engine = engine;
		this.#pads = pads;
		pads.changes.add((pad) => this.#see(pad));
		poller.readings.add(({ activity }) => this.#followActivity(activity));
		for (const pad of pads.states.keys()) this.#see(pad);
	}

	/** How far the pad's analysis is; null when it has ended, or has not been asked for. */
	progressOf(pad: number): AnalysisProgress | null {
		const { sample, analysis } = this.#pads.states[pad]!;
		return sample === null || analysis !== null ? null : (this.#progress.get(sample) ?? null);
	}

	/** Analyses what the pad holds, once. */
	ask(pad: number): void {
		const { sample } = this.#pads.states[pad]!;
		if (sample === null || this.#asked.has(sample)) return;
		this.#asked.add(sample);
		void this.#analyze(pad, sample);
	}

	/** Analyses it once more, after a failure. */
	retry(pad: number): void {
		const { sample } = this.#pads.states[pad]!;
		if (sample === null || this.progressOf(pad)?.phase !== "failed") return;
		this.#asked.delete(sample);
		this.ask(pad);
	}

	#see(pad: number): void {
		const { sample } = this.#pads.states[pad]!;
		if (sample === null || this.#seen.has(sample)) return;
		this.#seen.add(sample);
		if (sample.followsFile) this.#follow(pad);
		if (!sample.isDemo) this.ask(pad);
	}

	async #analyze(pad: number, sample: PadSample): Promise<void> {
		const tell = (progress: AnalysisProgress): void => {
			this.#progress.set(sample, progress);
			if (this.#holds(pad, sample)) this.changes.notify(pad);
		};
		tell({ phase: "waiting" });
		try {
			const analysis = await this.#engine.pad(pad).analyze({
				onProgress: ({ stage, percent }) => tell({ phase: "analyzing", stage, percent }),
			});
			if (!this.#holds(pad, sample)) return;
			this.#pads.keepAnalysis(pad, analysis);
			if (sample.followsFile) this.#followWhenSilent(pad);
			else this.#recall(pad);
		} catch (error) {
			tell({ phase: "failed", reason: messageOf(error) });
		}
	}

	#holds(pad: number, sample: PadSample): boolean {
		return this.#pads.states[pad]!.sample === sample;
	}

	#followActivity(activity: Activity): void {
		this.#activity = activity;
		for (const pad of this.#waiting) if (this.#isSilent(pad)) this.#follow(pad);
	}

	#isSilent(pad: number): boolean {
		return this.#activity === null || (this.#activity.padState[pad] === idle && this.#activity.voices[pad] === 0);
	}

	#followWhenSilent(pad: number): void {
		if (this.#isSilent(pad)) this.#follow(pad);
		else this.#waiting.add(pad);
	}

	/** Takes settings that are what the sample says for its own: those of a set, of a copy or of a swapped pad. */
	#recall(pad: number): void {
		const { settings } = this.#pads.states[pad]!;
		const said = this.#saidOf(pad);
		if (said !== null && isSameFileSettings(fileSettingsOf(settings), said)) this.#set.set(pad, said);
	}

	/** What the sample says of its loop, by its file and its analysis; null while the pad is empty. */
	#saidOf(pad: number): FileSettings | null {
		const { analysis } = this.#pads.states[pad]!;
		const info = this.#pads.sampleInfo(pad);
		if (info === null) return null;
		const said = settingsFromFile(info);
		return (
			(said !== null && analysis?.isPercussive === true ? { ...said, sync: "slices" as const } : said) ??
			(analysis === null ? null : sureSettings(analysis, info)) ??
			settingsOfNoLoop
		);
	}

	/** Sets what the sample says of its loop, unless the performer has set any of that. */
	#follow(pad: number): void {
		this.#waiting.delete(pad);
		const { sample, settings } = this.#pads.states[pad]!;
		const now = fileSettingsOf(settings);
		const isUntouched = [settingsOfNoLoop, this.#set.get(pad)].some(
			(set) => set !== undefined && isSameFileSettings(now, set),
		);
		const found = this.#saidOf(pad);
		if (sample?.followsFile !== true || found === null || !isUntouched) return;
		this.#set.set(pad, found);
		this.#pads.follow(pad, found);
	}
}
