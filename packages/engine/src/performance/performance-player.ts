import { HostedAudioEngine } from "../audio-engine.ts";
import { fadeSecondsFrom } from "../check-arguments.ts";
import { LooperError } from "../errors.ts";
import type { Host } from "../host.ts";
import { ringFull } from "../producers/audio-stream-handle.ts";
import type { AudioEngineOptions, SampleSource } from "../protocol/engine-types.ts";
import { CONTROL_RING_COMMANDS } from "../protocol/layout.ts";
import { commandEntry } from "./command-entry.ts";
import type { Performance, PerformanceCommand, PerformanceSample, PerformanceVoice } from "./performance.ts";
import { beginCommand, gainCommand, isInRound, tailCommands, voiceRecord } from "./restoring-commands.ts";

/** Finds the source of a performance's sample: a path, a URL, a Blob or bytes. */
export type FindSource = (sample: PerformanceSample) => SampleSource | Promise<SampleSource>;

/**
 * An engine set up as the one that a performance was recorded with, which does again what that one did.
 *
 * Thread: control.
 */
export class PerformanceEngine extends HostedAudioEngine {
	readonly #performance: Performance;
	readonly #findSource: FindSource;
	/** The performance's sample that each slot holds, by its place in the list. */
	readonly #places: Map<number, number> = new Map();

	/** @param options - those that the performance does not decide itself */
	constructor(host: Host, performance: Performance, findSource: FindSource, options: AudioEngineOptions) {
		const { sampleRate, sampleSlots, voices, voiceOverflow, fadeFrames } = performance.engine;
		const fadeSeconds = fadeSecondsFrom(fadeFrames, sampleRate);
		super(host, { ...options, sampleRate, sampleSlots, voices, voiceOverflow, fadeSeconds });
		this.#performance = performance;
		this.#findSource = findSource;
	}

	/**
	 * Loads what sounds at the start and brings the kernel into that state.
	 *
	 * @throws LooperError as `loadSample` does, and `sample-differs`.
	 */
	async restore(): Promise<void> {
		const { slots, voices, gain } = this.#performance.start;
		this.#send(beginCommand());
		await Promise.all(slots.map(({ slot, sample }) => this.#load(slot, sample)));
		for (const voice of voices) {
			// A voice may still play what its slot held before.
			if (this.#places.get(voice.slot) !== voice.sample) await this.#load(voice.slot, voice.sample);
			const sample = this.running.publisher.commandOf(voice.slot);
			if (sample === undefined) continue;
			if (!isInRound(voice, sample)) throw outsideRound(voice);
			this.#send(voiceRecord(voice, sample));
		}
		for (const { slot, sample } of slots) {
			if (this.#places.get(slot) !== sample) await this.#load(slot, sample);
		}
		this.#send(gainCommand(gain));
		for (const record of tailCommands(this.#performance.start)) this.#send(record);
	}

	/** Does what a command says, with the next frame. @throws LooperError as `loadSample` does, and `sample-differs`. */
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
				this.#places.delete(command.slot);
				break;
			case "gain":
				this.masterGainDecibels = command.decibels;
				break;
		}
	}

	/** The node that the performance sounds through, where it plays in a context. */
	get node(): unknown {
		return this.outputNode;
	}

	/**
	 * Sends every command with its frame; settles when the audio thread has them.
	 *
	 * @throws LooperError `ring-full`; RangeError for a performance that loads in its midst.
	 */
	async schedule(): Promise<void> {
		for (const command of this.#performance.commands) {
			const record = commandEntry(command);
			if (record === null)
				throw new RangeError(
					"the performance loads a sample in its midst, which no context can wait for; use renderPerformance",
				);
			this.#send(record);
		}
		await this.running.delivered();
	}

	async #load(slot: number, place: number): Promise<void> {
		const sample = this.#performance.samples[place];
		if (sample === undefined) throw new RangeError(`the performance names sample ${place}, but has none`);
		this.#places.set(slot, place);
		const { trimEncoderDelay } = sample;
		await this.loadSample(slot, await this.#findSource(sample), { trimEncoderDelay });
		const { publisher } = this.running;
		const loaded = publisher.sampleOf(publisher.commandOf(slot)?.handle ?? 0);
		if (loaded?.pcmChecksum !== sample.pcmChecksum || loaded.frames !== sample.frames) throw differs(sample, loaded);
	}

	#send(record: Int32Array): void {
		if (!this.running.port.send(record)) throw ringFull(CONTROL_RING_COMMANDS);
	}
}

function outsideRound({ slot, position, round = 0 }: PerformanceVoice): LooperError {
	return new LooperError(
		"malformed-performance",
		`the voice of slot ${slot} stands at frame ${position} of round ${round}, which does not reach there; mend the performance ` +
			"file, or record it again",
	);
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
