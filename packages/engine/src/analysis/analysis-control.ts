import { closed, type LooperError, notRunning } from "../errors.ts";
import type { Host } from "../host.ts";
import { importPart } from "../import-part.ts";
import type { EventQueue } from "../loading/event-queue.ts";
import type { LoadOrigin } from "../loading/observers.ts";
import type { CheckedOptions } from "../options.ts";
import { withHeldSample } from "../playback/held-sample.ts";
import type { CacheSettings } from "../protocol/loader-messages.ts";
import type { SampleAnalysis } from "../protocol/sample-analysis.ts";
import type { RunningEngine } from "../running-engine.ts";
import type { Slicer } from "../slices/slicer.ts";
import type { Analyses } from "./analyses.ts";

/** What there is once an engine has been prepared. */
interface PreparedEngine {
	readonly running: RunningEngine;
	readonly loaderModule: WebAssembly.Module;
}

/** What analyses are made with. */
interface AnalysisSettings {
	readonly host: Host;
	readonly options: Pick<CheckedOptions, "tempoRange" | "analyzer">;
	readonly cache: CacheSettings | null;
	readonly events: EventQueue;
	/** Whether the engine has been shut down. */
	readonly isClosing: () => boolean;
}

/** Analyses the samples of an engine; what does so is imported for the first. Thread: control. */
export class AnalysisControl {
	readonly #settings: AnalysisSettings;
	#engine: PreparedEngine | null = null;
	#analyses: Promise<Analyses> | null = null;
	#slicer: Promise<Slicer> | null = null;
	#isPaused = false;

	constructor(settings: AnalysisSettings) {
		this.#settings = settings;
	}

	/** Begins with an engine that has just been prepared. */
	open(engine: PreparedEngine): void {
		this.#engine = engine;
	}

	/** Lets loads come first. */
	pause(isPaused: boolean): void {
		this.#isPaused = isPaused;
		for (const part of [this.#analyses, this.#slicer])
			part?.then((started) => started.pause(this.#isPaused)).catch(() => {});
	}

	/** What finds slices. @throws LooperError `not-running`, `closed` or `unsupported-platform`. */
	async slicer(): Promise<Slicer> {
		if (this.#settings.isClosing()) throw closed();
		if (this.#engine === null) throw notRunning();
		const parts = { host: this.#settings.host, ...this.#engine };
		this.#slicer ??= importPart("slicer.js", () => import("../slices/slicer.ts")).then((module) => {
			const slicer = new module.Slicer(parts);
			slicer.pause(this.#isPaused);
			return slicer;
		});
		return this.#slicer.catch((error: unknown) => {
			this.#slicer = null;
			throw error;
		});
	}

	/** Analyses what a slot holds at the call. @throws LooperError as `pad.analyze`. */
	async analyze(id: number, onProgress?: (percent: number, stage: string) => void): Promise<SampleAnalysis> {
		if (this.#settings.isClosing()) throw closed();
		if (this.#engine === null) throw notRunning();
		const engine = this.#engine;
		return withHeldSample(id, engine.running, async (published) => {
			const analyses = await this.#imported(engine);
			return analyses.analyze(published, onProgress);
		});
	}

	/** Turns the analysis of what a load has put into its slot into events, as long as the slot holds that. */
	follow(origin: LoadOrigin): void {
		const engine = this.#engine;
		const published = engine?.running.publisher.published(origin.id);
		if (!engine || !published) return;
		this.#imported(engine).then(
			(analyses) => analyses.follow(origin, published),
			({ code, message: msg }: LooperError) =>
				this.#settings.events.push({ ...origin, type: "analysis-error", code, msg }),
		);
	}

	/** Cancels analyses that no caller waits for any more, as after an unload. */
	dropUnwanted(): void {
		this.#analyses?.then((analyses) => analyses.dropUnwanted()).catch(() => {});
	}

	/** Ends every analysis; settles when their thread has ended. */
	async close(): Promise<void> {
		for (const part of [this.#analyses, this.#slicer]) await (await part?.catch(() => null))?.close();
	}

	#imported(engine: PreparedEngine): Promise<Analyses> {
		this.#analyses ??= importPart("analyses.js", () => import("./analyses.ts")).then((module) => {
			const analyses = new module.Analyses({ ...this.#settings, ...engine });
			analyses.pause(this.#isPaused);
			return analyses;
		});
		return this.#analyses.catch((error: unknown) => {
			// The next call asks for it again.
			this.#analyses = null;
			throw error;
		});
	}
}
