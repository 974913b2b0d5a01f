import type { EngineRecording, RecordingAccess } from "./engine-recording.ts";
import { importRecording } from "./import-recording.ts";
import type { Recorder } from "./recorder.ts";
import type { KeepLastOptions, RecordingControl, RecordingOptions, StopRecordingOptions } from "./recording-control.ts";
import type { Take } from "./take.ts";

/** How a control reaches its engine. */
interface ImportedAccess extends Omit<RecordingAccess, "running"> {
	/** @throws LooperError `not-running` or `closed`. */
	readonly running: () => { openRecorder(made: typeof Recorder): Recorder };
}

/** Hands the calls of `engine.recording` to what records, which is imported for the first of them. Thread: control. */
export class ImportedRecording implements RecordingControl {
	readonly #access: ImportedAccess;
	#recording: EngineRecording | null = null;
	#importing: Promise<EngineRecording> | null = null;
	/** Whether the first take waits for the import. */
	#isStarting = false;

	constructor(access: ImportedAccess) {
		this.#access = access;
	}

	get isRecording(): boolean {
		return this.frames !== null;
	}

	get frames(): number | null {
		return this.#recording?.frames ?? (this.#isStarting ? 0 : null);
	}

	async start(options?: RecordingOptions): Promise<void> {
		if (this.#recording !== null) return this.#recording.start(options);
		this.#isStarting = true;
		try {
			await (await this.#imported()).start(options);
		} finally {
			this.#isStarting = false;
		}
	}

	async stop(options?: StopRecordingOptions): Promise<Take> {
		// At once where that is possible: the caller may render next.
		return (this.#recording ?? (await this.#imported())).stop(options);
	}

	async keepLast(seconds: number, options?: KeepLastOptions): Promise<Take> {
		return (this.#recording ?? (await this.#imported())).keepLast(seconds, options);
	}

	/** One import, so that calls that wait for it go on in their order; one that failed is forgotten. */
	#imported(): Promise<EngineRecording> {
		this.#importing ??= this.#import().catch((error: unknown) => {
			this.#importing = null;
			throw error;
		});
		return this.#importing;
	}

	async #import(): Promise<EngineRecording> {
		const parts = await importRecording();
		const running = (): Recorder => this.#access.running().openRecorder(parts.Recorder);
		this.#recording = new parts.EngineRecording({ ...this.#access, running });
		return this.#recording;
	}
}
