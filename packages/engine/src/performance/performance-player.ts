import { HostedAudioEngine } from "../audio-engine.ts";
import { fadeSecondsFrom } from "../check-arguments.ts";
import { LooperError } from "../errors.ts";
import type { Host } from "../host.ts";
import { ringFull } from "../producers/audio-stream-handle.ts";
import { COMMAND_TYPE, REPLAY_ADDRESS, REPLAY_COUNT, START_REPLAY } from "../protocol/commands.ts";
import type { AudioEngineOptions, SampleSource } from "../protocol/engine-types.ts";
import { COMMAND_BYTES, CONTROL_RING_COMMANDS } from "../protocol/shared-memory.ts";
import { type PlacedSample, writeCommandEntry } from "./command-entry.ts";
import type { Performance, PerformanceCommand, PerformanceSample } from "./performance.ts";

/** Finds the source of a performance's sample: a path, a URL, a Blob or bytes. */
export type FindSource = (sample: PerformanceSample) => SampleSource | Promise<SampleSource>;

/**
 * An engine set up as the one that a performance was played on, which repeats what that one did.
 *
 * Thread: control.
 */
export class PerformanceEngine extends HostedAudioEngine {
	readonly #performance: Performance;
	readonly #findSource: FindSource;

	/** @param options - those that the performance does not decide itself */
	constructor(host: Host, performance: Performance, findSource: FindSource, options: AudioEngineOptions) {
		const { sampleRate, sampleSlots, voices, voiceOverflow, fadeFrames } = performance.engine;
		const fadeSeconds = fadeSecondsFrom(fadeFrames, sampleRate);
		super(host, { ...options, sampleRate, sampleSlots, voices, voiceOverflow, fadeSeconds });
		this.#performance = performance;
		this.#findSource = findSource;
	}

	/**
	 * Brings the engine into the state that the performance starts with.
	 *
	 * @throws LooperError as `loadSample` does, and `sample-differs`.
	 */
	async prepare(): Promise<void> {
		const { slots, gainDecibels } = this.#performance.start;
		this.masterGainDecibels = gainDecibels;
		await Promise.all(slots.map(({ slot, sample }) => this.#load(slot, sample)));
	}

	/** Applies a command with the next frame. @throws LooperError as `loadSample` does, and `sample-differs`. */
	async apply(command: PerformanceCommand): Promise<void> {
		switch (command.type) {
			case "play":
				this.playSample(command.slot, command.velocity, { loop: command.loop });
				break;
			case "stop":
				this.stopSample(command.slot);
				break;
			case "stopAll":
				this.stopAll();
				break;
			case "load":
				await this.#load(command.slot, command.sample);
				break;
			case "unload":
				this.unloadSample(command.slot);
				break;
			case "gain":
				this.masterGainDecibels = command.decibels;
				break;
			default:
				command satisfies never;
		}
	}

	/** The node that the performance sounds through, where it plays in a context. */
	get node(): unknown {
		return this.outputNode;
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
		const list: PerformanceCommand[] = [
			{ frame: 0, type: "unload", slot: 0 },
			...start.slots.map(({ slot, sample }): PerformanceCommand => ({ frame: 0, type: "load", slot, sample })),
			{ frame: 0, type: "gain", decibels: start.gainDecibels },
			...commands,
		];
		const words = new Int32Array((list.length * COMMAND_BYTES) / 4);
		for (const [index, command] of list.entries()) {
			writeCommandEntry(new DataView(words.buffer, index * COMMAND_BYTES, COMMAND_BYTES), command, (sample) => {
				const placed = places[sample];
				if (placed === undefined) throw new RangeError(`The performance names sample ${sample}, but has none.`);
				return placed;
			});
		}
		await this.#startReplay(words, list.length);
	}

	/** Loads a sample by way of slot 0, and keeps its memory. @returns where it lies. */
	async #place(place: number): Promise<PlacedSample> {
		await this.#load(0, place);
		const { publisher, samples } = this.running;
		const placed = publisher.commandOf(0);
		if (placed === undefined) throw new Error("the slot just loaded is empty");
		samples.holdPublished(placed.handle);
		return placed;
	}

	async #startReplay(words: Int32Array<ArrayBuffer>, count: number): Promise<void> {
		const { samples, memory, port } = this.running;
		const { address } = samples.lend(words.byteLength);
		if ((await samples.granted(address)) === false) {
			throw new LooperError("out-of-memory", samples.refusal(words.byteLength));
		}
		memory.write(address, words);
		const command = new Int32Array(COMMAND_BYTES / 4);
		command[COMMAND_TYPE / 4] = START_REPLAY;
		command[REPLAY_ADDRESS / 4] = address;
		command[REPLAY_COUNT / 4] = count;
		if (!port.send(command)) throw ringFull(CONTROL_RING_COMMANDS);
		await this.running.delivered();
	}

	async #load(slot: number, place: number): Promise<void> {
		const sample = this.#performance.samples[place];
		if (sample === undefined) throw new RangeError(`The performance names sample ${place}, but has none.`);
		const { trimEncoderDelay } = sample;
		await this.loadSample(slot, await this.#findSource(sample), { trimEncoderDelay });
		const { publisher } = this.running;
		const loaded = publisher.sampleOf(publisher.commandOf(slot)?.handle ?? 0);
		if (loaded?.pcmChecksum !== sample.pcmChecksum || loaded.frames !== sample.frames) throw differs(sample, loaded);
	}
}

function differs(sample: PerformanceSample, loaded: PerformanceSample | undefined): LooperError {
	const isSameFile = loaded?.contentHash === sample.contentHash;
	return new LooperError(
		"sample-differs",
		isSameFile
			? `${sample.name} is decoded to other frames here than where the performance was recorded: the platform decodes ` +
					`${sample.format}; render on that platform, or record with the sample as WAV or FLAC`
			: `${sample.name} is not the file that the performance was recorded with: its frames differ; find the file with the ` +
					`content hash ${sample.contentHash}`,
	);
}
