import { checkMoment, checkPlayOptions, checkSlot, checkVelocity } from "../check-arguments.ts";
import { nameDisposal } from "../dispose.ts";
import { closed, ringFull, streamClosed, suspended, timedFull } from "../errors.ts";
import type { CommandOutlet } from "../playback/command-outlet.ts";
import type { PadParameters } from "../playback/parameter-groups.ts";
import { ParameterSet } from "../playback/parameter-set.ts";
import { applyPlayOptions, plainVoice, type VoiceSettings } from "../playback/voice-settings.ts";
import { PLAY_LOOPING } from "../protocol/commands.ts";
import type { PlayOptions, TimingOptions } from "../protocol/engine-types.ts";
import * as layout from "../protocol/shared-memory.ts";
import type { StreamDescriptor } from "../protocol/stream-descriptor.ts";
import { CommandWriter } from "../rings/command-writer.ts";
import { ControlRing } from "../rings/control-ring.ts";
import { IMMEDIATELY, type Moment } from "../rings/moment.ts";
import { ringWord } from "../rings/ring-place.ts";
import { openProducer } from "../threading/open-producer.ts";
import type { ProducerMemory } from "../threading/producer-memory.ts";
import { closeGeneration } from "./close-generation.ts";

/**
 * Plays samples from any thread, on a ring of its own, without a lock and without the control thread.
 *
 * Order holds within one stream. A stream belongs to the one thread that opened it.
 */
export class AudioStreamHandle {
	static {
		nameDisposal(AudioStreamHandle.prototype, "dispose");
	}

	readonly #ring: ControlRing;
	readonly #writer: CommandWriter = new CommandWriter((words) => this.#ring.send(words));
	readonly #words: Int32Array;
	readonly #slots: number;
	readonly #sampleRate: number;
	readonly #settings: VoiceSettings = plainVoice();
	readonly #generationWord: number;
	readonly #generation: number;
	/** Tells the audio thread, where that cannot see the memory. */
	readonly #closed: () => void;
	readonly #refresh: () => void;
	readonly #outlet: CommandOutlet = { send: (count, moment, write) => this.#sendAll(count, moment, write) };

	private constructor(descriptor: StreamDescriptor, memory: ProducerMemory) {
		this.#words = new Int32Array(memory.buffer, 0, layout.PRODUCER_END / 4);
		this.#ring = new ControlRing(memory.buffer, descriptor.ring, memory);
		this.#closed = memory.closed;
		this.#refresh = memory.refresh;
		this.#slots = descriptor.slots;
		this.#sampleRate = descriptor.sampleRate;
		this.#generationWord = ringWord(descriptor.ring, layout.RING_GENERATION);
		this.#generation = descriptor.generation;
	}

	/**
	 * Opens a stream on the calling thread.
	 *
	 * @param descriptor - from `AudioEngine.createStreamHandle`, posted here
	 * @throws TypeError when it is no descriptor; LooperError `closed` when the stream has been closed already.
	 */
	static open(descriptor: StreamDescriptor): AudioStreamHandle {
		const handle = new AudioStreamHandle(descriptor, openProducer(descriptor));
		handle.#checkOpen();
		return handle;
	}

	/**
	 * Starts a voice in the next block, or at the moment of the options.
	 *
	 * Does not allocate.
	 * @param id - slot; an empty one is ignored
	 * @param velocity - 0..1. Default 1
	 * @throws RangeError for wrong arguments; LooperError `ring-full` (256 commands wait for the audio thread, or 256 for their
	 * frame), `not-running` or `closed`.
	 */
	playSample(id: number, velocity: number = 1, options?: PlayOptions): void {
		checkSlot(id, this.#slots);
		checkVelocity(velocity);
		const moment = checkPlayOptions(options);
		this.#checkRunning();
		const flags = options?.loop === true ? PLAY_LOOPING : 0;
		applyPlayOptions(this.#settings, options, this.#sampleRate);
		this.#checkSent(this.#writer.playVoice(id, velocity, flags, this.#settings, moment), moment);
	}

	/** Fades out every voice of the slot and cancels what its pad waits for, in the next block or at the moment of the options. @throws as `playSample`. */
	stopSample(id: number, options?: TimingOptions): void {
		checkSlot(id, this.#slots);
		const moment = checkMoment(options);
		this.#checkRunning();
		this.#checkSent(this.#writer.stopSample(id, moment), moment);
	}

	/**
	 * Presses a pad, in the next block or at the moment of the options: its launch mode says what that means.
	 *
	 * @throws as `playSample`.
	 */
	press(id: number, velocity: number = 1, options?: TimingOptions): void {
		checkSlot(id, this.#slots);
		checkVelocity(velocity);
		const moment = checkMoment(options);
		this.#checkRunning();
		this.#checkSent(this.#writer.press(id, velocity, moment), moment);
	}

	/** Lets a pad go. @throws as `playSample`. */
	release(id: number, options?: TimingOptions): void {
		checkSlot(id, this.#slots);
		const moment = checkMoment(options);
		this.#checkRunning();
		this.#checkSent(this.#writer.release(id, moment), moment);
	}

	/** Sets several parameters of a pad, all at one moment. What the engine reads back does not change. @throws as `playSample`. */
	set(id: number, values: Partial<PadParameters>, options?: TimingOptions): void {
		checkSlot(id, this.#slots);
		new ParameterSet<PadParameters>("pad", id, this.#outlet).set(values, checkMoment(options));
	}

	/** Fades out every voice and clears what waits for its frame or its line, other threads' included. @throws as `playSample`. */
	stopAll(): void {
		this.#checkRunning();
		this.#checkSent(this.#writer.stopAll(), IMMEDIATELY);
	}

	/** Gives the ring back; everything sent before still takes effect. Idempotent. */
	close(): void {
		if (closeGeneration(this.#words, this.#generationWord, this.#generation)) this.#closed();
	}

	/** @internal As `close`; not declared, because it would need the library `esnext.disposable`. */
	[Symbol.dispose](): void {
		this.close();
	}

	#checkOpen(): void {
		this.#refresh();
		if (Atomics.load(this.#words, this.#generationWord) !== this.#generation) throw streamClosed();
	}

	#checkRunning(): void {
		this.#checkOpen();
		const state = Atomics.load(this.#words, (layout.HEADER + layout.HEADER_ENGINE_STATE) / 4);
		if (state === layout.ENGINE_RUNNING) return;
		if (state === layout.ENGINE_CLOSED) throw closed();
		throw suspended();
	}

	#sendAll(count: number, moment: Moment, write: (writer: CommandWriter) => boolean): boolean {
		this.#checkRunning();
		const hasRoom = (moment === IMMEDIATELY || this.#ring.hasTimedRoomFor(count)) && this.#ring.hasRoomFor(count);
		this.#checkSent(hasRoom && write(this.#writer), moment, count);
		return true;
	}

	#checkSent(isSent: boolean, moment: Moment, count = 1): void {
		if (isSent) return;
		const isTimedFull = moment !== IMMEDIATELY && this.#ring.timedRoom < count;
		throw isTimedFull ? timedFull(layout.PRODUCER_RING_COMMANDS) : ringFull(layout.PRODUCER_RING_COMMANDS);
	}
}
