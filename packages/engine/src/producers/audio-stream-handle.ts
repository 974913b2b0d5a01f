import { checkAtFrame, checkSlot, checkVelocity } from "../check-arguments.ts";
import { LooperError } from "../errors.ts";
import { PLAY_LOOPING } from "../protocol/commands.ts";
import type { PlayOptions, StopOptions } from "../protocol/engine-types.ts";
import * as layout from "../protocol/shared-memory.ts";
import { ControlRing, IMMEDIATELY } from "../rings/control-ring.ts";
import { ringWord } from "../rings/ring-place.ts";
import { isMessageDescriptor, mirrorProducer, type ProducerMemory } from "./message-producer.ts";
import { ownKernelBehind } from "./own-kernel.ts";
import type { SharedStreamDescriptor, StreamDescriptor } from "./stream-descriptor.ts";

/**
 * Plays samples from any thread, on a ring of its own: no lock, no turn of the control thread.
 *
 * Order holds within one stream. A stream belongs to the one thread that opened it.
 */
export class AudioStreamHandle {
	readonly #ring: ControlRing;
	readonly #words: Int32Array;
	readonly #slots: number;
	readonly #generationWord: number;
	readonly #generation: number;
	/** Tells the audio thread where that cannot see it. */
	readonly #closed: () => void;
	readonly #refresh: () => void;

	private constructor(descriptor: StreamDescriptor, memory: ProducerMemory) {
		this.#words = new Int32Array(memory.buffer, 0, layout.PRODUCER_END / 4);
		this.#ring = new ControlRing(memory.buffer, descriptor.ring, memory);
		this.#closed = memory.closed;
		this.#refresh = memory.refresh;
		this.#slots = descriptor.slots;
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
		const usesMessages = isMessageDescriptor(descriptor);
		if (!usesMessages && !isSharedDescriptor(descriptor)) {
			throw new TypeError("descriptor must come from AudioEngine.createStreamHandle()");
		}
		checkField("ring", descriptor.ring, layout.MAX_PRODUCERS);
		checkField("slots", descriptor.slots, layout.MAX_SLOTS);
		// An even generation is that of a ring without an owner.
		if ((descriptor.generation & 1) === 0) throw streamClosed();
		const handle = new AudioStreamHandle(
			descriptor,
			usesMessages ? mirrorProducer(descriptor) : shareProducer(descriptor),
		);
		handle.#checkOpen();
		return handle;
	}

	/**
	 * Starts a voice in the next block, or at `options.atFrame`.
	 *
	 * Does not allocate.
	 * @param id - slot; an empty one is ignored
	 * @param velocity - 0..1
	 * @throws RangeError for wrong arguments; LooperError `ring-full` (256 commands wait for the audio thread, or 256 for their
	 * frame), `not-running` or `closed`.
	 */
	playSample(id: number, velocity: number, options?: PlayOptions): void {
		checkSlot(id, this.#slots);
		checkVelocity(velocity);
		const atFrame = checkAtFrame(options?.atFrame);
		this.#checkRunning();
		this.#checkSent(this.#ring.playSample(id, velocity, options?.loop === true ? PLAY_LOOPING : 0, atFrame), atFrame);
	}

	/** Fades out every voice of the slot, in the next block or from `options.atFrame` on. @throws as `playSample`. */
	stopSample(id: number, options?: StopOptions): void {
		checkSlot(id, this.#slots);
		const atFrame = checkAtFrame(options?.atFrame);
		this.#checkRunning();
		this.#checkSent(this.#ring.stopSample(id, atFrame), atFrame);
	}

	/** Fades out every voice and clears what waits for its frame, other threads' included. @throws as `playSample`. */
	stopAll(): void {
		this.#checkRunning();
		this.#checkSent(this.#ring.stopAll(), IMMEDIATELY);
	}

	/** Gives the ring back; everything sent before still takes effect. Idempotent. */
	close(): void {
		if (closeGeneration(this.#words, this.#generationWord, this.#generation)) this.#closed();
	}

	#checkOpen(): void {
		this.#refresh();
		if (Atomics.load(this.#words, this.#generationWord) !== this.#generation) throw streamClosed();
	}

	#checkRunning(): void {
		this.#checkOpen();
		const state = Atomics.load(this.#words, (layout.HEADER + layout.HEADER_ENGINE_STATE) / 4);
		if (state === layout.ENGINE_RUNNING) return;
		if (state === layout.ENGINE_CLOSED) throw new LooperError("closed", "the engine has been shut down");
		throw new LooperError("not-running", "the audio thread is suspended; call resume() after a user's gesture");
	}

	#checkSent(isSent: boolean, atFrame: number): void {
		if (isSent) return;
		const isTimedFull = atFrame !== IMMEDIATELY && this.#ring.timedRoom <= 0;
		throw isTimedFull ? timedFull(layout.PRODUCER_RING_COMMANDS) : ringFull(layout.PRODUCER_RING_COMMANDS);
	}
}

function isSharedDescriptor(descriptor: StreamDescriptor): descriptor is SharedStreamDescriptor {
	const buffer: unknown = (descriptor as Partial<SharedStreamDescriptor> | null | undefined)?.memory?.buffer;
	if (typeof SharedArrayBuffer === "undefined" || !(buffer instanceof SharedArrayBuffer)) return false;
	if (buffer.byteLength < layout.SHARED_END) return false;
	const header = new Int32Array(buffer, layout.HEADER, layout.HEADER_BYTES / 4);
	const isVersion = header[layout.HEADER_VERSION / 4] === layout.LAYOUT_VERSION;
	return isVersion && header[layout.HEADER_MAGIC / 4] === layout.LAYOUT_MAGIC;
}

function shareProducer({ memory }: SharedStreamDescriptor): ProducerMemory {
	const makeRoom = ownKernelBehind(memory) ?? (() => {});
	return { buffer: memory.buffer, refresh: () => {}, published: () => {}, makeRoom, closed: () => {} };
}

function checkField(name: string, value: number, to: number): void {
	if (Number.isInteger(value) && value >= 1 && value <= to) return;
	throw new TypeError(`descriptor.${name} must be 1..${to}, not ${String(value)}`);
}

function streamClosed(): LooperError {
	return new LooperError("closed", "the stream has been closed; create a new one");
}

/** Ends a generation. @returns false when it had ended already, or a newer one owns the ring. */
export function closeGeneration(words: Int32Array, word: number, generation: number): boolean {
	return Atomics.compareExchange(words, word, generation, (generation + 1) | 0) === generation;
}

/** The error of a call that found as many commands waiting for their frame as its ring holds. */
export function timedFull(capacity: number): LooperError {
	return new LooperError(
		"ring-full",
		`${capacity} commands wait for their frame already; send them nearer to it, or call stopAll() to clear them`,
	);
}

/** The error of a call that found its ring full. */
export function ringFull(capacity: number): LooperError {
	return new LooperError("ring-full", `${capacity} commands wait for the audio thread already; send fewer a block`);
}
