import { HostedEngine } from "../audio-engine.ts";
import { mustBe } from "../check-arguments.ts";
import { LooperError, ringFull } from "../errors.ts";
import type { Host } from "../host.ts";
import { fadeSecondsFrom } from "../options.ts";
import type { AudioEngineOptions } from "../protocol/engine-types.ts";
import type { SampleSource } from "../protocol/sample-source.ts";
import { CONTROL_RING_COMMANDS } from "../protocol/shared-memory.ts";
import { COMMAND_WORDS, CommandWriter, type PlacedSample } from "../rings/command-writer.ts";
import { IMMEDIATELY } from "../rings/moment.ts";
import { sliceCommands } from "../rings/slice-words.ts";
import type { RunningEngine } from "../running-engine.ts";
import { writePerformed, writeTransport } from "./command-entry.ts";
import type { Performance, PerformanceCommand, PerformanceSample } from "./performance.ts";

/** Commands that `writeTransport` writes, at most. */
const TRANSPORT_COMMANDS = 2;

/** Finds the source of a performance's sample: a path, a URL, a Blob or bytes. */
export type FindSource = (sample: PerformanceSample) => SampleSource | Promise<SampleSource>;

/**
 * Repeats a performance on an engine that is set up as the one it was played on.
 *
 * Thread: control.
 */
export class PerformancePlayer {
	readonly engine: HostedEngine;
	readonly #performance: Performance;
	readonly #findSource: FindSource;

	/** @param options - those that the performance does not decide itself. @throws TypeError unless `findSource` is a function */
	constructor(host: Host, performance: Performance, findSource: FindSource, options: AudioEngineOptions) {
		if (typeof findSource !== "function")
			throw new TypeError(mustBe("findSource", "a function that gives a sample's file", findSource));
		const { sampleRate, sampleSlots, voices, voiceOverflow, fadeFrames } = performance.engine;
		const fadeSeconds = fadeSecondsFrom(fadeFrames, sampleRate);
		this.engine = new HostedEngine(host, { ...options, sampleRate, sampleSlots, voices, voiceOverflow, fadeSeconds });
		this.#performance = performance;
		this.#findSource = findSource;
	}

	get #running(): RunningEngine {
		return HostedEngine.partsOf(this.engine);
	}

	/**
	 * Brings the engine into the state that the performance starts with.
	 *
	 * @throws LooperError as `loadSample` does, and `sample-differs`.
	 */
	async prepare(): Promise<void> {
		const { slots, parameters, slices = [], transport } = this.#performance.start;
		for (const parameter of parameters) this.#send({ frame: 0, type: "set", ...parameter });
		checkSent(writeTransport(this.#running.writer, transport, IMMEDIATELY));
		await Promise.all(slots.map(({ slot, sample }) => this.#load(slot, sample)));
		// A load takes slices away.
		for (const pad of slices) this.#send({ frame: 0, type: "slices", ...pad });
	}

	/** Applies a command with the next frame. @throws LooperError as `loadSample` does, and `sample-differs`. */
	async apply(command: PerformanceCommand): Promise<void> {
		if (command.type === "load") await this.#load(command.slot, command.sample);
		else if (command.type === "unload") this.engine.unloadSample(command.slot);
		else this.#send(command);
	}

	/**
	 * Loads every sample and hands all commands to the audio thread, which applies each at its frame; settles when it has them.
	 *
	 * @throws LooperError as `loadSample` does, `sample-differs`, `out-of-memory`.
	 */
	async schedule(): Promise<void> {
		const { samples, start, commands } = this.#performance;
		const places: PlacedSample[] = [];
		for (const place of samples.keys()) places.push(await this.#place(place));
		const opening: PerformanceCommand[] = [
			{ frame: 0, type: "unload", slot: 0 },
			...start.slots.map(({ slot, sample }): PerformanceCommand => ({ frame: 0, type: "load", slot, sample })),
			...start.parameters.map((parameter): PerformanceCommand => ({ frame: 0, type: "set", ...parameter })),
			...(start.slices ?? []).map((pad): PerformanceCommand => ({ frame: 0, type: "slices", ...pad })),
		];
		const most = [...opening, ...commands].reduce((sum, performed) => sum + commandsOf(performed), TRANSPORT_COMMANDS);
		const words = new Int32Array(most * COMMAND_WORDS);
		let end = 0;
		const writer = new CommandWriter((command) => {
			words.set(command, end);
			end += COMMAND_WORDS;
			return true;
		});
		const placeOf = (sample: number): PlacedSample => {
			const placed = places[sample];
			if (placed === undefined) throw new RangeError(`The performance names sample ${sample}, but has none.`);
			return placed;
		};
		for (const command of opening) writePerformed(writer, command, placeOf);
		// Behind the tempo, which would move the anchor.
		writeTransport(writer, start.transport, 0);
		for (const command of commands) writePerformed(writer, command, placeOf);
		await this.#startReplay(words, end / COMMAND_WORDS);
	}

	/** Loads a sample by way of slot 0, and keeps its memory. @returns where it lies. */
	async #place(place: number): Promise<PlacedSample> {
		await this.#load(0, place);
		const { publisher, samples } = this.#running;
		const placed = publisher.published(0)?.command;
		if (placed === undefined) throw new Error("the slot just loaded is empty");
		samples.retainPublished(placed.handle);
		return placed;
	}

	async #startReplay(words: Int32Array<ArrayBuffer>, count: number): Promise<void> {
		const { samples, memory, writer } = this.#running;
		const { address } = samples.allocate(words.byteLength);
		if ((await samples.granted(address)) === false) {
			throw new LooperError("out-of-memory", samples.refusal(words.byteLength));
		}
		memory.write(address, words);
		checkSent(writer.startReplay(address, count));
		await this.#running.delivered();
	}

	#send(command: PerformanceCommand): void {
		checkSent(writePerformed(this.#running.writer, command, unplaced, IMMEDIATELY));
	}

	async #load(slot: number, place: number): Promise<void> {
		const sample = this.#performance.samples[place];
		if (sample === undefined) throw new RangeError(`The performance names sample ${place}, but has none.`);
		const { trimEncoderDelay } = sample;
		await this.engine.loadSample(slot, await this.#findSource(sample), { trimEncoderDelay });
		const { publisher } = this.#running;
		const loaded = publisher.sampleOf(publisher.published(slot)?.command.handle ?? 0);
		if (loaded?.pcmChecksum !== sample.pcmChecksum || loaded.frames !== sample.frames) throw differs(sample, loaded);
	}
}

/** How many commands of the audio thread's it is. */
function commandsOf(performed: PerformanceCommand): number {
	return performed.type === "slices" ? sliceCommands(performed.slices.length) : 1;
}

function checkSent(isSent: boolean): void {
	if (!isSent) throw ringFull(CONTROL_RING_COMMANDS);
}

/** Only a load places a sample, and goes its own way. */
function unplaced(): never {
	throw new Error("a load is not sent as a command");
}

function differs(sample: PerformanceSample, loaded: PerformanceSample | undefined): LooperError {
	const isSameFile = loaded?.contentHash === sample.contentHash;
	return new LooperError(
		"sample-differs",
		isSameFile
			? `${sample.name} is decoded to other frames here than where the performance was played, because the platform decodes ` +
					`${sample.format}. Render on that platform, or perform with the sample as WAV or FLAC.`
			: `${sample.name} is not the file that the performance was played with. Find the file with the content hash ` +
					`${sample.contentHash}.`,
	);
}
