import { HostedAudioEngine } from "../audio-engine.ts";
import { fadeSecondsFrom } from "../check-arguments.ts";
import { LooperError } from "../errors.ts";
import type { Host } from "../host.ts";
import type { AudioEngineOptions, SampleSource } from "../protocol/engine-types.ts";
import { CONTROL_RING_RECORDS } from "../protocol/layout.ts";
import { ringFull } from "../stream/audio-stream-handle.ts";
import { commandRecord } from "./command-record.ts";
import { beginRecord, gainRecord, isInRound, tailRecords, voiceRecord } from "./restoring-records.ts";
import type { Session, SessionCommand, SessionSample, SessionVoice } from "./session.ts";

/** Finds the source of a session's sample: a path, a URL, a Blob or bytes. */
export type FindSource = (sample: SessionSample) => SampleSource | Promise<SampleSource>;

/**
 * An engine set up as the one that a session was recorded with, which does again what that one did.
 *
 * Thread: control.
 */
export class SessionEngine extends HostedAudioEngine {
	readonly #session: Session;
	readonly #findSource: FindSource;
	/** The session's sample that each slot holds, by its place in the list. */
	readonly #places: Map<number, number> = new Map();

	/** @param options - those that the session does not decide itself */
	constructor(host: Host, session: Session, findSource: FindSource, options: AudioEngineOptions) {
		const { sampleRate, sampleSlots, voices, voiceOverflow, fadeFrames } = session.engine;
		const fadeSeconds = fadeSecondsFrom(fadeFrames, sampleRate);
		super(host, { ...options, sampleRate, sampleSlots, voices, voiceOverflow, fadeSeconds });
		this.#session = session;
		this.#findSource = findSource;
	}

	/**
	 * Loads what sounds at the start and brings the kernel into that state.
	 *
	 * @throws LooperError as `loadSample` does, and `sample-differs`.
	 */
	async restore(): Promise<void> {
		const { slots, voices, gain } = this.#session.start;
		this.#send(beginRecord());
		await Promise.all(slots.map(({ slot, sample }) => this.#load(slot, sample)));
		for (const voice of voices) {
			// A voice may still play what its slot held before.
			if (this.#places.get(voice.slot) !== voice.sample) await this.#load(voice.slot, voice.sample);
			const sample = this.running.publisher.recordOf(voice.slot);
			if (sample === undefined) continue;
			if (!isInRound(voice, sample)) throw outsideRound(voice);
			this.#send(voiceRecord(voice, sample));
		}
		for (const { slot, sample } of slots) {
			if (this.#places.get(slot) !== sample) await this.#load(slot, sample);
		}
		this.#send(gainRecord(gain));
		for (const record of tailRecords(this.#session.start)) this.#send(record);
	}

	/** Does what a command says, with the next frame. @throws LooperError as `loadSample` does, and `sample-differs`. */
	async apply(command: SessionCommand): Promise<void> {
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

	/** The node that the session sounds through, where it plays in a context. */
	get node(): unknown {
		return this.outputNode;
	}

	/**
	 * Sends every command with its frame; settles when the audio thread has them.
	 *
	 * @throws LooperError `ring-full`; RangeError for a session that loads in its midst.
	 */
	async schedule(): Promise<void> {
		for (const command of this.#session.commands) {
			const record = commandRecord(command);
			if (record === null)
				throw new RangeError(
					"the session loads a sample in its midst, which no context can wait for; use renderSession",
				);
			this.#send(record);
		}
		await this.running.delivered();
	}

	async #load(slot: number, place: number): Promise<void> {
		const sample = this.#session.samples[place];
		if (sample === undefined) throw new RangeError(`the session names sample ${place}, but has none`);
		this.#places.set(slot, place);
		const { trimEncoderDelay } = sample;
		await this.loadSample(slot, await this.#findSource(sample), { trimEncoderDelay });
		const { publisher } = this.running;
		const loaded = publisher.sampleOf(publisher.recordOf(slot)?.handle ?? 0);
		if (loaded?.pcmChecksum !== sample.pcmChecksum || loaded.frames !== sample.frames) throw differs(sample, loaded);
	}

	#send(record: Int32Array): void {
		if (!this.running.port.send(record)) throw ringFull(CONTROL_RING_RECORDS);
	}
}

function outsideRound({ slot, position, round = 0 }: SessionVoice): LooperError {
	return new LooperError(
		"malformed-session",
		`the voice of slot ${slot} stands at frame ${position} of round ${round}, which does not reach there; mend the session ` +
			"file, or record it again",
	);
}

function differs(sample: SessionSample, loaded: SessionSample | undefined): LooperError {
	const isSameFile = loaded?.contentHash === sample.contentHash;
	return new LooperError(
		"sample-differs",
		isSameFile
			? `${sample.name} is decoded to other frames here than where the session was recorded: the platform decodes ` +
					`${sample.format}; render on that platform, or record with the sample as WAV or FLAC`
			: `${sample.name} is not the file that the session was recorded with: its frames differ; find the file with the ` +
					`content hash ${sample.contentHash}`,
	);
}
