import { CAPTURE_SKIP_BACK, CAPTURE_TAKE } from "../protocol/capture-ring.ts";
import type { CaptureState, FromRecordingThread, TakeForm, ToRecordingThread } from "../protocol/recording-messages.ts";
import type { Scheduler } from "../scheduler.ts";
import { type Captures, openCaptures } from "./captures.ts";
import { SkipBackMemory } from "./skip-back-memory.ts";
import type { TakeStore } from "./take-file.ts";
import { messageOf, TakeWriter } from "./take-writer.ts";

/** What recording needs of its thread. */
export interface RecordingPlatform {
	readonly store: TakeStore;
	/** Null where `drain` is called after each block. */
	readonly after: Scheduler["after"] | null;
	post(message: FromRecordingThread): void;
}

/** How often the rings are read, which hold four seconds and more. */
const POLL_MS = 25;
/** An audio thread that is gone answers no `finish`. */
const FINISH_PATIENCE_MS = 1000;

/** The take that is being recorded. */
interface CurrentTake {
	readonly name: number;
	readonly writer: TakeWriter;
	startFrame: number;
	/** What was captured from here on is cut off. */
	endFrame: number;
}

/** What is kept to be saved after the fact. */
interface Kept {
	readonly name: number;
	readonly ringAddress: number;
	readonly memory: SkipBackMemory;
	startFrame: number;
}

/** Writes what is captured into files. Thread: recording; without a device the control thread. */
export class RecordingThreadMain {
	readonly #platform: RecordingPlatform;
	#captures: Captures | null = null;
	#take: CurrentTake | null = null;
	#kept: Kept | null = null;
	#isPolling = false;

	constructor(platform: RecordingPlatform) {
		this.#platform = platform;
	}

	onMessage(message: ToRecordingThread): void {
		switch (message.type) {
			case "initialize":
				this.#captures = openCaptures(
					message.origin,
					(state, samples) => this.#onFrames(state, samples),
					this.#platform.after !== null,
				);
				this.#platform.post({ type: "initialized" });
				break;
			case "begin":
				void this.#begin(message, message.ringAddress);
				break;
			case "trim":
				if (this.#take?.name === message.name) this.#take.endFrame = message.endFrame;
				break;
			case "finish":
				this.#finish(message.name);
				break;
			case "abandon":
				void this.#abandon(message.name);
				break;
			case "keep": {
				const { name, frames, ringAddress } = message;
				const memory = this.#kept?.memory ?? new SkipBackMemory(frames);
				memory.clear();
				this.#kept = { name, ringAddress, memory, startFrame: 0 };
				this.#captures?.expect(CAPTURE_SKIP_BACK, name, ringAddress);
				this.#poll();
				break;
			}
			case "save":
				void this.#save(message, message.frames);
				break;
			default:
				message satisfies never;
		}
	}

	/** Takes what has been captured. */
	drain(): void {
		this.#captures?.drain();
		this.#take?.writer.update();
	}

	async #begin(form: TakeForm, ringAddress: number): Promise<void> {
		const { name } = form;
		await this.#refusable(name, async () => {
			const writer = await this.#open(form);
			this.#take = { name, writer, startFrame: 0, endFrame: Number.POSITIVE_INFINITY };
			this.#captures?.expect(CAPTURE_TAKE, name, ringAddress);
			this.#platform.post({ type: "opened", name });
			this.#poll();
		});
	}

	async #save(form: TakeForm, wantedFrames: number): Promise<void> {
		this.#captures?.drain();
		const kept = this.#kept;
		const samples = kept?.memory.newest(wantedFrames) ?? new Float32Array();
		const endFrame = (kept?.startFrame ?? 0) + (kept?.memory.count ?? 0);
		await this.#refusable(form.name, async () => {
			if (kept === null) throw new Error("Nothing has been kept yet. Save it later.");
			const writer = await this.#open(form);
			writer.append(samples);
			const take = writer.finish(endFrame - samples.length / 2, 0);
			this.#platform.post({ type: "finished", name: form.name, take });
		});
	}

	async #open(form: TakeForm): Promise<TakeWriter> {
		const file = await this.#platform.store.create(form.path);
		try {
			return new TakeWriter(file, form);
		} catch (error) {
			await file.discard();
			throw error;
		}
	}

	async #refusable(name: number, work: () => Promise<void>): Promise<void> {
		try {
			await work();
		} catch (error) {
			this.#platform.post({ type: "refused", name, message: messageOf(error) });
		}
	}

	#finish(name: number): void {
		this.#captures?.finish(CAPTURE_TAKE, name);
		this.#endUnlessFlowing(name, -1);
	}

	/** Ends a take of which nothing more comes, its end neither. */
	#endUnlessFlowing(name: number, framesBefore: number): void {
		this.#platform.after?.(FINISH_PATIENCE_MS, () => {
			const take = this.#take;
			if (take?.name !== name) return;
			if (take.writer.frames === framesBefore) this.#end(take, 0);
			else this.#endUnlessFlowing(name, take.writer.frames);
		});
	}

	async #abandon(name: number): Promise<void> {
		if (this.#take?.name !== name) return;
		const { writer } = this.#take;
		this.#take = null;
		await writer.discard();
	}

	#onFrames(state: CaptureState, samples: Float32Array<ArrayBuffer>): void {
		if (state.number === CAPTURE_SKIP_BACK) this.#keepFrames(state, samples);
		else this.#takeFrames(state, samples);
	}

	#keepFrames({ name, startFrame, lostFrames }: CaptureState, samples: Float32Array): void {
		const kept = this.#kept;
		if (kept?.name !== name) return;
		kept.startFrame = startFrame;
		kept.memory.append(samples);
		if (lostFrames > 0) this.#platform.post({ type: "interrupted", name, ringAddress: kept.ringAddress });
	}

	#takeFrames(state: CaptureState, samples: Float32Array<ArrayBuffer>): void {
		const take = this.#take;
		if (take?.name !== state.name) return;
		take.startFrame = state.startFrame;
		if (samples.length > 0) take.writer.append(samples);
		const isWhole = take.writer.isWhole && state.lostFrames === 0;
		const { startFrame, name } = take;
		this.#platform.post({ type: "progress", name, startFrame, frames: take.writer.frames, isWhole });
		if (state.isEnded) this.#end(take, state.lostFrames);
	}

	#end({ name, writer, startFrame, endFrame }: CurrentTake, lostFrames: number): void {
		this.#take = null;
		this.#platform.post({ type: "finished", name, take: writer.finish(startFrame, lostFrames, endFrame - startFrame) });
	}

	#poll(): void {
		if (this.#isPolling || this.#platform.after === null) return;
		this.#isPolling = true;
		this.#platform.after(POLL_MS, () => {
			this.#isPolling = false;
			this.drain();
			if (this.#take !== null || this.#kept !== null) this.#poll();
		});
	}
}
