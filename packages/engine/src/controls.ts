import { chopPad } from "./chop.ts";
import { importPart } from "./import-part.ts";
import { createMaster } from "./master.ts";
import { NamedPads, type NamedPadsAccess } from "./named-pads.ts";
import { type AnalyzePad, createPad, type Pad, type PadTools, type PadWithParameters } from "./pad.ts";
import type { ParameterListener } from "./performance/performance-log.ts";
import type { CommandOutlet } from "./playback/command-outlet.ts";
import { withHeldSample } from "./playback/held-sample.ts";
import type { ParameterSet } from "./playback/parameter-set.ts";
import type { ReadingTools } from "./playback/read-sample.ts";
import type { PublishedSample } from "./playback/sample-publisher.ts";
import { ImportedRecording } from "./recording/imported-recording.ts";
import type { RecordingControl } from "./recording/recording-control.ts";
import type { CommandWriter } from "./rings/command-writer.ts";
import { IMMEDIATELY, type Moment } from "./rings/moment.ts";
import type { RunningEngine } from "./running-engine.ts";
import type { Scheduler } from "./scheduler.ts";
import { PadSlices, type PadSlicesAccess } from "./slices/pad-slices.ts";
import { createTransport, type TransportPosition } from "./transport.ts";

/** What is done to the parameters of every owner. */
type SentParameters = Pick<ParameterSet<object>, "restore" | "cancelWaiting" | "forgetWaiting">;

/** Reads a sample that is held meanwhile. */
type ReadHeld<Result> = (
	readers: typeof import("./playback/sample-readers.ts"),
	published: PublishedSample,
	tools: ReadingTools & { readonly running: RunningEngine },
) => Promise<Result>;

/** How the controls reach their engine. */
export interface ControlAccess extends Omit<NamedPadsAccess, "pad"> {
	readonly outlet: CommandOutlet;
	/** Where the transport is; null while no audio thread exists. */
	readonly position: () => TransportPosition | null;
	/** @throws LooperError `not-running` or `closed`. */
	readonly running: () => RunningEngine;
	readonly after: Scheduler["after"];
	readonly cancelLoad: (id: number) => void;
	/** What analyses and slices samples. */
	readonly analysis: () => { readonly analyze: AnalyzePad; readonly slicer: PadSlicesAccess["slicer"] };
	/** What a slot holds; null when it is empty. */
	readonly published: (id: number) => PublishedSample | null;
}

/** Everything that a performer sets and plays: the pads, the master and the transport. Thread: control. */
export class Controls {
	readonly #access: ControlAccess;
	readonly #pads: Map<number, PadWithParameters> = new Map();
	readonly #tools: Omit<PadTools, "outlet">;
	readonly #slices: PadSlices;
	readonly #master: ReturnType<typeof createMaster>;
	readonly #transport: ReturnType<typeof createTransport>;
	/** Records sound. */
	readonly recording: RecordingControl;
	readonly named: NamedPads;

	constructor(access: ControlAccess) {
		this.#access = access;
		const { running, pads, cancelLoad } = access;
		this.#slices = new PadSlices({ ...access, slicer: () => access.analysis().slicer() });
		this.#tools = {
			exportPad: (id, { loop, loopRegion, sync, lengthBeats }, format) => {
				// As they are at the call.
				const pad = { loop, loopRegion, sync, lengthBeats };
				return this.#read(id, ({ exportWav }, sample, tools) => exportWav(sample, pad, format, tools));
			},
			readFrames: (id, firstFrame, frames) =>
				this.#read(id, ({ readFrames }, { command }, tools) => readFrames(command, { firstFrame, frames }, tools)),
			published: access.published,
			analyze: (id, onProgress) => access.analysis().analyze(id, onProgress),
			slices: this.#slices,
			chopPad: (id, options) =>
				chopPad(id, options, { running: running(), pads: pads(), pad: (other) => this.pad(other), cancelLoad }),
		};
		this.#master = createMaster(access.outlet);
		this.named = new NamedPads({ ...access, pad: (id) => this.pad(id) });
		this.#transport = createTransport(access.outlet, access.position, () =>
			this.cancelWaiting((moment) => moment < IMMEDIATELY),
		);
		this.recording = new ImportedRecording({
			running,
			slots: pads,
			load: access.load,
			clock: { transport: this.#transport.transport, position: access.position },
			setLength: (id, lengthBeats) => this.pad(id).set({ lengthBeats }),
		});
	}

	get master(): ReturnType<typeof createMaster>["master"] {
		return this.#master.master;
	}

	get transport(): ReturnType<typeof createTransport>["transport"] {
		return this.#transport.transport;
	}

	/** The pad of a slot, the same object every time. */
	pad(id: number): Pad {
		const known = this.#pads.get(id) ?? createPad(id, { outlet: this.#access.outlet, ...this.#tools });
		this.#pads.set(id, known);
		return known.pad;
	}

	/** Reads what a slot holds at the call. @throws LooperError `empty-pad`, `unsupported-platform`, `not-running` or `closed`. */
	async #read<Result>(id: number, read: ReadHeld<Result>): Promise<Result> {
		const running = this.#access.running();
		return withHeldSample(id, running, async (published) => {
			const readers = await importPart("sample-readers.js", () => import("./playback/sample-readers.ts"));
			return read(readers, published, { running, after: this.#access.after });
		});
	}

	/** Sends every parameter to an audio thread that has just been started. */
	restore(writer: CommandWriter): void {
		for (const { parameters } of this.#all) parameters.restore(writer);
		this.#slices.restore(writer);
	}

	/** Puts back the parameters of which a call has cancelled values that waited. @param isCancelled - by their moments */
	cancelWaiting(isCancelled: (moment: Moment) => boolean): void {
		for (const { parameters } of this.#all) parameters.cancelWaiting(isCancelled);
	}

	/** Notes what the audio thread has applied. */
	readonly parameterListener: ParameterListener = {
		applied: (slot, number, { encoded, frame }) => {
			for (const { parameters } of [this.#master, this.#transport]) parameters.applied(number, encoded, frame);
			this.#pads.get(slot)?.parameters.applied(number, encoded, frame);
		},
		lost: () => {
			for (const { parameters } of this.#all) parameters.forgetWaiting();
		},
	};

	get #all(): readonly { readonly parameters: SentParameters }[] {
		return [this.#master, this.#transport, ...this.#pads.values()];
	}
}
